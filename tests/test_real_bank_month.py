"""A real month of calls, from the raw queue log to the published KPI values.

Expected values were computed apart from this product (`expected.csv`). Where a definition differs, the test states
the difference and checks the number that follows from it.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest

from orchestration.home.paths import Home
from orchestration.run.run import run
from tests.support.kpi_values import PublishedValues
from tests.support.real_data import expected_values, real_data_folder

pytestmark = pytest.mark.slow

MONTH = ("month", "1999-02-01")
CENTRE_YAML = r"""
name: Bank 1999
time_zone: Asia/Jerusalem
sources:
  - name: pbx
    kind: asterisk_queue_log
    time_zone: Asia/Jerusalem
    channel: voice
    customer_id_pattern: '^[0-9]+$'
    not_recorded: [transfers, agent_states]
  - {name: desk, kind: feed}
"""


@pytest.fixture(scope="module")
def folder() -> Path:
    return real_data_folder("bank_calls_1999_02")


@pytest.fixture(scope="module")
def home(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("bank"))
    drop = home.landing / "pbx" / "1999-03-01"
    drop.mkdir(parents=True)
    (home.root / "centre.yaml").write_text(CENTRE_YAML, encoding="utf-8")
    copyfile(folder / "feb1999.queue_log.gz", drop / "queue_log.gz")
    run(home, site=False)
    return home


@pytest.fixture(scope="module")
def values(home: Home) -> Iterator[PublishedValues]:
    published = PublishedValues.open(home.published_file)
    yield published
    published.connection.close()


# metric of expected.csv -> (kpi, column) that has the same definition
CENTRE = {
    "contacts_offered": ("contacts_received", "value"),
    "contacts_answered": ("connect_rate", "numerator"),
    "contacts_abandoned": ("abandon_rate", "numerator"),
    "connect_rate": ("connect_rate", "value"),
    "abandon_rate": ("abandon_rate", "value"),
    "mean_queue_time_all_s": ("avg_queue_time_all", "value"),
    "mean_queue_time_waited_s": ("avg_queue_time", "value"),
    "mean_hold_answered_s": ("avg_speed_of_answer", "value"),
    "mean_abandon_time_s": ("avg_abandon_time_all", "value"),
    "waited_over_60s": ("queue_placement_rate", "numerator"),
    "queue_placement_rate_60s": ("queue_placement_rate", "value"),
    "total_talk_s": ("avg_contact_duration", "numerator"),
    "mean_talk_s": ("avg_contact_duration", "value"),
    "avg_daily_handled_per_agent": ("contacts_per_agent_day_raw", "value"),
    "identified_contacts": ("repeat_contact_rate_24h", "denominator"),
    "contacts_followed_by_repeat_24h": ("repeat_contact_rate_24h", "numerator"),
    "contacts_followed_by_repeat_72h": ("repeat_contact_rate_72h", "numerator"),
}


@pytest.mark.parametrize("metric", CENTRE)
def test_centre_value_of_the_month_equals_the_independent_one(
    metric: str, folder: Path, values: PublishedValues
) -> None:
    kpi_id, column = CENTRE[metric]
    row = values.row(kpi_id, "centre", "centre", *MONTH)
    assert float(row[column]) == pytest.approx(expected_values(folder, metric)[""], abs=5.1e-7)


BY_QUEUE_OR_DAY = {
    "contacts_offered": ("contacts_received", "value"),
    "contacts_abandoned": ("abandon_rate", "numerator"),
    "mean_queue_time_all_s": ("avg_queue_time_all", "value"),
    "waited_over_60s": ("queue_placement_rate", "numerator"),
    "contacts_answered": ("connect_rate", "numerator"),
    "total_talk_s": ("avg_contact_duration", "numerator"),
}


@pytest.mark.parametrize("metric", BY_QUEUE_OR_DAY)
def test_every_queue_of_the_month_equals_the_independent_value(
    metric: str, folder: Path, values: PublishedValues
) -> None:
    kpi_id, column = BY_QUEUE_OR_DAY[metric]
    found = values.by_scope(column, kpi_id, "queue", *MONTH)
    assert found == pytest.approx(expected_values(folder, metric, "queue"), abs=5.1e-7)


@pytest.mark.parametrize("metric", BY_QUEUE_OR_DAY)
def test_every_local_day_equals_the_independent_value(metric: str, folder: Path, values: PublishedValues) -> None:
    kpi_id, column = BY_QUEUE_OR_DAY[metric]
    assert values.by_day(column, kpi_id) == pytest.approx(expected_values(folder, metric, "day"), abs=5.1e-7)


@pytest.mark.parametrize(
    ("metric", "kpi_id", "column"),
    [
        ("contacts_answered", "contacts_handled", "value"),
        ("total_talk_s", "avg_contact_duration", "numerator"),
    ],
)
def test_every_agent_equals_the_independent_value_and_calls_without_agent_are_nobodys(
    metric: str, kpi_id: str, column: str, folder: Path, values: PublishedValues
) -> None:
    expected = expected_values(folder, metric, "agent")
    without_agent = expected.pop("NO_SERVER")
    found = values.by_scope(column, kpi_id, "agent", *MONTH)
    assert found == pytest.approx({f"Agent/{name}": value for name, value in expected.items()}, abs=5.1e-7)
    centre = float(values.row(kpi_id, "centre", "centre", *MONTH)[column])
    assert centre == pytest.approx(sum(found.values()) + without_agent, abs=5.1e-7)


@pytest.mark.parametrize(
    ("kpi_id", "numerator", "denominator"),
    [
        # short abandons (at most 5 s) leave the denominator of the service level: 31,125 offered less 274
        ("service_level", 16_209, 30_851),
        # legs of agent NONE are no agent's, so they count in no workload
        ("contacts_per_agent_day_raw", 26_671, 385),
        # every contact is its own cohort, owned by its start, any topic as none is recorded
        ("first_contact_resolution_rate", 4_638, 11_706),
    ],
)
def test_value_that_follows_from_our_own_definition(
    kpi_id: str, numerator: int, denominator: int, values: PublishedValues
) -> None:
    row = values.row(kpi_id, "centre", "centre", *MONTH)
    assert (float(row["numerator"]), float(row["denominator"])) == (numerator, denominator)


def test_abandon_time_leaves_out_the_274_short_abandons(values: PublishedValues) -> None:
    row = values.row("avg_abandon_time", "centre", "centre", *MONTH)
    assert float(row["denominator"]) == 3963 - 274
    assert float(row["value"]) == pytest.approx(70.21, abs=0.005)


def test_contacts_whose_resolution_window_is_open_are_provisional(values: PublishedValues) -> None:
    rows = values.connection.execute(
        "select sum(fcr_provisional_cases)::bigint, min(contact_date)::varchar from scorecard.fct_contact "
        "where fcr_provisional_cases = 1"
    ).fetchone()
    assert rows == (2_915, "1999-02-22")


@pytest.mark.parametrize(
    "kpi_id", ["transfer_rate", "ready_time_share", "contacts_per_agent_hour", "satisfaction_score"]
)
def test_what_the_log_does_not_record_is_no_data_and_never_zero(kpi_id: str, values: PublishedValues) -> None:
    row = values.row(kpi_id, "centre", "centre", *MONTH)
    # Of the desk, which could record them, no file has come yet.
    assert (row["value"], row["status"], row["reason"]) == (None, "no_data", "not_recorded")
    assert (row["numerator"], row["n"]) == (None, None)


def test_every_line_of_the_log_is_accounted_for(folder: Path, values: PublishedValues) -> None:
    row = values.connection.execute(
        "select records_read, records_accepted + records_quarantined + records_duplicate + records_ignored "
        "from scorecard.fct_file"
    ).fetchone()
    lines = int(expected_values(folder, "log_lines")[""])
    assert row == (lines, lines)


def test_a_second_run_takes_nothing_and_ends_within_five_seconds(home: Home) -> None:
    before = home.published_file.stat().st_mtime_ns
    # In seconds of processor, so that a busy machine does not decide.
    started = time.process_time()
    result = run(home, site=False)
    assert time.process_time() - started < 5
    assert (result.is_new, result.files) == (False, 0)
    assert home.published_file.stat().st_mtime_ns == before
