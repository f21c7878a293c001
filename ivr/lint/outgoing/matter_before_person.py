"""`matter-before-person`: words about the case (`case.number`, `case.opened`, `case.told`, ...) are spoken to somebody
who has confirmed nothing yet, or on every machine.

Whoever answers the telephone hears what the customer has complained of: a colleague, a landlord, a child. Before a
choice only `{case.caller_name}` may be spoken, and in `name`, `goodbye` and `message` of `outgoing` nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ivr.analysis.unchosen import unchosen
from ivr.call.facts import CASE_FACTS, NAME_OF_CUSTOMER
from ivr.errors import Finding, Problem
from ivr.flow.model import Release, StepKey
from ivr.lint.context import LintContext, PromptAt, text_finding
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.steps.fields import PLACEHOLDER

FAILS = """\
outgoing:
  rate: {name: {zh-CN: 这里是银行。, en-US: This is the bank.}, from: "+862155500000"}
cases:
  complaint: {clock: cn-2020, follow_up: rate}
---
flow: rate
title: {zh-CN: 评价, en-US: Rating}
takes: {case: case}
steps:
  person:
    yes_no: {zh-CN: "编号{case.number:digits}是您的吗？", en-US: "Is {case.number:digits} yours?"}
    yes: kept
    no: wrong
  kept: {follow_up: accepted, next: goodbye}
  wrong: {follow_up: wrong_person, next: goodbye}
"""
PASSES = """\
outgoing:
  rate: {name: {zh-CN: 这里是银行。, en-US: This is the bank.}, from: "+862155500000"}
cases:
  complaint: {clock: cn-2020, follow_up: rate}
---
flow: rate
title: {zh-CN: 评价, en-US: Rating}
takes: {case: case}
steps:
  person: {yes_no: {zh-CN: 您最近来过电话吗？, en-US: Did you call us?}, yes: told, no: wrong}
  told: {say: {zh-CN: "编号{case.number:digits}。", en-US: "It is number {case.number:digits}."}, next: kept}
  kept: {follow_up: accepted, next: goodbye}
  wrong: {follow_up: wrong_person, next: goodbye}
"""
CODE = "matter-before-person"


def check(context: LintContext) -> Iterable[Finding]:
    """What is spoken in flows under `outgoing` before the first choice, and beside the flows."""
    matter = CASE_FACTS - {NAME_OF_CUSTOMER}
    keys = {key for flow in context.release.outgoing if flow in context.release.flows
            for key in unchosen(context.transitions, flow)}  # fmt: skip
    for key in sorted(keys):
        yield from _spoken(context, key, matter)
    for written in context.prompts:
        if written.parsed is None and written.path[:1] == ("outgoing",):
            yield from _named(written, CASE_FACTS, Message("lint.matter-before-person.beside"))


def _spoken(context: LintContext, key: StepKey, matter: frozenset[str]) -> Iterator[Finding]:
    found = [finding for written in context.prompts_of(*key) if not written.said.whisper
             for finding in _named(written, matter, Message("lint.matter-before-person.hint"))]  # fmt: skip
    yield from found
    shared = matter & _slots(context.release, key)
    if shared and not found:
        message = Message("lint.matter-before-person.found", name=min(shared))
        hint = Message("lint.matter-before-person.hint")
        yield context.at(key.flow, key.step, Problem(CODE, message, hint))


def _named(written: PromptAt, matter: frozenset[str], hint: Message) -> Iterator[Finding]:
    for path, _, text in written.said.in_languages(written.path):
        for word in PLACEHOLDER.finditer(text):
            if word[1] in matter:
                message = Message("lint.matter-before-person.found", name=word[1])
                yield text_finding(written.source, path, word[0], Problem(CODE, message, hint))


def _slots(release: Release, key: StepKey) -> frozenset[str]:
    """What the words of a step name, those of shared prompts too."""
    declared = release.flows[key.flow].steps[key.step].declared
    said = [declared.says, *(prompt for each in declared.announces.values() for prompt in each)]
    if (asked := declared.listening) is not None:
        said += [asked.prompt, asked.again]
        said += [prompt for how in (asked.no_input, asked.no_match) for prompt in (*how.say, *how.unclear)]
    return frozenset(slot for prompt in said if prompt for slot in release.prompts[prompt].slots)


RULE = Rule(
    codes=(CODE,), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="ask first whether it is the right person, and speak of the case behind their yes.",
)  # fmt: skip
