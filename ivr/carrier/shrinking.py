"""Making a call that fails as small as it can be: fewer acts, then simpler ones (delta debugging, Zeller 1999)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ivr.carrier.caller_actions import CallerAction, HangUp, LeaveMessage, Press, SayWords, Silence

Acts = tuple[CallerAction, ...]
MOST_TRIES = 300


class Shrinking:
    """`fails` plays acts and answers those that were really done, where the call still fails, else None."""

    def __init__(self, fails: Callable[[Acts], Acts | None], most: int = MOST_TRIES) -> None:
        self._fails, self._left = fails, most
        self._known: set[Acts] = set()

    def shrink(self, acts: Sequence[CallerAction]) -> Acts:
        """The smallest acts found that still fail; the given ones where none of them can be left out."""
        best = self._simpler(self._fewer(tuple(acts)))
        return self._fewer(best)

    def _fewer(self, acts: Acts) -> Acts:
        """Leave out ever smaller parts, the later ones first, until no single act can be left out."""
        size = max(1, len(acts) // 2)
        while acts:
            smaller = self._first(acts[:at] + acts[at + size :] for at in reversed(range(0, len(acts), size)))
            if smaller is not None and len(smaller) < len(acts):
                acts = smaller
                size = min(size, max(1, len(acts)))
            elif size == 1:
                break
            else:
                size //= 2
        return acts

    def _simpler(self, acts: Acts) -> Acts:
        at = 0
        while at < len(acts):
            found = self._first((*acts[:at], simple, *acts[at + 1 :]) for simple in simpler(acts[at]))
            if found is not None and len(found) <= len(acts):
                acts = found
            at += 1
        return acts

    def _first(self, candidates: Iterator[Acts]) -> Acts | None:
        for candidate in candidates:
            if self._left <= 0:
                return None
            if candidate in self._known:
                continue
            self._known.add(candidate)
            self._left -= 1
            done = self._fails(candidate)
            if done is not None:
                return done
        return None


def simpler(act: CallerAction) -> Iterator[CallerAction]:
    """Simpler acts that could stand for this one, the simplest first."""
    match act:
        case Press(keys):
            yield Silence()
            if len(keys) > 1:
                yield Press(keys[0])
                yield Press(keys[: len(keys) // 2])
        case SayWords(text, confidence):
            yield Silence()
            if confidence != 0.9:
                yield SayWords(text)
            if len(text) > 1:
                yield SayWords(text[: len(text) // 2])
        case LeaveMessage(seconds, text, key):
            yield Silence()
            if (seconds, text) != (1, ""):
                yield LeaveMessage(1, "", key)
            if text:
                yield LeaveMessage(seconds, "", key)
        case HangUp(recorded) if recorded:
            yield HangUp()
            yield HangUp(1)
