"""What `ivr replay` prints: a line for each fixture, the calls on record that differ, and the totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from ivr.cli.shared.command_line import print_json
from ivr.cli.shared.echo import echo
from ivr.cli.shared.fixture_runs import PlayedFile
from ivr.messages.message import Message, plain_values
from ivr.replay.outcome_lines import update_hint
from ivr.replay.stored import ReplayTotals

MOST_SHOWN = 10


def show_played(result: PlayedFile) -> None:
    if result.updated:
        echo(Message("replay-command.updated", file=result.file, call=result.call))
    elif not result.failure:
        echo(Message("replay-command.passed", file=result.file, call=result.call))
    else:
        echo(Message("replay-command.failed", failure=result.failure))
        for line in result.shown:
            echo(Message("replay-command.indented", line=line))


def show_totals(results: Sequence[PlayedFile], tally: ReplayTotals | None, *, as_json: bool) -> None:
    failed = sum(bool(result.failure) for result in results)
    if as_json:
        whole = {"calls": [_row(result) for result in results], "passed": len(results) - failed, "failed": failed}
        print_json(whole | ({"stored": asdict(tally)} if tally else {}))
        return
    if tally:
        _show_stored(tally)
    reworded = [result.file for result in results if result.reworded]
    if reworded:
        echo(update_hint(reworded[0] if len(reworded) == 1 else "FOLDER"))
    if results:
        echo(Message("replay-command.total", passed=len(results) - failed, failed=failed))


def _row(result: PlayedFile) -> dict[str, Any]:
    """A fixture's result: its failure in English, and the values that names."""
    return {
        "file": result.file, "call": result.call, "passed": not result.failure, "failure": result.failure,
        "values": _values(result.failure), "updated": result.updated,
    }  # fmt: skip


def _values(failure: str) -> dict[str, Any]:
    """The values of the sentence behind the place, where it has one."""
    said = failure.values.get("said", failure) if isinstance(failure, Message) else failure
    return plain_values(said)


def _show_stored(tally: ReplayTotals) -> None:
    for differs in tally.differ[:MOST_SHOWN]:
        echo(Message("replay-command.differs", call=differs.call, turn=differs.turn))
        for line in differs.lines:
            echo(Message("replay-command.indented", line=line))
    for line in tally.unread[:MOST_SHOWN]:
        echo(Message("replay-command.unread", line=line))
    hidden = len(tally.differ[MOST_SHOWN:]) + len(tally.unread[MOST_SHOWN:])
    if hidden:
        echo(Message("replay-command.hidden", hidden=hidden))
    differ, unread = len(tally.differ), len(tally.unread)
    counted = {"same": tally.calls - differ, "differ": differ, "turns": tally.turns}
    if unread:
        echo(Message("replay-command.stored-unread", unread=unread, **counted))
    else:
        echo(Message("replay-command.stored", **counted))
