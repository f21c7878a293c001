"""What a transaction writes about calls to customers. An attempt is changed under the version of its follow-up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from ivr.service.outgoing.outgoing_rows import AttemptRow, BlockedRow, Claim, FollowUpRow
from ivr.storage.outgoing_statements import COUNTER
from ivr.storage.statements import RowStatement
from ivr.storage.write import Write


class Kept(Protocol):
    """What was told to be written."""

    followed_up: list[tuple[FollowUpRow, Sequence[AttemptRow]]]
    claimed: Claim | None
    blocked: list[BlockedRow]


def outgoing_writes(kept: Kept, sql: Mapping[str, RowStatement]) -> Iterator[Write]:
    """The statements in order, those with a guard first."""
    if kept.claimed is not None:
        yield from _claim(kept.claimed, sql)
    for row, attempts in kept.followed_up:
        yield _follow_up(row, sql)
        for attempt in attempts:
            yield Write(sql["update_attempt"].text, sql["update_attempt"].values(attempt))
    for blocked in kept.blocked:
        yield Write(sql["block"].text, sql["block"].values(blocked), any_number=True)


def _follow_up(row: FollowUpRow, sql: Mapping[str, RowStatement]) -> Write:
    if row.version == 0:
        made = sql["insert_follow_up"]
        return Write(made.text, made.values(row._replace(version=1)), "store.conflict.new")
    return Write(sql["update_follow_up"].text, sql["update_follow_up"].values(row), "store.conflict.version")


def _claim(claim: Claim, sql: Mapping[str, RowStatement]) -> Iterator[Write]:
    moved, taken, made = sql["move_on"], sql["claim_follow_up"], sql["insert_attempt"]
    yield Write(moved.text, moved.values((COUNTER.format(flow=claim.row.flow), claim.next_dial, claim.dialled)))
    key, other = claim.keys[0], claim.keys[-1]
    values = (*claim.attempt, claim.row.version, key, other, claim.since, claim.most, claim.asked)
    yield Write(taken.text, taken.values(values), "store.conflict.version")
    yield Write(made.text, made.values(claim.attempt))
