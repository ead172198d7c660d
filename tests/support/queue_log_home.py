"""A home of queue logs as files, taken, built and published the whole way, and questions to what came out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from orchestration.home.paths import Home
from orchestration.run.run import run

LOG = "  - {{name: {name}, kind: asterisk_queue_log, channel: voice}}\n"
TABLE = """  - name: {name}
    kind: files
    channel: voice
    not_recorded: [transfer_arrivals]
    mapping:
      - files: queue_log*.csv
        feeds:
          contact_events:
            where: {{event: [ENTERQUEUE, CONNECT, COMPLETEAGENT, COMPLETECALLER, ABANDON, BLINDTRANSFER]}}
            columns:
              event_id: id
              contact_id: callid
              occurred_at: time
              event_type:
                column: event
                values: {{ENTERQUEUE: queued, CONNECT: connected, COMPLETEAGENT: ended, COMPLETECALLER: ended,
                  ABANDON: abandoned, BLINDTRANSFER: transferred}}
              agent_id: {{column: agent, when: {{event: [CONNECT, COMPLETEAGENT, COMPLETECALLER, BLINDTRANSFER]}}}}
              queue_id: queuename
              customer_id: {{column: data2, when: {{event: ENTERQUEUE}}}}
              direction: {{constant: inbound}}
              wait_seconds: {{column: data1, when: {{event: [CONNECT, COMPLETEAGENT, COMPLETECALLER]}}}}
              talk_seconds: {{column: data2, when: {{event: [COMPLETEAGENT, COMPLETECALLER]}}}}
          agent_states:
            where: {{event: [PAUSE, UNPAUSE, ADDMEMBER, REMOVEMEMBER]}}
            columns:
              agent_id: agent
              started_at: time
              state: {{column: event, values: {{PAUSE: away, UNPAUSE: ready, ADDMEMBER: ready, REMOVEMEMBER: offline}}}}
"""
HEADER = "id,time,callid,queuename,agent,event,data1,data2,data3,data4,data5\n"


class QueueLogHome:
    """Logs by the name of their source: the text of a queue_log, or rows of the realtime table."""

    def __init__(self, root: Path, logs: dict[str, str], tables: dict[str, str]) -> None:
        """Land each on one day, and run."""
        self.home = Home(root)
        sources = [LOG.format(name=name) for name in logs] + [TABLE.format(name=name) for name in tables]
        root.mkdir(parents=True, exist_ok=True)
        (root / "centre.yaml").write_text(f"name: Lines\ntime_zone: UTC\nsources:\n{''.join(sources)}", "utf-8")
        for name, text in logs.items():
            self._land(name, "queue_log", text)
        for name, text in tables.items():
            self._land(name, "queue_log.csv", HEADER + text)
        run(self.home, site=False)

    def _land(self, source: str, name: str, text: str) -> None:
        path = self.home.landing / source / "2026-01-06" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")

    def rows(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Ask the published file; instants come as UTC, numbers as whole ones or floats."""
        with duckdb.connect(str(self.home.published_file), read_only=True) as connection:
            connection.execute("set TimeZone = 'UTC'; use scorecard")
            return connection.execute(sql, parameters).fetchall()

    def lost(self) -> tuple[int, int]:
        """Records in quarantine, and files that could not be taken."""
        ((quarantined, failed),) = self.rows(
            "select sum(records_quarantined)::int, count(*) filter (state = 'failed') from fct_file"
        )
        return quarantined, failed

    def visits(self, source: str) -> list[tuple[Any, ...]]:
        """Contact, queue, outcome and whole seconds of wait of each visit, in order of contact and visit."""
        return self.rows(
            "select split_part(contact_key, '/', 2), queue_id, outcome, routed_wait_seconds::int from fct_queue_visit"
            " where source_id = ? order by contact_key, visit_number",
            source,
        )

    def legs(self, source: str) -> list[tuple[Any, ...]]:
        """Contact, agent, end and whole seconds of talk of each leg."""
        return self.rows(
            "select contact_id, agent_id, end_kind, talk_seconds::int from fct_contact_leg"
            " where source_id = ? order by contact_key, leg_number",
            source,
        )

    def contacts(self, source: str, *columns: str) -> list[tuple[Any, ...]]:
        """Contact id and columns of each contact."""
        return self.rows(
            f"select {', '.join(('contact_id', *columns))} from fct_contact where source_id = ? order by contact_id",  # noqa: S608
            source,
        )

    def value(self, kpi_id: str, scope_kind: str, scope_id: str) -> float | None:
        """The KPI of a scope over all the time there is."""
        ((value,),) = self.rows(
            "select value from fct_kpi_value where kpi_id = ? and scope_kind = ? and scope_id = ?"
            " and period_kind = 'all'",
            kpi_id,
            scope_kind,
            scope_id,
        )
        return None if value is None else float(value)
