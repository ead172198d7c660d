"""525 real support chats, from two foreign CSV files by mapping alone to the published KPI values.

Expected values were computed apart from this product (`expected.csv`). Where a definition differs, the test states
the difference and checks the number that follows from it.
"""

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest

from orchestration.home.paths import Home
from orchestration.run.run import run
from tests.support.kpi_values import PublishedValues
from tests.support.real_data import expected_values, real_data_folder

pytestmark = pytest.mark.slow

CENTRE_YAML = """
name: Brands on social media
time_zone: UTC
sources:
  - name: social
    kind: files
    channel: other
    not_recorded: [system_messages]
    mapping:
      - files: conversations.csv
        feeds:
          contacts:
            contact_id: conversation_id
            customer_id: client_id
            queue_id: company
            direction: {constant: inbound}
            started_at: conversation_start
      - files: messages.csv
        feeds:
          messages:
            message_id: [conversation_id, seq]
            contact_id: conversation_id
            sent_at: datetime
            sender:
              column: sender_type
              values: {client: customer, client_other: customer, agent: agent}
            agent_id: {column: author_id, when: {sender_type: agent}}
            is_manual: {constant: true}
            length: text_len
"""


@pytest.fixture(scope="module")
def folder() -> Path:
    return real_data_folder("support_chats")


@pytest.fixture(scope="module")
def values(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublishedValues]:
    home = Home(tmp_path_factory.mktemp("chats"))
    drop = home.landing / "social" / "2020-05-01"
    drop.mkdir(parents=True)
    (home.root / "centre.yaml").write_text(CENTRE_YAML, encoding="utf-8")
    for name in ("conversations.csv", "messages.csv"):
        copyfile(folder / name, drop / name)
    run(home, site=False)
    published = PublishedValues.open(home.published_file)
    yield published
    published.connection.close()


def all_time(values: PublishedValues, kpi_id: str, column: str) -> float:
    """One column of a KPI of the centre over all time."""
    found = values.connection.execute(
        f"select {column}::double from scorecard.fct_kpi_value "  # noqa: S608
        "where kpi_id = ? and scope_kind = 'centre' and period_kind = 'all'",
        [kpi_id],
    ).fetchall()
    assert len(found) == 1
    return float(found[0][0])


CENTRE = {
    "conversations": ("contacts_handled", "value"),
    "customer_messages": ("customer_messages_per_agent_message", "numerator"),
    "agent_messages": ("customer_messages_per_agent_message", "denominator"),
    "customer_to_agent_message_ratio": ("customer_messages_per_agent_message", "value"),
    "valid_conversations": ("invalid_contact_rate", "denominator"),
    "mean_first_response_s": ("customer_first_response_time", "value"),
    "median_first_response_s": ("customer_first_response_time", "p50"),
    "response_pairs": ("avg_response_time", "denominator"),
    "mean_response_from_first_unanswered_s": ("avg_response_time", "value"),
    "mean_response_from_last_customer_msg_s": ("response_time_from_last_message", "value"),
    "mean_of_conversation_mean_response_s": ("avg_response_time_by_contact", "value"),
    "mean_duration_s": ("avg_contact_duration", "value"),
    "median_duration_s": ("avg_contact_duration", "p50"),
    "distinct_clients": ("single_contact_customer_share", "denominator"),
    "clients_with_one_conversation": ("single_contact_customer_share", "numerator"),
}


@pytest.mark.parametrize("metric", CENTRE)
def test_centre_value_equals_the_independent_one(metric: str, folder: Path, values: PublishedValues) -> None:
    kpi_id, column = CENTRE[metric]
    assert all_time(values, kpi_id, column) == pytest.approx(expected_values(folder, metric)[""], rel=1e-9, abs=5.1e-7)


@pytest.mark.parametrize(
    ("metric", "kpi_id"),
    [("conversations", "contacts_handled"), ("mean_first_response_s", "customer_first_response_time")],
)
def test_every_company_is_a_queue_with_the_independent_value(
    metric: str, kpi_id: str, folder: Path, values: PublishedValues
) -> None:
    found = dict(
        values.connection.execute(
            "select scope_id, value::double from scorecard.fct_kpi_value "
            "where kpi_id = ? and scope_kind = 'queue' and period_kind = 'all' and value is not null",
            [kpi_id],
        ).fetchall()
    )
    assert found == pytest.approx(expected_values(folder, metric, "company"), abs=5.1e-7)


@pytest.mark.parametrize(
    ("metric", "kpi_id"),
    [("conversations", "contacts_handled"), ("mean_first_response_s", "customer_first_response_time")],
)
def test_every_month_equals_the_independent_value(
    metric: str, kpi_id: str, folder: Path, values: PublishedValues
) -> None:
    found = dict(
        values.connection.execute(
            "select strftime(period_start, '%Y-%m'), value::double from scorecard.fct_kpi_value "
            "where kpi_id = ? and scope_kind = 'centre' and period_kind = 'month' and n > 0",
            [kpi_id],
        ).fetchall()
    )
    assert found == pytest.approx(expected_values(folder, metric, "month_utc"), abs=5.1e-7)


@pytest.mark.parametrize(("dimension", "part"), [("hour_utc", "hour"), ("weekday_utc", "isodow")])
def test_contributions_in_the_records_add_up_to_every_hour_and_weekday(
    dimension: str, part: str, folder: Path, values: PublishedValues
) -> None:
    rows = values.connection.execute(
        f"select extract({part} from started_at at time zone 'UTC')::int, count(*), "  # noqa: S608
        "sum(customer_first_response_seconds)::double / sum(customer_first_response_contacts) "
        "from scorecard.fct_contact group by all"
    ).fetchall()
    counts = {str(key): float(count) for key, count, _ in rows}
    means = {str(key): mean for key, _, mean in rows}
    assert counts == expected_values(folder, "conversations", dimension)
    assert means == pytest.approx(expected_values(folder, "mean_first_response_s", dimension), abs=5.1e-7)


def test_p90_is_the_nearest_rank_and_not_interpolated(folder: Path, values: PublishedValues) -> None:
    # 525 first responses: rank ceil(0.9 * 525) = 473; the independent value interpolates between 472 and 473
    seconds = [
        float(row[0])
        for row in values.connection.execute(
            "select customer_first_response_seconds from scorecard.fct_contact order by 1"
        ).fetchall()
    ]
    assert all_time(values, "customer_first_response_time", "p90") == seconds[472]
    interpolated = expected_values(folder, "p90_first_response_s")[""]
    assert seconds[471] <= interpolated <= seconds[472]


def test_repeats_within_72_hours_are_counted_over_all_companies(values: PublishedValues) -> None:
    # the independent value, 2, looks within one company only
    assert all_time(values, "repeat_contact_rate_72h", "numerator") == 3


def test_two_conversations_with_the_same_messages_both_count(values: PublishedValues) -> None:
    found = values.connection.execute(
        "select count(*) from scorecard.fct_contact where contact_id in ('S00060', 'S00386')"
    ).fetchone()
    assert found == (2,)


def test_every_conversation_is_valid(values: PublishedValues) -> None:
    assert all_time(values, "invalid_contact_rate", "value") == 0


@pytest.mark.parametrize(
    "kpi_id", ["connect_rate", "abandon_rate", "avg_queue_time", "message_mix_customer", "satisfaction_score"]
)
def test_what_the_threads_do_not_record_is_no_data_and_never_zero(kpi_id: str, values: PublishedValues) -> None:
    row = values.connection.execute(
        "select value, status, reason from scorecard.fct_kpi_value "
        "where kpi_id = ? and scope_kind = 'centre' and period_kind = 'all'",
        [kpi_id],
    ).fetchall()
    assert row == [(None, "no_data", "not_recorded")]
