"""`triage-never-fits`, `triage-word-caught`: a rule of the first analysis fits no case, or an earlier rule has its
word.

Whoever handles the case is not told what the rule was written for: nobody looks at the complaint that goes to court.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from ivr.analysis.value_types import words_of
from ivr.call.facts import HISTORY
from ivr.case.triage import TriageRule, contains, folded_text
from ivr.errors import Finding, Problem
from ivr.flow.model import Release
from ivr.flow.parse import did_you_mean
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.source.scalars import SourcePath

YES_NO = frozenset(("yes", "no"))
FAILS = """\
call: {vip: {type: yes_no, starts: no}}
triage:
  anything: {risk: 10}
  misspelt: {when: {produkt: card}, risk: 10}
  other_word: {when: {call.vip: gold}, risk: 10}
  elsewhere: {kinds: [feedback], says: [thanks], risk: 1}
  refund: {says: [refund], category: money}
  tax: {says: [tax refund], category: tax}
  silent: {says: [lawyer]}
"""
PASSES = """\
triage:
  court: {says: [court, 起诉], urgency: high, risk: 40}
  repeat: {when: {caller.open_cases: {at_least: 1}}, risk: 10}
  loud: {when: {story: {known: yes}}, says: [shame], risk: 5}
  tax: {says: [tax refund], category: tax}
  refund: {says: [refund], category: money}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Each rule: what it looks at, and the words of those before it."""
    known = dict(triage_values(context.release))
    for name, value in context.hotline.call.items():
        known[f"call.{name}"] = YES_NO if value.type == "yes_no" else words_of(value.type)
    opened: set[str] = {step.declared.case.kind for _, step in context.steps() if step.declared.case}
    opened |= {flow.intake for flow in context.release.flows.values()}
    rules = context.release.triage
    for n, rule in enumerate(rules):
        at = ("triage", rule.name)
        for path, message, hint in chain(_never(rule, known, opened), _caught(rule, rules[:n])):
            code = "triage-word-caught" if path[:1] == ("says",) else "triage-never-fits"
            problem = Problem(code, message, hint, "warning")
            yield context.source.finding((*at, *path), problem, at_key=not path or path[0] != "says")


def triage_values(release: Release) -> Mapping[str, frozenset[str] | None]:
    """The values of cases that a condition may ask, with their words where these are a closed list; those of the call
    are beside them."""
    found: dict[str, frozenset[str] | None] = dict.fromkeys(HISTORY)
    for step in (step for flow in release.flows.values() for step in flow.steps.values()):
        for name, type_ in step.declared.sets.items():
            words = YES_NO if type_ == "yes_no" else words_of(type_)
            before = found.get(name, frozenset())
            found[name] = None if words is None or before is None else before | words
        if step.declared.case:
            found |= {name: None for name in step.declared.case.fields if name not in found}
    return found


def _never(
    rule: TriageRule, known: Mapping[str, frozenset[str] | None], opened: set[str]
) -> Iterator[tuple[SourcePath, Message, str]]:
    if not (rule.urgency or rule.risk or rule.category or rule.next_step):
        yield (), Message("lint.triage.proposes-nothing", rule=rule.name), Message("lint.triage.proposes-hint")
    if not rule.says and not rule.when:
        yield (), Message("lint.triage.anything", rule=rule.name), Message("lint.triage.anything-hint")
    kinds = [kind for kind in rule.kinds if kind not in opened]
    if kinds and len(kinds) == len(rule.kinds):
        yield ("kinds",), Message("lint.triage.kinds", kinds=tuple(kinds)), Message("lint.triage.kinds-hint")
    for name, test in rule.when.items():
        if name not in known:
            hint = did_you_mean(name, sorted(known)) or Message("lint.triage.unknown-hint", names=tuple(sorted(known)))
            yield ("when", name), Message("lint.triage.unknown", name=name), hint
            continue
        words = known[name]
        if words and not any(test(word) for word in words) and not test(None):
            expected = Message("lint.triage.word-hint", words=tuple(sorted(words)))
            yield ("when", name), Message("lint.triage.word", name=name), expected


def _caught(rule: TriageRule, before: Sequence[TriageRule]) -> Iterator[tuple[SourcePath, Message, str]]:
    """Words that an earlier rule finds wherever this one does, so that its category is never proposed for them."""
    rivals = [each for each in before if each.category and not each.when and set(each.kinds) >= set(rule.kinds)]
    for n, word in enumerate(rule.says if rule.category else ()):
        found = next(
            ((each, own) for each in rivals for own in each.says if contains(folded_text(word), folded_text(own))), None
        )
        if found:
            other, own = found
            told = Message("lint.triage.caught", word=word, rule=rule.name, other=other.name, own=own)
            yield ("says", n), told, Message("lint.triage.caught-hint", rule=rule.name, other=other.name)


RULE = Rule(
    codes=("triage-never-fits", "triage-word-caught"), severity="warning", page=__doc__, fails=FAILS, passes=PASSES,
    check=check, fix="correct the value, open such a case, or write the longer word in the earlier rule.",
)  # fmt: skip
