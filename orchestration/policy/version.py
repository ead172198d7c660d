"""What every version of every section says of itself."""

from __future__ import annotations

from orchestration.centre.settings import Setting
from orchestration.policy.values import Approvers, Month, VersionName


class Version(Setting):
    """A dated version: it holds from a month on, until the next one, and two people approved it."""

    version: VersionName
    """Name of the version; every number that is made by it names it."""
    valid_from: Month
    """Month from which it holds, until the next version that is for the same people."""
    approved_by: Approvers
    """Two different people, by their ids: who leads the centre, and who supervises the traffic."""
