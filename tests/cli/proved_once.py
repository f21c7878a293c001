"""Proofs that several tests ask for, made once: most tests publish the small hotline, and are about something else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import pytest

from ivr.cli.shared import proof_report
from ivr.explore.prove import Proof
from ivr.explore.state_walk import Scope
from ivr.flow.model import Release
from ivr.flow.parse import Parsed

MOST = 20
prove, proof_key = proof_report.prove, proof_report.proof_key


class _Proved:
    """A release to prove, the same as another where all it was compiled from is."""

    def __init__(self, texts: Sequence[tuple[str, str]], release: Release) -> None:
        self.texts, self.release = tuple(texts), release

    def __hash__(self) -> int:
        return hash(self.texts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Proved) and self.texts == other.texts


@lru_cache(MOST)
def _proof(asked: _Proved, since: date, entries: tuple[str, ...], most: int) -> Proof:
    return prove(asked.release, Scope(since=since, entries=entries, most=most))


def prove_once(patch: pytest.MonkeyPatch) -> None:
    """From now on the commands of this process prove the same files once. Whether a proof is kept, used again or made
    afresh is still theirs to decide."""
    texts: list[tuple[str, str]] = []

    def keyed(parsed: Parsed, *, since: date, entries: Sequence[str], most: int) -> str:
        texts[:] = [(source.file, source.text) for source in parsed.sources]
        return proof_key(parsed, since=since, entries=entries, most=most)

    def proved(release: Release, scope: Scope) -> Proof:
        return _proof(_Proved(texts, release), scope.since, tuple(scope.entries), scope.most)

    patch.setattr(proof_report, "proof_key", keyed)
    patch.setattr(proof_report, "prove", proved)
