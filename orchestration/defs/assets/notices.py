"""The notices asset: what the published file has for people and teams, sent by the channels of the centre."""

# No `from __future__ import annotations` here: Dagster reads the type of `context` as an object.
from dagster import AssetExecutionContext, MaterializeResult, MetadataValue, asset

from orchestration.centre import load_centre
from orchestration.defs.assets.publish import published_file
from orchestration.defs.assets.remedy import remedy_first
from orchestration.defs.assets.tables import table
from orchestration.home.paths import Home
from orchestration.notify.send import send_notices


@asset(
    name="notices",
    deps=[published_file],
    group_name="published",
    owners=["team:metrics"],
    kinds={"apprise"},
    pool="notices",
)
def notices(context: AssetExecutionContext) -> MaterializeResult[None]:
    """Send what is due, each notice once and in its reader's shift; a channel that fails stops no other."""
    home = Home.from_env()
    with remedy_first(context):
        done = send_notices(home, load_centre(home))
    for fault in done.faults:
        context.log.error(fault)
    # How many, by channel: what was told to whom stands in the ledger alone.
    counts = ("sent", "failed", "given_up", "left")
    rows = [{"channel": one.channel} | {name: getattr(one, name) for name in counts} for one in done.channels]
    return MaterializeResult(
        metadata={
            "channels": table(rows, dict.fromkeys(counts, "int")),
            **{name: MetadataValue.int(sum(getattr(one, name) for one in done.channels)) for name in counts},
            "channels without an address": MetadataValue.int(len(done.faults)),
        }
    )
