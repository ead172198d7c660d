"""The same records give the same mart, however they came; and what becomes known on a day leaves earlier days alone."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from orchestration.home.paths import CUSTOMER_KEY_VARIABLE
from tests.oracle.random_centre import write_centre
from tests.oracle.random_parts import FIRST_DAY, NOT_RECORDED, Spec
from tests.oracle.warehouse import build_warehouse
from tests.support.properties_build import CompiledProject
from tests.support.properties_formats import CONTRACT_FORMATS
from tests.support.properties_landing import Way, make_coarse, rearrange, tangle_states
from tests.support.properties_mart import differences, row_counts
from tests.support.properties_news import News
from tests.support.properties_queue_log import rearrange_queue_log, write_queue_log

pytestmark = pytest.mark.slow

CENTRE = Spec(seed=20260302, zone="America/New_York", days=9, agents=8, contacts=220)
IN_OTHER_FORMS = Way(6, 4, told_again=0.5, days_apart=2, formats=CONTRACT_FORMATS, mapped=frozenset(), threads=5)
THROUGH_A_MAPPING = Way(
    7, 2, told_again=0.3, days_apart=0, formats=CONTRACT_FORMATS, mapped=frozenset(NOT_RECORDED), threads=3
)
NEWS = News(FIRST_DAY + timedelta(days=5), leaver="a5", renamed="a6", mover="a7")
MANY = 10
DATES = {
    "scorecard.bridge_agent_team_day": "agent_date",
    "scorecard.dim_agent_day": "agent_date",
    "scorecard.fct_agent_day": "agent_date",
    "scorecard.fct_agent_state_day": "agent_date",
    "scorecard.fct_contact": "contact_date",
    "scorecard.fct_contact_leg": "contact_date",
    "scorecard.fct_headcount_day": "headcount_date",
    "scorecard.fct_quality_review": "review_date",
    "scorecard.fct_queue_visit": "contact_date",
    "scorecard.fct_rating": "contact_date",
    # The first date after the period.
    "scorecard.fct_kpi_value": "period_end - 1",
}
few_examples = settings(
    # The first that is drawn is always the plainest; the second is any.
    max_examples=2,
    deadline=None,
    derandomize=True,
    database=None,
    # A failing centre is small as it is; each step of shrinking would cost a whole build.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
specs = st.builds(
    Spec,
    seed=st.integers(0, 2**32 - 1),
    zone=st.sampled_from(["Asia/Shanghai", "America/New_York", "Asia/Kolkata"]),
    days=st.integers(6, 9),
    agents=st.integers(7, 9),
    contacts=st.integers(80, 160),
)
ways = st.builds(
    Way,
    seed=st.integers(0, 2**32 - 1),
    parts=st.integers(1, 4),
    told_again=st.sampled_from([0.1, 0.5, 1.0]),
    days_apart=st.integers(0, 3),
    # Whatever else, every source can be written as text.
    formats=st.sets(st.sampled_from(CONTRACT_FORMATS)).map(lambda some: tuple(sorted({"csv", *some}))),
    mapped=st.frozensets(st.sampled_from(sorted(NOT_RECORDED))),
    threads=st.integers(1, 8),
)
news = st.builds(
    lambda day, people: News(FIRST_DAY + timedelta(days=day), *people[:3]),
    day=st.integers(3, 5),
    people=st.permutations(["a1", "a5", "a6", "a7"]),
)


class Homes:
    """Homes of random centres in which much happens at the same instant, each feed landed as one file."""

    def __init__(self, folder: Path) -> None:
        """Write and build one home with dbt itself, for what it compiles."""
        self.folder = folder
        self.first = self._written(CENTRE)
        self.first_warehouse = build_warehouse(self.first)
        self.project = CompiledProject(self.first, self.first / "state" / "target")

    def _written(self, spec: Spec) -> Path:
        home = self.scratch()
        write_centre(home, spec)
        tangle_states(home / "landing")
        make_coarse(home / "landing")
        write_queue_log(home, FIRST_DAY, seed=3)
        return home

    def scratch(self) -> Path:
        """Return a new folder."""
        return Path(tempfile.mkdtemp(dir=self.folder))

    @cache  # noqa: B019 - lives as long as the module's tests
    def of(self, spec: Spec) -> tuple[Path, Path]:
        """Return the home of a centre and its warehouse."""
        if spec == CENTRE:
            return self.first, self.first_warehouse
        home = self._written(spec)
        return home, self.project.build(home)


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    return Homes(tmp_path_factory.mktemp("properties"))


@pytest.fixture(autouse=True, scope="module")
def one_customer_key() -> Iterator[None]:
    """Customers are told by a keyed hash, so that homes are only comparable under the same key."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CUSTOMER_KEY_VARIABLE, "the same key for every home of this test")
        yield


def of_dates(condition: str) -> dict[str, str]:
    """A condition on the date of each table, `{}` standing for it."""
    return {table: condition.format(column) for table, column in DATES.items()}


@few_examples
@example(spec=CENTRE, way=IN_OTHER_FORMS)
@example(spec=CENTRE, way=THROUGH_A_MAPPING)
@given(spec=specs, way=ways)
def test_the_same_records_landed_another_way_under_other_threads_give_the_same_mart(
    homes: Homes, spec: Spec, way: Way
) -> None:
    home, warehouse = homes.of(spec)
    other = homes.scratch()
    rearrange(home, other, way)
    rearrange_queue_log(home / "landing", other / "landing", seed=way.seed)
    assert differences(warehouse, homes.project.build(other, way.threads)) == []


@few_examples
@example(spec=CENTRE, told=NEWS)
@given(spec=specs, told=news)
def test_a_leaver_a_rename_and_a_move_change_nothing_before_their_day(homes: Homes, spec: Spec, told: News) -> None:
    home, warehouse = homes.of(spec)
    other = homes.scratch()
    told.land(home, other)
    changed = homes.project.build(other)
    before, since = of_dates(f"{{}} < date '{told.day}'"), of_dates(f"{{}} >= date '{told.day}'")
    assert differences(warehouse, changed, before) == []
    assert {difference.table for difference in differences(warehouse, changed, since)} >= {
        "scorecard.bridge_agent_team_day",
        "scorecard.dim_agent_day",
        "scorecard.fct_kpi_value",
    }
    if spec == CENTRE:
        assert min(row_counts(warehouse, before).values()) >= MANY


def test_what_dbt_compiled_builds_what_dbt_builds(homes: Homes) -> None:
    other = homes.scratch()
    shutil.copytree(homes.first / "landing", other / "landing")
    shutil.copy(homes.first / "centre.yaml", other)
    assert differences(homes.first_warehouse, homes.project.build(other)) == []
