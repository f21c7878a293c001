"""`# ivr: ignore[rule] reason`: warnings that an author has looked at and suppresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ivr.errors import Finding, Severity
from ivr.flow.parse import closest
from ivr.source.yaml_file import Source

FORM = "# ivr: ignore[rule] reason"
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
                message = f"{finding.code} cannot be suppressed: calls would go wrong with it."
                yield ignore.finding("bad-ignore", finding.code, message, "Fix the flow.", "error")
        if stands or not by:
            yield finding
    for ignore in ignores:
        yield from _wrong(ignore, rules, judged)


def _wrong(ignore: Ignore, rules: frozenset[str], judged: frozenset[str]) -> Iterator[Finding]:
    if not ignore.codes:
        message = "this looks like a comment that ignores a finding, and is none."
        yield ignore.finding("bad-ignore", ignore.text, message, f"Write {FORM}.", "error")
        return
    if not ignore.reason:
        message = "this comment gives no reason, so the finding is reported."
        yield ignore.finding("bad-ignore", ignore.text, message, f"Write {FORM}.", "error")
    for code in ignore.codes:
        if code not in rules:
            message = f'there is no rule "{code}" that could be ignored.'
            meant = closest(code, sorted(rules), likeness=0.8)
            others = "The rules are in docs/rules.md; other mistakes cannot be suppressed."
            hint = f'Did you mean "{meant}"?' if meant else others
            yield ignore.finding("unknown-rule", code, message, hint, "error")
        elif ignore.reason and code in judged and code not in ignore.met:
            message = f"{code} is not found here: there is nothing to ignore."
            yield ignore.finding("unused-ignore", code, message, "Take it out.", "warning")
