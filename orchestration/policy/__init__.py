"""policy.yaml: by what people are assessed, rewarded and ranked, in dated versions that two people approved.

There is no default. Without the file nothing is computed; a version that lacks a key is incomplete, names what it
lacks, and nothing is computed by it. What contradicts itself stops the run with its line, its path and the remedy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from orchestration.centre import Centre, CentreError
from orchestration.home.paths import Home
from orchestration.policy.known import known_of
from orchestration.policy.together import contradictions
from orchestration.policy.versions import Dated, Fault, path_text, read_versions
from orchestration.policy.yaml_text import Place, YamlTextError, line_of, read_yaml

__all__ = ["Dated", "Policy", "PolicyError", "load_policy", "parse_policy"]

MOST_BYTES = 1_000_000


class PolicyError(CentreError):
    """policy.yaml is no YAML, or contradicts its schema or itself; the message names line, path and remedy."""


@dataclass(frozen=True)
class Policy:
    """Every version of policy.yaml, complete or not; none without the file."""

    versions: tuple[Dated, ...] = ()


def load_policy(home: Home, centre: Centre) -> Policy:
    """Read and check policy.yaml of a home; without the file there are no versions.

    Raises PolicyError with line, key path and remedy of each fault.
    """
    path = home.policy_file
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Policy()
    if len(content) > MOST_BYTES:
        raise PolicyError(f"{path}: larger than {MOST_BYTES:,} bytes. Remedy: a policy is a page or two; look at it.")
    try:
        return parse_policy(content.decode("utf-8-sig"), str(path), centre)
    except UnicodeDecodeError as error:
        raise PolicyError(f"{path}: not UTF-8 text at byte {error.start}. Remedy: save it as UTF-8.") from error


def parse_policy(text: str, origin: str, centre: Centre) -> Policy:
    """Check the text of a policy.yaml; `origin` stands in front of every message."""
    try:
        content, lines = read_yaml(text)
    except YamlTextError as error:
        line = f" line {error.line}:" if error.line else ""
        raise PolicyError(f"{origin}:{line} {error}.") from error
    if content is None:
        return Policy()
    if not isinstance(content, dict):
        raise PolicyError(f"{origin}: no mapping. Remedy: begin with a section; scorehouse policy example prints some.")
    read = read_versions(content, known_of(centre))
    faults = read.faults + list(contradictions(read.versions))
    if faults:
        raise PolicyError("\n".join(_described(origin, fault, lines) for fault in faults))
    return Policy(tuple(read.versions))


def _described(origin: str, fault: Fault, lines: Mapping[Place, int]) -> str:
    line = line_of(lines, fault.place)
    where = f" line {line}:" if line else ""
    return f"{origin}:{where} {path_text(fault.place)}: {fault.message}."
