"""Proofs that are kept: a release of which only words have changed since is proved without being walked again.

A proof is kept if every promise holds, under the hash of all it depends on: the release without its words, the program,
the day its year of calendars begins, and the options. What words still decide is how long calls take; so the turns of
ordinary callers are kept with it, and their seconds are summed up again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

import ivr
from ivr.explore.built_in import ORDINARY, ordinary_evidence
from ivr.explore.call_costs import CallCosts, TurnKind
from ivr.explore.kept_words import kept_words, words_kept
from ivr.explore.longest_call import OrdinaryTurns, ordinary_turns
from ivr.explore.mute import mute_hash
from ivr.explore.occurrence import edges_with
from ivr.explore.promise_result import PromiseResult
from ivr.explore.prove import Proof
from ivr.explore.reach_promises import at_most_evidence
from ivr.explore.self_check import Checked
from ivr.explore.waivers import Waiver
from ivr.flow.model import Release
from ivr.flow.parse import Parsed

FORMAT = 2
"""To be raised when KeptProof changes its meaning."""
MOST_KEPT = 50


class KeptResult(msgspec.Struct, frozen=True, array_like=True):
    """A promise that holds; `timed` are the turns its seconds are summed up of, None where words decide nothing.

    `evidence` is a message by `kept_words`.
    """

    name: str
    evidence: Any
    written: int | None
    timed: tuple[int, list[tuple[int, int, TurnKind]]] | None = None


class KeptWaiver(msgspec.Struct, frozen=True, array_like=True):
    """A waiver; `broken` is a message by `kept_words`, or empty."""

    promise: str
    flow: str
    reason: str
    broken: Any


class KeptProof(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of a proof."""

    states: int
    edges: int
    calls: int
    turns: int
    results: list[KeptResult]
    waived: list[KeptWaiver]


class _File(msgspec.Struct, frozen=True):
    """The file of a kept proof: `key` and `sum` tell a foreign or damaged one."""

    format: int
    key: str
    sum: str
    proof: msgspec.Raw


def proof_key(parsed: Parsed, *, since: date, entries: Sequence[str], most: int) -> str:
    """The hash of all that a proof depends on."""
    parts = [str(FORMAT), program_hash(), mute_hash(parsed), since.isoformat(), *entries, str(most)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def program_hash() -> str:
    """The hash of this program's modules: another version proves for itself."""
    digest = hashlib.sha256()
    for file in sorted(Path(ivr.__file__).parent.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def cache_folder() -> Path | None:
    """Where proofs are kept: `ivr/proofs` in the user's cache folder. None where the user has none."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    with contextlib.suppress(RuntimeError):
        return (Path(base) if base.startswith("/") else Path.home() / ".cache") / "ivr" / "proofs"
    return None


class KeptProofs:
    """The kept proofs in a folder. What cannot be read or written is as if it were not kept."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def get(self, key: str, release: Release) -> Proof | None:
        """The proof kept under a key, for a release that has it; None where its words now break a promise."""
        if self.folder is None:
            return None
        try:
            file = msgspec.json.decode((self.folder / f"{key}.json").read_bytes(), type=_File)
            if (file.format, file.key, file.sum) != (FORMAT, key, _sum(bytes(file.proof))):
                return None
            return _proof(msgspec.json.decode(file.proof, type=KeptProof), release)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError, KeyError, TypeError):
            return None

    def put(self, key: str, proof: Proof) -> None:
        """Keep a proof in which every promise holds; any other is not kept."""
        if self.folder is None or not proof.holds or proof.walked is None:
            return
        results = [_kept(result, proof) for result in proof.results]
        waived = [KeptWaiver(w.promise, w.flow, w.reason, kept_words(w.broken)) for w in proof.waived]
        kept = KeptProof(proof.states, proof.edges, proof.checked.calls, proof.checked.turns, results, waived)
        body = msgspec.json.encode(kept)
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write(self.folder / f"{key}.json", msgspec.json.encode(_File(FORMAT, key, _sum(body), msgspec.Raw(body))))
            for old in sorted(self.folder.glob("*.json"), key=lambda file: -file.stat().st_mtime)[MOST_KEPT:]:
                old.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    """Two processes may write one file at once: each writes its own, and the rename is atomic."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _sum(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _kept(result: PromiseResult, proof: Proof) -> KeptResult:
    walked = proof.walked
    assert walked is not None
    timed: OrdinaryTurns | None = None
    if result.name == ORDINARY:
        timed = ordinary_turns(walked)
    elif result.written is not None:
        fields = walked.release.promises[result.written]
        if fields.at_most and fields.at_most.unit == "seconds" and fields.before is not None:
            timed = ordinary_turns(walked, edges_with(walked, fields.before))
    turns = (len(timed.questions), list(timed.turns)) if timed else None
    return KeptResult(result.name, kept_words(result.evidence), result.written, turns)


def _proof(kept: KeptProof, release: Release) -> Proof | None:
    """The proof with the words of a release; None where a promise has to be proved again."""
    results = [_result(each, release) for each in kept.results]
    if None in results:
        return None
    checked = Checked(calls=kept.calls, turns=kept.turns)
    held = [result for result in results if result is not None]
    waivers = [Waiver(each.promise, each.flow, each.reason, words_kept(each.broken)) for each in kept.waived]
    return Proof(None, checked, held, waived=waivers, states=kept.states, edges=kept.edges)


def _result(kept: KeptResult, release: Release) -> PromiseResult | None:
    """The result with the words of a release; None where it has to be proved again."""
    evidence = words_kept(kept.evidence)
    if kept.timed is not None:
        count, turns = kept.timed
        ordinary = OrdinaryTurns([("", "", "")] * count, turns)
        seconds = ordinary.longest(CallCosts(release, "seconds")).cost
        bound = release.promises[kept.written].at_most if kept.written is not None else None
        if seconds > (bound.most if bound else release.limits.call):
            return None
        if bound:
            evidence = at_most_evidence(seconds, bound)
        else:
            evidence = ordinary_evidence(ordinary.longest(CallCosts(release, "turns")).cost, seconds)
    return PromiseResult(name=kept.name, holds=True, evidence=evidence, written=kept.written)
