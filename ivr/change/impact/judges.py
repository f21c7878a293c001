"""Calls of several releases against one draft: each release compiled and compared with the draft once."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from ivr.change.diff.change import Difference
from ivr.change.diff.compare import difference
from ivr.change.impact.changed import changed
from ivr.change.impact.effect import Verdict
from ivr.change.impact.judge import RELEASE_GONE, Judge
from ivr.change.impact.tally import Tally
from ivr.errors import IvrError
from ivr.flow.compile import compile_release
from ivr.flow.parse import Parsed, parse
from ivr.flow.release import Files, files_of
from ivr.service.ports import RecordedCall

RELEASE_UNREADABLE = "its release cannot be read by this version"


class Judges:
    """`body` gives a stored release's files by its hash, None where they are gone; `draft` has no errors."""

    def __init__(self, body: Callable[[str], str | None], draft: Files) -> None:
        self._body, self._draft = body, parse(draft)
        self._release = compile_release(self._draft)
        self._known: dict[str, Judge | str] = {}

    def tally(self, calls: Iterable[RecordedCall], release: str = "") -> Tally:
        """Count the verdicts on these calls, only those of the release with this hash, if one is given."""
        found = Tally()
        with rarely_collected():
            for call in calls:
                if not release or call.release == release:
                    found.count(self.verdict(call), call=call.call, release=call.release, turns=len(call.turns))
        return found

    def verdict(self, call: RecordedCall) -> Verdict:
        """What the draft would do to one call."""
        judge = self._judge(call.release)
        if isinstance(judge, str):
            return Verdict("skipped", why=judge)
        return judge.verdict(call)

    def difference(self, release: str) -> Difference:
        """From a release to the draft; no changes where the release cannot be had."""
        judge = self._judge(release)
        return Difference(changes=()) if isinstance(judge, str) else judge.changed.difference

    def _judge(self, release: str) -> Judge | str:
        if release not in self._known:
            self._known[release] = self._made(release)
        return self._known[release]

    def _made(self, release: str) -> Judge | str:
        body = self._body(release)
        if body is None:
            return RELEASE_GONE
        before = parsed_body(body)
        if before.hotline is None:
            return RELEASE_UNREADABLE
        try:
            compiled = compile_release(before)
        except (IvrError, KeyError, ValueError):
            return RELEASE_UNREADABLE
        return Judge(changed(compiled, self._release, difference(before, self._draft)))


def parsed_body(body: str) -> Parsed:
    """The fields of a stored release."""
    return parse(files_of(body))


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Without the collector's walks through hundreds of thousands of remembered places, which find nothing."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
