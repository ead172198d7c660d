"""Every path and every environment variable of the product, in one place."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from orchestration.home.errors import ScorehouseError

CHECKOUT = Path(__file__).resolve().parents[2]

HOME_VARIABLE = "SCOREHOUSE_HOME"
CUSTOMER_KEY_VARIABLE = "SCOREHOUSE_CUSTOMER_KEY"
MEMORY_LIMIT_VARIABLE = "SCOREHOUSE_MEMORY_LIMIT"
THREADS_VARIABLE = "SCOREHOUSE_THREADS"
"""The threads that DuckDB works with in a build; without it, one for each core, and one in all for a small slice."""
LOCK_TIMEOUT_VARIABLE = "SCOREHOUSE_LOCK_TIMEOUT"
ALERTS_VARIABLE = "SCOREHOUSE_ALERTS"
UNPACKED_VARIABLE = "SCOREHOUSE_MAX_UNPACKED_GB"
UNPACK_RATIO_VARIABLE = "SCOREHOUSE_MAX_UNPACK_RATIO"

# A run of the largest centre that was measured takes minutes, so a waiting command gives up well after that.
DEFAULT_LOCK_TIMEOUT_SECONDS = 900.0


UNUSABLE_SIGNS = set("'\"`*?[]{}\n\r")
"""In the path of a home: patterns of files, dbt's templates and SQL texts stand between it and what opens it."""


class SettingsError(ScorehouseError, ValueError):
    """A path or an environment variable that cannot be used; the message says which one and the remedy."""


@dataclass(frozen=True)
class Home:
    """The one folder that holds everything of a centre; two homes never touch.

    `root` is absolute. Nothing is created by looking at a path; `create_folders` does that.
    """

    root: Path

    def __post_init__(self) -> None:
        if not self.root.is_absolute():
            raise SettingsError(f"home {self.root} is not absolute. Remedy: give the full path of the folder.")
        if odd := sorted(set(str(self.root)) & UNUSABLE_SIGNS):
            raise SettingsError(
                f"home {str(self.root)!r} has {' '.join(map(repr, odd))} in its path, which patterns and templates "
                "read otherwise. Remedy: take a folder without quotes, brackets, * and ? in its path."
            )

    @classmethod
    def from_env(cls, environment: Mapping[str, str] | None = None) -> Home:
        """Return the home named by SCOREHOUSE_HOME, or `data/` in the checkout if the variable is not set.

        Raises SettingsError if the variable is set but empty or relative: a typing error must not
        send a centre's data to some other folder.
        """
        variables = os.environ if environment is None else environment
        value = variables.get(HOME_VARIABLE)
        if value is None:
            return cls(CHECKOUT / "data")
        if not value.strip():
            raise SettingsError(f"{HOME_VARIABLE} is set but empty. Remedy: unset it or give an absolute path.")
        path = Path(value).expanduser()
        if not path.is_absolute():
            raise SettingsError(f"{HOME_VARIABLE}={value} is not absolute. Remedy: give the full path of the folder.")
        return cls(path)

    @property
    def landing(self) -> Path:
        """Files as their systems wrote them: landing/<source>/<YYYY-MM-DD>/<file>."""
        return self.root / "landing"

    @property
    def raw(self) -> Path:
        """Accepted rows as Parquet: raw/<feed>/event_date=<YYYY-MM-DD>/<part>.parquet."""
        return self.root / "raw"

    @property
    def quarantine(self) -> Path:
        """Records that failed a check, with the reasons: quarantine/<source>/<day>/<file>.parquet."""
        return self.root / "quarantine"

    @property
    def ledger(self) -> Path:
        """One JSON record per file taken: ledger/<source>/<day>/<file>.json."""
        return self.root / "ledger"

    @property
    def notice_ledger(self) -> Path:
        """What was sent to whom by which channel: ledger/notices/<file>.parquet, to which files are only added."""
        return self.ledger / "notices"

    @property
    def warehouse_file(self) -> Path:
        """The working DuckDB file, which only dbt opens."""
        return self.root / "warehouse" / "warehouse.duckdb"

    @property
    def built_file(self) -> Path:
        """The DuckDB file beside it into which dbt builds what is to be published."""
        return self.root / "warehouse" / "scorehouse.duckdb"

    @property
    def kept_file(self) -> Path:
        """The DuckDB file in which dbt keeps what a later build needs of dates that it does not make anew."""
        return self.root / "warehouse" / "kept.duckdb"

    @property
    def published_file(self) -> Path:
        """The read-only DuckDB file for BI users and the reports."""
        return self.root / "published" / "scorehouse.duckdb"

    @property
    def history(self) -> Path:
        """What was published when, and what of it was changed later; nothing that is built anew replaces it."""
        return self.root / "history"

    @property
    def site(self) -> Path:
        """The static pages: the built shell and its data files."""
        return self.root / "site"

    @property
    def state(self) -> Path:
        """What the product keeps for itself: dbt's target and logs, Dagster's instance, locks, the customer key."""
        return self.root / "state"

    @property
    def centre_file(self) -> Path:
        """The centre's description, centre.yaml."""
        return self.root / "centre.yaml"

    @property
    def policy_file(self) -> Path:
        """By what people are assessed, rewarded and ranked, policy.yaml; a home may have none."""
        return self.root / "policy.yaml"

    @property
    def pulled(self) -> Path:
        """How far each source that is pulled has been read: state/pulled/<source>/<table or list>.json."""
        return self.state / "pulled"

    @property
    def dbt_state(self) -> Path:
        """dbt's target and logs."""
        return self.state / "dbt"

    @property
    def spill(self) -> Path:
        """Where DuckDB puts what a build has no memory for."""
        return self.state / "duckdb_temp"

    @property
    def dagster_home(self) -> Path:
        """The Dagster instance of this home."""
        return self.state / "dagster"

    @property
    def lock_file(self) -> Path:
        """Held by whoever runs the job of this home: one run at a time."""
        return self.state / "run.lock"

    @property
    def alerts_file(self) -> Path:
        """Addresses that hear of failures, a line each; they hold secrets, so nobody else may read the file."""
        return self.state / "alerts"

    def create_folders(self) -> None:
        """Make the folders that a run writes into; existing ones stay as they are."""
        folders = (
            self.landing,
            self.raw,
            self.quarantine,
            self.ledger,
            self.warehouse_file.parent,
            self.published_file.parent,
            self.site,
            self.state,
            self.dbt_state,
            self.dagster_home,
            self.spill,
        )
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)


def memory_limit(environment: Mapping[str, str] | None = None) -> str:
    """Return DuckDB's memory limit, as text such as '3GB', for every connection that writes.

    SCOREHOUSE_MEMORY_LIMIT wins; otherwise 60 % of the machine's memory: DuckDB's own default of 80 %
    leaves too little for the Python process beside it.
    """
    variables = os.environ if environment is None else environment
    value = variables.get(MEMORY_LIMIT_VARIABLE, "").strip()
    if value:
        return value
    megabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * 6 // 10 // 1_000_000
    return f"{max(megabytes, 500)}MB"


def stated_threads(environment: Mapping[str, str] | None = None) -> int | None:
    """Return the threads that SCOREHOUSE_THREADS states; None without it. Raises SettingsError if it is no number."""
    value = (os.environ if environment is None else environment).get(THREADS_VARIABLE, "").strip()
    if not value:
        return None
    if not value.isascii() or not value.isdigit() or not int(value):
        raise SettingsError(f"{THREADS_VARIABLE}={value} is no number of threads. Remedy: 1 or more.")
    return int(value)


def lock_timeout_seconds(environment: Mapping[str, str] | None = None) -> float:
    """Return how many seconds a run waits for another run of the same home."""
    variables = os.environ if environment is None else environment
    value = variables.get(LOCK_TIMEOUT_VARIABLE)
    if value is None:
        return DEFAULT_LOCK_TIMEOUT_SECONDS
    try:
        seconds = float(value)
    except ValueError as error:
        raise SettingsError(f"{LOCK_TIMEOUT_VARIABLE}={value} is not a number of seconds.") from error
    if not 0 <= seconds < float("inf"):
        raise SettingsError(f"{LOCK_TIMEOUT_VARIABLE}={value} is out of range. Remedy: 0 or more seconds.")
    return seconds


@dataclass(frozen=True)
class UnpackLimits:
    """What a packed file may become: so many gigabytes (10^9 bytes), and so many times its own size."""

    gigabytes: float = 20.0
    ratio: float = 200.0


def unpack_limits(environment: Mapping[str, str] | None = None) -> UnpackLimits:
    """Return the limits of packed files. Raises SettingsError if a variable is no number above 0."""
    variables = os.environ if environment is None else environment
    default = UnpackLimits()
    return UnpackLimits(
        _positive(variables, UNPACKED_VARIABLE, default.gigabytes),
        _positive(variables, UNPACK_RATIO_VARIABLE, default.ratio),
    )


def _positive(variables: Mapping[str, str], name: str, default: float) -> float:
    text = variables.get(name, "").strip()
    if not text:
        return default
    try:
        value = float(text)
    except ValueError as error:
        raise SettingsError(
            f"{name}={text} is not a number. Remedy: unset it, or write one such as {default:g}."
        ) from error
    if not 0 < value < float("inf"):
        raise SettingsError(f"{name}={text} is out of range. Remedy: unset it, or write one such as {default:g}.")
    return value
