"""What a policy may name: the KPIs of the catalogue, and the groups of error codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from orchestration.centre import Centre
from orchestration.warehouse.seeds import LISTS, SEEDS, read_seed

NO_EVIDENCE = {
    "complaint_rate": "counts complaints that nobody has decided yet; take upheld_complaints_per_1000",
    "complaints_pending": "counts complaints that nobody has decided yet; take upheld_complaints_per_1000",
}
"""KPIs by which nobody is judged, and why."""


@dataclass(frozen=True)
class KnownKpi:
    """What of a KPI decides whether a policy may name it."""

    scopes: frozenset[str]
    has_months: bool
    direction: str
    unit: str
    names: tuple[str, str]
    """English, Chinese."""


@dataclass(frozen=True)
class Known:
    """KPIs by id, and the groups that error codes have."""

    kpis: Mapping[str, KnownKpi]
    error_groups: frozenset[str]

    def assert_may_name(self, kpi_id: str, scope_kind: str | None) -> str:
        """Return the id of a KPI; raise ValueError where people can't be judged by it, with the reason.

        `scope_kind`: whose monthly value is meant; None: of any scope.
        """
        kpi = self.kpis.get(kpi_id)
        if kpi is None:
            raise ValueError(f"{kpi_id!r} is no KPI of the catalogue; docs/catalogue.md lists them")
        if kpi_id in NO_EVIDENCE:
            raise ValueError(f"{kpi_id} {NO_EVIDENCE[kpi_id]}")
        if not kpi.has_months:
            raise ValueError(f"{kpi_id} has no values of months; take another KPI")
        if scope_kind is not None and scope_kind not in kpi.scopes:
            scopes = ", ".join(sorted(kpi.scopes))
            raise ValueError(f"{kpi_id} has no value for a single {scope_kind}, only for: {scopes}; take another KPI")
        return kpi_id


def known_of(centre: Centre) -> Known:
    """Return what policies of a centre may name: of the catalogue, and of the centre's own codes."""
    own = {code.group_code for code in centre.codes.error_codes if code.group_code}
    return Known(catalogue_kpis(), _error_groups() | own)


@cache
def catalogue_kpis() -> Mapping[str, KnownKpi]:
    """Return the KPIs of the catalogue by id."""
    return {
        row["kpi_id"]: KnownKpi(
            frozenset(row["scopes"].split("|")),
            not row["period_kinds"] or "month" in row["period_kinds"].split("|"),
            row["direction"],
            row["unit"],
            (row["name_en"], row["name_zh"]),
        )
        for row in read_seed(SEEDS, "kpis")
    }


@cache
def _error_groups() -> frozenset[str]:
    return frozenset(row["group_code"] for row in read_seed(LISTS, "error_codes"))
