"""Every single time behind the mean of a time KPI, for medians and ninetieth percentiles by nearest rank."""

from collections import defaultdict

from tests.oracle.amounts import attempt, contact_amounts, leg_amounts
from tests.oracle.book import Scope
from tests.oracle.contact import Contact, build_contacts
from tests.oracle.feeds import Centre
from tests.oracle.message_amounts import Amounts, seconds

Times = dict[tuple[str, Scope], list[int]]

WHOLE = ("centre", "centre")
OF_CONTACTS = {
    "avg_queue_time": ("wait", "waited"),
    "avg_queue_time_all": ("wait_all", "wait_known"),
    "avg_speed_of_answer": ("answer_wait", "answered"),
    "avg_abandon_time": ("abandon_wait", "abandoned_counted"),
    "avg_abandon_time_all": ("abandon_wait_all", "abandoned_known"),
    "avg_contact_duration": ("duration", "with_duration"),
    "after_contact_work_time": ("wrap_up", "wrapped"),
    "customer_first_response_time": ("customer_first", "customer_firsts"),
}
OF_LEGS = {
    "avg_contact_duration": ("duration", "with_duration"),
    "after_contact_work_time": ("wrap_up", "wrapped"),
    "avg_handle_time": ("handle", "with_end"),
    "first_response_time": ("first_response", "first_responses"),
    "customer_first_response_time": ("customer_first", "customer_firsts"),
}
"""Times of an agent are those of his legs; times of the centre those of contacts, where contacts have them."""
OF_TURNS = "avg_response_time"
TIMED = {*OF_CONTACTS, *OF_LEGS, OF_TURNS}
"""KPIs whose single times are reckoned here."""


def nearest_rank(times: list[int], percent: int) -> int:
    """Return the smallest of the times that at least `percent` per cent of them do not exceed."""
    rank = -(-percent * len(times) // 100)
    return sorted(times)[max(rank, 1) - 1]


def times_of(centre: Centre, skipped: frozenset[tuple[str, str]] = frozenset()) -> Times:
    """Return the times of the centre and of each agent over the whole time, skipped contacts left out."""
    times: Times = defaultdict(list)
    for contact in build_contacts(centre):
        if contact.key not in skipped:
            whole = contact_amounts(centre, contact) | attempt(centre, contact)
            _put(times, WHOLE, OF_CONTACTS, whole)
            _of_legs(times, centre, contact)
    return times


def _of_legs(times: Times, centre: Centre, contact: Contact) -> None:
    for leg in contact.legs:
        amounts = leg_amounts(centre, contact, leg)
        _put(times, ("agent", leg.agent_id), OF_LEGS, amounts)
        of_centre = {kpi_id: pair for kpi_id, pair in OF_LEGS.items() if kpi_id not in OF_CONTACTS}
        _put(times, WHOLE, of_centre, amounts)
        for turn in leg.turns:
            for scope in (WHOLE, ("agent", leg.agent_id)):
                times[OF_TURNS, scope].append(seconds(max(turn.first, leg.connected), turn.reply))


def _put(times: Times, scope: Scope, kpis: dict[str, tuple[str, str]], amounts: Amounts) -> None:
    for kpi_id, (time, count) in kpis.items():
        if amounts[count]:
            times[kpi_id, scope].append(amounts[time])
