"""`# ivr: ignore[rule] reason`: warnings that an author has looked at and suppresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ivr.errors import Finding, Severity
from ivr.flow.parse import closest
from ivr.lint.hints import delete, meant
from ivr.messages.message import Message
from ivr.source.yaml_file import Source

_MEANT = re.compile(r"(?:^|(?<=[\s,\]}]))#\s*ivr\s*:.*$")
_WRITTEN = re.compile(r"#\s*ivr\s*:\s*ignore\s*\[([^\]]*)\]\s*(.*)$")


@dataclass(slots=True)
class Ignore:
    """One comment: where it stands, the line whose findings it suppresses, the rules it names, those it met."""

    source: Source
    line: int
    column: int
    text: str
    of_line: int
    codes: Sequence[str] = ()
    reason: str = ""
    met: set[str] = field(default_factory=set)

    def finding(self, code: str, word: str, message: str, hint: str, severity: Severity) -> Finding:
        """A finding at a word of the comment."""
        column = self.column + max(self.text.find(word), 0)
        return Finding(self.source.file, self.line, column, code, severity, message, hint, column + len(word))


def ignores_in(source: Source) -> list[Ignore]:
    """The comments of a file; one on a line of its own is meant for the next line that says something."""
    found: list[Ignore] = []
    lines = source.text.split("\n")
    ahead = 0
    for number, line in reversed(list(enumerate(lines, 1))):
        meant = _MEANT.search(line) if "ivr" in line else None
        if meant is not None:
            of_line = number if line[: meant.start()].strip() else ahead or number
            ignore = Ignore(source, number, meant.start() + 1, meant[0].rstrip(), of_line)
            if written := _WRITTEN.match(meant[0]):
                ignore.codes = [code.strip() for code in written[1].split(",")]
                ignore.reason = written[2].strip()
            found.append(ignore)
        if line.strip() and line.lstrip()[0] != "#":
            ahead = number
    return found[::-1]


def let_stand(
    findings: Iterable[tuple[Finding, bool]], sources: Iterable[Source], rules: frozenset[str], judged: frozenset[str]
) -> Iterator[Finding]:
    """The findings of rules that are not ignored, and what is wrong with the comments.

    A finding comes with whether it cannot be suppressed. `rules` are all codes; `judged` those whose rules were tried,
    so that a comment which met none of them has nothing to ignore.
    """
    ignores = [ignore for source in sources for ignore in ignores_in(source)]
    at: dict[tuple[str, int], list[Ignore]] = {}
    for ignore in ignores:
        if ignore.reason:
            at.setdefault((ignore.source.file, ignore.of_line), []).append(ignore)
    for finding, stands in findings:
        by = [ignore for ignore in at.get((finding.file, finding.line), ()) if finding.code in ignore.codes]
        for ignore in by:
            ignore.met.add(finding.code)
            if stands:
                message = Message("lint.bad-ignore.cannot", code=finding.code)
                hint = Message("lint.bad-ignore.cannot-hint")
                yield ignore.finding("bad-ignore", finding.code, message, hint, "error")
        if stands or not by:
            yield finding
    for ignore in ignores:
        yield from _wrong(ignore, rules, judged)


def _wrong(ignore: Ignore, rules: frozenset[str], judged: frozenset[str]) -> Iterator[Finding]:
    if not ignore.codes:
        message, hint = Message("lint.bad-ignore.form"), Message("lint.bad-ignore.form-hint")
        yield ignore.finding("bad-ignore", ignore.text, message, hint, "error")
        return
    if not ignore.reason:
        message, hint = Message("lint.bad-ignore.no-reason"), Message("lint.bad-ignore.form-hint")
        yield ignore.finding("bad-ignore", ignore.text, message, hint, "error")
    for code in ignore.codes:
        if code not in rules:
            likely = closest(code, sorted(rules), likeness=0.8)
            hint = meant(likely) if likely else Message("lint.unknown-rule.hint")
            yield ignore.finding("unknown-rule", code, Message("lint.unknown-rule.found", code=code), hint, "error")
        elif ignore.reason and code in judged and code not in ignore.met:
            message = Message("lint.unused-ignore.found", code=code)
            yield ignore.finding("unused-ignore", code, message, delete(), "warning")
