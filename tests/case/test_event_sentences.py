"""What happened to a case as sentences: one for every kind of event, in both languages, without what is the log's."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from ivr.case.case import By, Case, CaseEvent
from ivr.case.case_fold import fold
from ivr.case.event_sentences import SENTENCES, event_lines
from ivr.case.moves import MOVES, RESULTS, Move, move
from ivr.messages.message import Message

sys.path.append(str(Path(__file__).parents[1]))
from left_in_english import left_in_english  # noqa: E402

AT = datetime(2026, 3, 2, 14, 10, tzinfo=UTC)
DUE = datetime(2026, 3, 17, 15, 59, 59, tzinfo=UTC)
CALLER, SYSTEM = By("caller", "caller"), By("system", "system")
LI, WANG = By("li", "agent"), By("wang", "lead")
OPENING = {
    "kind": "complaint", "clock": "cn-2020", "opened_at": AT.isoformat(), "customer": "+862155500123",
    "due_at": DUE.isoformat(), "due": "2026-03-17", "simulated": "no", "start": "2026-03-02T22:10+08:00",
    "count": "15 days", "warn_at": "2026-03-12T01:00:00+00:00",
}  # fmt: skip
LATER = {
    "clock": "cn-2020+30", "due": "2026-04-01", "due_at": (DUE + timedelta(days=15)).isoformat(), "count": "30 days",
    "start": "2026-03-02T22:10+08:00", "warn_at": "2026-03-27T01:00:00+00:00",
}  # fmt: skip
VOICE = "RE" + "0a" * 16
HAPPENED: list[tuple[str, str, By, Mapping[str, str], str, str]] = [
    ("opened", "", CALLER, OPENING, "the complaint came in, due 2026-03-17 (cn-2020)",
     "登记投诉，期限 2026-03-17（cn-2020）"),
    ("noted", "open", CALLER, {"product": "card", "story": VOICE}, "the caller gave product card, a voice message",
     "来电人提供：业务 card、语音留言"),
    ("noted", "open", LI, {"text": "asked the\nbranch"}, "li (agent) added a note: asked the branch",
     "li（坐席）添加备注：asked the branch"),
    ("completed", "open", CALLER, {"phone": "+862155500124"},
     "the caller said all that was asked: phone +862155500124", "来电人已说明全部内容：所留电话 +862155500124"),
    ("answered", "open", CALLER, {}, "the caller was answered on the phone", "来电人在电话中得到答复"),
    ("unanswered", "open", CALLER, {}, "the caller was not answered on the phone", "来电人在电话中没有得到答复"),
    ("assigned", "open", WANG, {"owner": "zhao"}, "wang (lead) assigned the case to zhao",
     "wang（主管）把案件分派给 zhao"),
    ("assigned", "open", WANG, {"team": "cards"}, "wang (lead) assigned the case to team cards",
     "wang（主管）把案件分派给 cards 组"),
    ("assigned", "open", WANG, {"owner": "zhao", "team": "cards"},
     "wang (lead) assigned the case to zhao of team cards",
     "wang（主管）把案件分派给 cards 组的 zhao"),
    ("taken", "open", LI, {}, "li (agent) took the case", "li（坐席）接手案件"),
    ("conflicted", "in_progress", LI, {"person": "li", "reason": "a cousin"},
     "li (agent) declared a conflict of interest and gave the case up: a cousin",
     "li（坐席）声明与本案有利害关系，不再经办：a cousin"),
    ("conflicted", "in_progress", WANG, {"person": "li", "reason": "a cousin"},
     "wang (lead) declared a conflict of interest of li and took the case from them: a cousin",
     "wang（主管）登记 li 与本案有利害关系，li 不再经办：a cousin"),
    ("conflicted", "in_progress", WANG, {"person": "wang", "reason": "a cousin"},
     "wang (lead) declared a conflict of interest: a cousin", "wang（主管）声明与本案有利害关系：a cousin"),
    ("conflicted", "in_progress", WANG, {"person": "zhao", "reason": "a cousin"},
     "wang (lead) declared a conflict of interest of zhao: a cousin",
     "wang（主管）登记 zhao 与本案有利害关系：a cousin"),
    ("decided", "in_progress", LI, {"outcome": "partly", "reasons": "Posted twice.", "answer": "We give it back."},
     'li (agent) decided the case: partly upheld. Reasons: "Posted twice." Answer: "We give it back."',
     "li（坐席）作出处理决定：部分成立。理由：“Posted twice.”；答复：“We give it back.”"),
    ("told", "decided", LI, {"how": "mail"}, "li (agent) told the customer the decision by e-mail",
     "li（坐席）已将决定告知客户（电子邮件）"),
    ("attempted", "follow_up_due", SYSTEM, {"result": "accepted"}, "the customer was phoned and accepted the decision",
     "致电客户，客户认可处理决定"),
    ("attempted", "follow_up_due", SYSTEM, {"result": "not_accepted"},
     "the customer was phoned and did not accept the decision; the case is open again, due 2026-04-01",
     "致电客户，客户不认可处理决定；案件重新办理，期限 2026-04-01"),
    ("unreached", "follow_up_due", WANG, {"reason": "no answer"},
     "wang (lead) closed the case without the customer's word: no answer",
     "wang（主管）未经客户确认办结案件：no answer"),
    ("unreached", "follow_up_due", SYSTEM, {}, "the system closed the case without the customer's word",
     "系统未经客户确认办结案件"),
    ("contact", "open", LI, {"phone": "+862155500124"}, "li (agent) changed the contact number to +862155500124",
     "li（坐席）更正电话：+862155500124"),
    ("withdrawn", "open", LI, {"reason": "settled"}, "li (agent) recorded that the customer withdrew the case: settled",
     "li（坐席）登记客户撤回案件：settled"),
    ("withdrawn", "open", CALLER, {"reason": "settled"}, "the caller withdrew the case: settled",
     "来电人撤回案件：settled"),
    ("reopened", "closed", WANG, {"reason": "not content"},
     "wang (lead) reopened the case, due 2026-04-01: not content",
     "wang（主管）重新办理案件，期限 2026-04-01：not content"),
    ("extended", "open", WANG,
     {"to": "cn-2020+30", "approver": "chen", "reason": "a second bank", "told_at": "2026-03-02"},
     "wang (lead) extended the deadline to 2026-04-01 (cn-2020+30), approved by chen, the customer told on 2026-03-02:"
     " a second bank",
     "wang（主管）把期限延长到 2026-04-01（cn-2020+30），批准人 chen，已于 2026-03-02 告知客户：a second bank"),
    ("paused", "in_progress", LI, {"reason": "papers wanted"}, "li (agent) paused the clock: papers wanted",
     "li（坐席）暂停时限：papers wanted"),
    ("resumed", "in_progress", SYSTEM, {}, "the system resumed the clock, due 2026-04-01",
     "系统恢复时限，期限 2026-04-01"),
    ("watched", "open", SYSTEM, {}, "the system watches the deadline from now on", "系统开始跟踪期限"),
    ("warned", "open", SYSTEM, {"due": "2026-03-17"}, "the system warned that the case is due on 2026-03-17",
     "系统提醒：案件 2026-03-17 到期"),
    ("escalated", "open", WANG, {"reason": "the press"}, "wang (lead) escalated the case to priority high: the press",
     "wang（主管）把案件升级为较急：the press"),
    ("escalated", "open", SYSTEM, {"reason": "due 2026-03-17"},
     "the system escalated the case to priority high, since nobody was told by 2026-03-17",
     "系统把案件升级为较急，因为到 2026-03-17 仍未答复客户"),
    ("prioritized", "open", LI, {"priority": "urgent", "reason": "elderly"},
     "li (agent) set the priority to urgent: elderly", "li（坐席）把优先级改为紧急：elderly"),
    ("coded", "open", LI, {"channel": "app", "reason": "fees"}, "li (agent) coded the case: channel app, reason fees",
     "li（坐席）给案件编码：渠道 app、原因 fees"),
    ("represented", "open", LI, {"as": "heir", "names": "Wang Wu"},
     "li (agent) recorded that an heir speaks for the customer: Wang Wu", "li（坐席）登记由继承人代表客户：Wang Wu"),
    ("linked", "open", LI, {"case": "648808661", "reason": "same matter"},
     "li (agent) linked the case to 648808661: same matter", "li（坐席）关联案件 648808661：same matter"),
    ("triaged", "open", SYSTEM, {"urgency": "high", "risk": "40", "marks": "court: sue"},
     "the first analysis proposed urgency high, risk 40, because of court: sue",
     "初步分析建议：紧急程度 较急、风险 40、依据 court: sue"),
    ("triaged", "open", SYSTEM, {}, "the first analysis proposed nothing any more", "初步分析不再有建议"),
]  # fmt: skip
IDS = [f"{n}-{kind}" for n, (kind, *_) in enumerate(HAPPENED)]
ANEW = ("extended", "reopened", "resumed")


def begun(status: str, *, kind: str = "") -> tuple[Case, CaseEvent]:
    event = move(None, Move("opened", OPENING, "CA1", 2, "zh-CN"), CALLER, AT)
    assert isinstance(event, CaseEvent)
    paused = msgspec.structs.replace(fold(None, event).life, paused_at=AT if kind == "resumed" else None)
    clock = "16h agents pauses" if kind == "paused" else "cn-2020"
    owner = "li" if status == "in_progress" else None
    return msgspec.structs.replace(fold(None, event), status=status, life=paused, clock=clock, owner=owner), event


def reported(event: CaseEvent, *, erased: bool = False) -> dict[str, object]:
    """An event as in a report."""
    data = {**event.facts, **({} if erased else event.personal or {})}
    data |= {name: data[name].replace("15:59:59+00:00", "23:59:59+08:00") for name in ("due_at",) if name in data}
    return {"at": event.at.isoformat(), "kind": event.kind, "by": event.by.name, "role": event.by.role, "data": data}


def made(kind: str, status: str, by: By, given: Mapping[str, str]) -> list[CaseEvent]:
    case, first = begun(status or "open", kind=kind)
    if kind == "opened":
        return [first]
    deadline = LATER if kind in ANEW or given.get("result") == "not_accepted" else {}
    wanted = Move(kind, given, "CA1" if by == CALLER else None, deadline=deadline, rung="cn-2020+30")
    event = move(case, wanted, by, AT)
    assert isinstance(event, CaseEvent), str(event)
    return [first, event]


@pytest.mark.parametrize(("kind", "status", "by", "given", "english", "chinese"), HAPPENED, ids=IDS)
def test_every_event_is_a_sentence_in_every_language(
    kind: str, status: str, by: By, given: Mapping[str, str], english: str, chinese: str
) -> None:
    *_, line = event_lines([reported(event) for event in made(kind, status, by, given)])

    assert line == f"2026-03-02 14:10  {english}"
    assert line.in_language("zh-CN") == f"2026-03-02 14:10  {chinese}"


def test_no_kind_of_event_is_forgotten() -> None:
    assert set(SENTENCES) == set(MOVES) == {kind for kind, *_ in HAPPENED}
    for result in RESULTS:
        (_, line) = event_lines([reported(e) for e in made("attempted", "follow_up_due", SYSTEM, {"result": result})])
        assert isinstance(line.values["what"], Message) and "system" not in line
        assert not left_in_english([line.in_language("zh-CN")])


@pytest.mark.parametrize(("kind", "status", "by", "given", "english", "chinese"), HAPPENED, ids=IDS)
def test_an_erased_event_still_says_what_happened(
    kind: str, status: str, by: By, given: Mapping[str, str], english: str, chinese: str
) -> None:
    *_, line = event_lines([reported(event, erased=True) for event in made(kind, status, by, given)])

    assert not line.endswith((":", ": ")) and len(line) > len("2026-03-02 14:10  ")
    assert not left_in_english([line.in_language("zh-CN")])


def test_what_the_caller_had_given_before_is_not_told_again() -> None:
    case, first = begun("open")
    given = {"product": "card", "story": VOICE}
    events = [first]
    for kind, fields in (("noted", {"product": "card"}), ("noted", {}), ("completed", given)):
        event = move(case, Move(kind, fields, "CA1", 3), CALLER, AT)
        assert isinstance(event, CaseEvent)
        events.append(event)

    said = [line.removeprefix("2026-03-02 14:10  ") for line in event_lines(map(reported, events))]

    assert said[1:] == [
        "the caller gave product card", "the caller went on with the call",
        "the caller said all that was asked: a voice message",
    ]  # fmt: skip


def test_a_deadline_that_an_event_brings_forward_is_told_with_it() -> None:
    _, first = begun("open")
    sooner = {"at": AT.isoformat(), "kind": "noted", "by": "caller", "role": "caller",
              "data": {"priority": "urgent", "due": "2026-03-03", "due_at": "2026-03-03T00:10:00+08:00"}}  # fmt: skip

    *_, line = event_lines([reported(first), sooner])

    assert line == "2026-03-02 14:10  the caller gave priority urgent; it is due on 2026-03-03 00:10 now"
    assert line.in_language("zh-CN").endswith("来电人提供：优先级 紧急；期限改为 2026-03-03 00:10")


def test_extensions_of_old_and_events_of_later_versions_are_told_as_far_as_they_go() -> None:
    old = {"at": AT.isoformat(), "kind": "extended", "by": "wang", "role": "lead",
           "data": {"approver": "chen", "due": "2026-04-01", "to": "cn-2020+30", "reason": "slow"}}  # fmt: skip
    later = {"at": AT.isoformat(), "kind": "erased", "by": "wang", "role": "lead", "data": {}}

    lines = list(event_lines([old, later]))

    assert lines[0].endswith("wang (lead) extended the deadline to 2026-04-01 (cn-2020+30), approved by chen: slow")
    assert lines[1].endswith("wang (lead): erased") and lines[1].in_language("zh-CN").endswith("wang（主管）：erased")
