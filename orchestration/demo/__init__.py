"""A sample centre: landing files of an imagined contact centre, the same bytes for the same arguments.

Its records are made by the SQL files beside this module, from the agents' side: every agent serves contacts on
parallel lanes, one after another, so that load, concurrency and waits fit together. Python only orders the steps.
"""

from orchestration.demo.plan import DemoError, DemoPlan
from orchestration.demo.write import DemoResult, is_sample, write_bench_centre, write_centre, write_demo

__all__ = ["DemoError", "DemoPlan", "DemoResult", "is_sample", "write_bench_centre", "write_centre", "write_demo"]
