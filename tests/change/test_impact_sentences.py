"""Every sentence of impact is said of some calls, and nothing of it is English in Chinese."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import pytest
from test_every_sentence import parts, without_quotes

from ivr.call.events import FOLLOW_UP_RESULTS
from ivr.change.diff import wording
from ivr.change.diff.change import Change, What
from ivr.change.impact import compare_calls
from ivr.change.impact.effects import CallImpact, Diversion, Effect, ImpactTotals
from ivr.change.impact.heard_otherwise import HeardOtherwise
from ivr.change.impact.report import HEARD, Report, data, summary, text
from ivr.change.impact.sentences import sentence
from ivr.flow.model import StepKey
from ivr.messages.catalogue import catalogue
from ivr.messages.message import Message
from ivr.steps.kind import EVERY_KIND, Kind
from ivr.steps.kinds import KINDS

MENU = Effect("diverted", "main", "menu", "投诉")
KEYS = Effect("moved key", "main", "menu", "投诉")
PLACES = ("feedback", "complaint")
EFFECTS = (
    MENU, MENU._replace(exit=""), MENU._replace(step="", exit=""), Effect("diverted", "", "", "no_input"),
    Effect("diverted", "", "", "shortcut 9"), Effect("diverted", "", "", "hours agents"),
    Effect("diverted", "", "", "limit turns"), Effect("other record", "", ""),
    MENU._replace(how="other record", lost=("inquiry", "complete complaint"), gained=("callback", "complete feedback")),
    MENU._replace(exit="接受", lost=tuple(f"result {result}" for result in FOLLOW_UP_RESULTS), gained=("note",)),
    KEYS, KEYS._replace(old_key_action="咨询"), KEYS._replace(old_key_action="shortcut 9"),
    MENU._replace(how="no longer offered"), Effect("begins elsewhere", "", "", "+862155500000"),
    Effect("words", "main", "menu"), Effect("words", "", "", "goodbye"), Effect("words", "", "", "prompts.sorry"),
)  # fmt: skip
WHY = (
    compare_calls.RELEASE_GONE, compare_calls.RELEASE_UNREADABLE, compare_calls.TURNS_MISSING, compare_calls.NOT_READ,
    compare_calls.LANGUAGE_GONE, compare_calls.NOT_REPRODUCED,
)  # fmt: skip
ELSEWHERE = {"impact.example.call-gone", "impact.example.none", "impact.example.written", "impact.no-calls",
             "impact.reached.desk", "impact.reached.end", "impact.reached.end-as", "impact.reached.once-more",
             "impact.totals"}  # fmt: skip
"""Said by other tests of this file, or by the command."""


def change(what: What, code: str, flow: str, step: str) -> Change:
    said = Message(code, step=wording.step("menu", step), language="English", words=Message("steps.words.own"))
    return Change(flow=flow, step=step, what=what, changes_behavior=what != "words", sentence=said)


def report() -> Report:
    """All effects, each on one call and on several, and calls without a result for every reason."""
    totals = ImpactTotals()

    def count(impact: CallImpact, call: str) -> None:
        totals.count(impact, call=call, release="r", turns=2, placed=impact.outcome in ("diverted", "same"))

    for n, effect in enumerate(EFFECTS):
        for one in range(n % 2 + 1):
            before, now = (wording.target(f"flow {name}") for name in (PLACES if not one else PLACES[::-1]))
            known = effect.how not in ("begins elsewhere", "moved key")
            diversion = Diversion(effect, before, now) if known else Diversion(effect, "2", "3")
            count(CallImpact("diverted", (diversion,), turn=1), f"call {n} {one}")
    count(CallImpact("diverted", (Diversion(Effect("begins elsewhere", "", ""), "main"),)), "gone")
    count(CallImpact("diverted", (Diversion(MENU._replace(step="now"), "", wording.target("back")),)), "now")
    for outcome in ("same", "words", "moved"):
        count(CallImpact(outcome), outcome)
    for how in HEARD:
        count(CallImpact("same", heard=(HeardOtherwise(how, "card"),)), how)
    for why in WHY:
        count(CallImpact("skipped", why=Message(why)), why)
        count(CallImpact("unreadable", why=Message(why)), why)
    count(CallImpact("unknown", why=Message("impact.why.sensitive-entry")), "unknown")
    edits: Sequence[Change] = (
        change("words", "diff.step.words", "main", "menu"), change("other", "diff.step.gone", "main", "menu"),
        change("time", "diff.step.new", "main", "menu"),
    )  # fmt: skip
    return Report(totals=totals, changes=edits, since="2026-03-02T22:10:00+00:00")


def lines() -> Iterator[Message]:
    found = report()
    yield from (line for line in (*text(found), *summary(found)) if isinstance(line, Message))


def of_kinds() -> Iterator[Message]:
    """A group for every exit of every kind that has words of its own."""
    (group,) = Report(totals=_one_call(), changes=()).totals.groups.values()
    for kind in (fields.kind for fields in KINDS.values()):
        for exit in (*EVERY_KIND, *kind.exit_words):
            yield sentence(MENU._replace(exit=exit), group, 0.5, kind)


def _one_call() -> ImpactTotals:
    totals = ImpactTotals()
    diversion = Diversion(MENU, wording.target("goodbye"), wording.target("return"))
    totals.count(CallImpact("diverted", (diversion,)), call="c", release="r", turns=1)
    return totals


def test_every_sentence_of_impact_is_said() -> None:
    said = {part.code for line in (*lines(), *of_kinds()) for part in parts(line)}
    ours = {code for code in catalogue("en").sentences if code.startswith(("impact.", "steps.callers."))}
    assert ours - said == ELSEWHERE


def test_no_sentence_is_english_in_chinese() -> None:
    shown = [line.in_language("zh-CN") for line in (*lines(), *of_kinds())]
    assert [said for said in shown if re.search(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}", without_quotes(said))] == []


@pytest.mark.parametrize(
    ("code", "values"),
    [("desk", {"name": "agents"}), ("end", {}), ("end-as", {"disposition": "abandoned"}), ("once-more", {"step": "x"})],
)
def test_what_a_call_reaches_is_chinese(code: str, values: dict[str, str]) -> None:
    shown = Message(f"impact.reached.{code}", **values).in_language("zh-CN")
    assert re.search("[\u4e00-\u9fff]", shown)


def test_a_program_finds_the_values_of_a_group() -> None:
    groups = data(report())["groups"]
    assert all(isinstance(group["values"], dict) and group["sentence"] for group in groups)
    (menu,) = [
        group for group in groups if (group["what"], group["exit"], group["step"]) == ("diverted", "投诉", "menu")
    ]
    assert Counter(menu["values"].keys()) == Counter(["n", "share", "who", "now", "before"])


def test_a_kind_without_words_for_an_exit_says_what_was_chosen() -> None:
    kind: Kind = KINDS["menu"].kind
    (group,) = _one_call().groups.values()
    assert 'who chose "投诉" at "menu" of "main"' in sentence(MENU, group, 1.0, kind)
    assert StepKey("main", "menu") == (MENU.flow, MENU.step)
