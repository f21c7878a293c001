"""First analysis: what rules of a house read out of a new case. It proposes and never decides; a person does.

Every rule that fits adds its mark, which names the word or the value that made it. The urgency is the highest of
them, the risk of a dispute their sum, category and next step are of the first rule that has one. Word lists cannot read
a "no" ("I will not sue you" has the word "sue"), so a mark can only raise attention, never lower it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ivr.call.condition import Test
from ivr.case.case_fields import urgency

MOST_RISK = 100
_SPACED = re.compile(r"[a-z0-9]")
_PLAIN = re.compile(r"(?!.*\d{3})[\w-]{1,40}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageRule:
    """A rule: the words (any of them) and conditions (all of them) by which it fits, the kinds of case it looks at
    (none: all), and what it proposes. `next_step` is by language."""

    name: str
    says: tuple[str, ...] = ()
    when: Mapping[str, Test]
    kinds: tuple[str, ...] = ()
    urgency: str = ""
    risk: int = 0
    category: str = ""
    next_step: Mapping[str, str]


class Mark(NamedTuple):
    """A rule that fits, and the word, or the value as `name=value`, that made it."""

    rule: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the rules propose for a case; empty where none says anything of it."""

    marks: tuple[Mark, ...]
    urgency: str = ""
    risk: int = 0
    category: str = ""
    next_step: str = ""


def triage(
    rules: Sequence[TriageRule], kind: str, text: str, values: Callable[[str], str | None], language: str
) -> Proposal | None:
    """What the rules make of a case of this kind, of what the caller said and of values by name; None: nothing."""
    said = folded_text(text)
    fitting = [(rule, mark) for rule in rules if (mark := _mark(rule, kind, said, values))]
    if not fitting:
        return None
    found = [rule for rule, _ in fitting]
    step = next((rule.next_step for rule in found if rule.next_step), {})
    return Proposal(
        marks=tuple(mark for _, mark in fitting),
        urgency=max((rule.urgency for rule in found), key=urgency, default=""),
        risk=min(sum(rule.risk for rule in found), MOST_RISK),
        category=next((rule.category for rule in found if rule.category), ""),
        next_step=step.get(language) or next(iter(step.values()), ""),
    )


def _mark(rule: TriageRule, kind: str, said: str, values: Callable[[str], str | None]) -> Mark | None:
    if rule.kinds and kind not in rule.kinds:
        return None
    word = next((word for word in rule.says if contains(said, folded_text(word))), "")
    if rule.says and not word:
        return None
    known = {name: values(name) for name in rule.when}
    if not all(test(known[name]) for name, test in rule.when.items()):
        return None
    return Mark(rule.name, word or ", ".join(_named(name, value) for name, value in known.items()))


def _named(name: str, value: str | None) -> str:
    """A value as the mark names it. What may be a customer's own, such as their number, is not in a proposal: that is
    kept when they are erased, and read by those who do not see numbers."""
    return f"{name}={value}" if value and _PLAIN.fullmatch(value) else name


def folded_text(text: str) -> str:
    """A text as words are looked for in it: small letters, full-width signs as half-width ones, single blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def contains(text: str, word: str) -> bool:
    """Whether a text has a word: as a word of its own where words have blanks between them, else anywhere."""
    at = text.find(word)
    while word and at >= 0:
        before, after = text[at - 1 : at], text[at + len(word) : at + len(word) + 1]
        if not (_cuts(before, word[0]) or _cuts(word[-1], after)):
            return True
        at = text.find(word, at + 1)
    return False


def _cuts(left: str, right: str) -> bool:
    """Whether a boundary between two characters lies inside of a word that is written with blanks around it."""
    return bool(_SPACED.match(left) and _SPACED.match(right)) if left and right else False


def as_facts(proposal: Proposal) -> dict[str, str]:
    """A proposal as the event `triaged` holds it."""
    found = {
        "urgency": proposal.urgency,
        "risk": str(proposal.risk) if proposal.risk else "",
        "category": proposal.category,
        "next_step": proposal.next_step,
        "marks": "; ".join(f"{mark.rule}: {mark.because}" for mark in proposal.marks),
    }
    return {name: value for name, value in found.items() if value}


def proposed(facts: Mapping[str, str]) -> dict[str, Any]:
    """A proposal as data: the risk a number, the marks a list, null for what no rule proposes; empty: none at all."""
    if not facts:
        return {}
    marks = facts["marks"].split("; ") if "marks" in facts else []
    texts = {name: facts.get(name) for name in ("urgency", "category", "next_step")}
    return {**texts, "risk": int(facts.get("risk", "0")), "marks": marks}
