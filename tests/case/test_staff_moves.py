"""What staff and the system may do to a case, from where, what it needs, and what is said of the rest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given as given_that
from hypothesis import settings
from hypothesis import strategies as st

from ivr.call.case_kinds import CASE_KINDS
from ivr.case.case import FINAL, LIVING, STATUSES, UNDECIDED, By, Case, CaseEvent, Life
from ivr.case.case_clock import clock_state
from ivr.case.case_fields import PRIORITIES
from ivr.case.case_fold import fold, folded
from ivr.case.clock import next_rung
from ivr.case.moves import MOVES, OUTCOMES, RESULTS, STAFF_MOVES, TOLD_BY, Move, move
from ivr.case.refused import Refused

AT = datetime(2026, 3, 2, 14, 10, tzinfo=UTC)
DUE = datetime(2026, 3, 17, 15, 59, 59, tzinfo=UTC)
CALLER, SYSTEM = By("caller", "caller"), By("system", "system")
LI, ZHAO, WANG, SUN = By("li", "agent"), By("zhao", "agent", ("cards",)), By("wang", "lead"), By("sun", "quality")
OPENING = {"kind": "complaint", "clock": "cn-2020", "opened_at": AT.isoformat(), "customer": "+862155500123",
           "due_at": DUE.isoformat(), "due": "2026-03-17", "simulated": "no"}  # fmt: skip
LATER = {"clock": "cn-2020+30", "due": "2026-04-01", "due_at": (DUE + timedelta(days=15)).isoformat()}
ANEW = {"clock": "cn-2020", "due": "2026-04-14", "due_at": (DUE + timedelta(days=28)).isoformat()}
GOOD = {
    "noted": {"text": "asked the branch"}, "assigned": {"owner": "zhao"}, "taken": {},
    "conflicted": {"person": "li", "reason": "a cousin"},
    "decided": {"outcome": "upheld", "reasons": "posted twice", "answer": "We give it back."},
    "told": {"how": "letter"},
    "attempted": {"result": "accepted"}, "unreached": {}, "contact": {"phone": "+862155500124"},
    "withdrawn": {"reason": "settled"}, "reopened": {"reason": "not content"},
    "extended": {"to": "cn-2020+30", "approver": "chen", "reason": "a second bank", "told_at": "2026-03-02"},
    "paused": {"reason": "papers wanted"}, "resumed": {}, "warned": {"due": "2026-03-17"}, "watched": {},
    "escalated": {"reason": "the press"}, "prioritized": {"priority": "high", "reason": "elderly"},
    "coded": {"channel": "phone"}, "represented": {"as": "proxy", "names": "Wang"},
    "linked": {"case": "648808661", "reason": "same matter"}, "triaged": {"risk": "55"},
}  # fmt: skip


def wish(kind: str, given: dict[str, str] | None = None, case: Case | None = None) -> Move:
    """A move as the hotline hands it over: with the deadline it would set and the extension that may follow."""
    deadline = {"extended": LATER, "reopened": ANEW, "attempted": ANEW}.get(kind, {})
    rung = next_rung(case.clock) if case else None
    return Move(kind, GOOD.get(kind, {}) if given is None else given, deadline=deadline, rung=rung, follow_up=True)


def done(case: Case | None, kind: str, by: By = LI, at: datetime = AT, **given: str) -> Case:
    event = move(case, wish(kind, given or None, case), by, at)
    assert isinstance(event, CaseEvent), str(event)
    return fold(case, event)


def opened(**more: str) -> Case:
    event = move(None, Move("opened", {**OPENING, **more}, "CA1", 2, "zh-CN"), CALLER, AT)
    assert isinstance(event, CaseEvent)
    return fold(None, event)


def why(case: Case | None, kind: str, by: By = LI, /, **given: str) -> Refused:
    found = move(case, wish(kind, given or None, case), by, AT)
    assert isinstance(found, Refused)
    return found


OPEN = opened()
TAKEN = done(OPEN, "taken")
DECIDED = done(TAKEN, "decided")
TOLD = done(DECIDED, "told")
IN = {
    "open": OPEN, "acknowledged": done(OPEN, "assigned", WANG, owner="li"), "in_progress": TAKEN, "decided": DECIDED,
    "follow_up_due": TOLD, "closed": done(TOLD, "attempted", SYSTEM, result="accepted"),
    "closed_unconfirmed": done(TOLD, "unreached", WANG), "withdrawn": done(TAKEN, "withdrawn"),
}  # fmt: skip
LEADS = {
    "noted": dict(zip(STATUSES, STATUSES, strict=True)),
    "assigned": {"open": "acknowledged", "acknowledged": "acknowledged", "in_progress": "in_progress"},
    "taken": dict.fromkeys(UNDECIDED, "in_progress"),
    "conflicted": {"open": "open", **dict.fromkeys(LIVING[1:], "acknowledged")},
    "decided": {"in_progress": "decided"},
    "told": {"decided": "follow_up_due"},
    "attempted": {
        **{status: status for status in STATUSES[1:]},
        "follow_up_due": "closed",
        "closed_unconfirmed": "closed",
    },
    "unreached": {"follow_up_due": "closed_unconfirmed"},
    "contact": dict(zip(LIVING, LIVING, strict=True)),
    "withdrawn": dict.fromkeys(LIVING, "withdrawn"),
    "reopened": dict.fromkeys(FINAL, "in_progress"),
    "extended": {status: status for status in UNDECIDED},
    "escalated": {status: status for status in UNDECIDED},
    "watched": {status: status for status in (*UNDECIDED, "decided")},
    "warned": {status: status for status in (*UNDECIDED, "decided")},
    "prioritized": dict(zip(LIVING, LIVING, strict=True)),
    "represented": dict(zip(LIVING, LIVING, strict=True)),
    "coded": dict(zip(STATUSES, STATUSES, strict=True)),
    "linked": dict(zip(STATUSES, STATUSES, strict=True)),
    "triaged": dict(zip(LIVING, LIVING, strict=True)),
}
"""Written down once more, so that a row of the table that is changed by mistake is noticed. `paused` and `resumed`
have tests of their own."""


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("kind", LEADS)
def test_each_move_leads_where_the_table_says_and_nowhere_else(kind: str, status: str) -> None:
    row = MOVES[kind]
    by = SYSTEM if "system" in row.roles and "lead" not in row.roles else WANG
    event = move(IN[status], wish(kind, case=IN[status]), by, AT)

    if status not in LEADS[kind]:
        assert isinstance(event, Refused) and str(event).endswith(".")
    else:
        assert isinstance(event, CaseEvent), str(event)
        assert fold(IN[status], event).status == LEADS[kind][status]


def test_every_status_can_be_reached() -> None:
    assert {status: case.status for status, case in IN.items()} == {status: status for status in STATUSES}
    assert sorted(LEADS) == sorted({*MOVES} - {"opened", "completed", "answered", "unanswered", "paused", "resumed"})


@pytest.mark.parametrize("kind", STAFF_MOVES)
@pytest.mark.parametrize("role", ["auditor", "ops", "tester", "admin", "nobody"])
def test_who_only_looks_moves_nothing(kind: str, role: str) -> None:
    for case in IN.values():
        found = move(case, Move(kind, GOOD[kind]), By("anna", role), AT)
        assert isinstance(found, Refused) and found.code == "other-role"


def test_a_case_that_somebody_has_is_decided_and_told_by_them_or_a_lead() -> None:
    assert why(TAKEN, "taken", ZHAO).code == why(TAKEN, "decided", ZHAO).code == "has-owner"
    assert why(DECIDED, "told", ZHAO).code == "has-owner"
    assert done(TAKEN, "taken", WANG).owner == "wang"
    assert done(done(TAKEN, "decided", WANG), "told", WANG).status == "follow_up_due"


def test_only_an_open_case_becomes_acknowledged_by_being_assigned() -> None:
    moved = done(TAKEN, "assigned", WANG, owner="zhao")
    assert (moved.status, moved.owner) == ("in_progress", "zhao")
    assert why(OPEN, "assigned", LI, owner="zhao").code == "other-role"
    assert why(OPEN, "assigned", WANG, owner=" ").code == "nobody"


def test_a_case_of_a_team_is_taken_by_its_people() -> None:
    cards = done(OPEN, "assigned", WANG, team="cards")
    assert (cards.status, cards.owner, cards.team) == ("acknowledged", None, "cards")
    assert why(cards, "taken", LI).code == "other-team"
    assert done(cards, "taken", ZHAO).owner == "zhao"
    assert done(done(cards, "taken", ZHAO), "assigned", WANG, owner="li").team == "cards"


def test_whoever_declares_a_conflict_of_interest_no_longer_handles_the_case() -> None:
    left = done(TAKEN, "conflicted", LI, person="li", reason="a cousin")
    assert (left.status, left.owner, left.life.conflicts) == ("acknowledged", None, ("li",))
    assert why(left, "taken", LI).code == "conflict"
    assert why(left, "assigned", WANG, owner="li").code == "conflict"
    assert why(left, "conflicted", LI).code == "conflict-known"
    other = done(TAKEN, "conflicted", WANG, person="zhao", reason="a cousin")
    assert (other.status, other.owner) == ("in_progress", "li")
    lead = done(OPEN, "conflicted", WANG, person="wang", reason="a cousin")
    assert why(lead, "taken", WANG).code == "conflict"
    assert why(left, "extended", WANG, **{**GOOD["extended"], "approver": "li"}).code == "conflict"


@pytest.mark.parametrize("kind", STAFF_MOVES)
def test_a_person_with_an_interest_has_no_hand_in_the_case(kind: str) -> None:
    row = MOVES[kind]
    by = WANG if "lead" in row.roles else LI
    for status in row.leads:
        case = msgspec.structs.replace(IN[status], life=Life(conflicts=(by.name,)))
        if kind not in ("noted", "conflicted"):
            assert why(case, kind, by).code == "conflict"


def test_a_decision_does_not_stop_the_clock_and_telling_it_does() -> None:
    assert DECIDED.life.told_at is None and DECIDED.life.decision == "upheld"
    assert TOLD.life.told_at == AT and TOLD.due_at == DUE


def test_a_kind_of_case_whose_customers_are_not_phoned_is_closed_once_told() -> None:
    event = move(DECIDED, Move("told", GOOD["told"]), LI, AT)
    assert isinstance(event, CaseEvent)
    assert fold(DECIDED, event).status == "closed"


@pytest.mark.parametrize("status", ["follow_up_due", "closed_unconfirmed"])
@pytest.mark.parametrize("result", RESULTS)
def test_a_call_to_the_customer_counts_by_their_word_alone(result: str, status: str) -> None:
    after = {"accepted": "closed", "not_accepted": "in_progress", "opted_out": "closed_unconfirmed"}
    assert done(IN[status], "attempted", SYSTEM, result=result).status == after.get(result, status)


def test_a_no_of_the_customer_begins_a_new_clock_and_the_lateness_of_the_first_stays() -> None:
    late = done(done(TAKEN, "decided", at=DUE), "told", at=DUE + timedelta(days=1))
    again = done(late, "attempted", SYSTEM, DUE + timedelta(days=2), result="not_accepted")
    life = again.life
    assert (again.status, again.due, again.promised, again.owner) == ("in_progress", "2026-04-14", "2026-04-14", "li")
    assert (life.reopened, life.late, life.ladder_at) == (1, 1, DUE + timedelta(days=2))
    assert (life.told_at, life.decision, life.attempts) == (None, None, 1)


def test_a_wrong_number_stops_the_calls_until_somebody_puts_it_right() -> None:
    wrong = done(TOLD, "attempted", SYSTEM, result="wrong_person")
    assert wrong.status == "follow_up_due" and wrong.life.stopped
    right = done(wrong, "contact", LI, phone="+862155500125")
    assert not right.life.stopped and (right.personal or {})["phone"] == "+862155500125"


def test_reopening_by_a_lead_promises_nothing_the_customer_was_not_told() -> None:
    again = done(IN["withdrawn"], "reopened", WANG)
    assert (again.status, again.due, again.promised, again.ended_at) == ("in_progress", "2026-04-14", None, None)


def test_an_extension_is_told_and_the_decision_is_not() -> None:
    longer = done(OPEN, "extended", WANG)
    assert longer.life.told_at is None and clock_state(longer, AT) == "running"
    assert clock_state(longer, DUE + timedelta(days=16)) == "missed"


def test_an_extension_is_the_next_rung_approved_by_somebody_else_and_told() -> None:
    good = GOOD["extended"]
    assert why(OPEN, "extended", WANG, **{**good, "to": "cn-2020+60"}).code == "other-rung"
    for case, approver in ((OPEN, "wang"), (TAKEN, "li")):
        assert why(case, "extended", WANG, **{**good, "approver": approver}).code == "own-approval"
    assert why(opened(clock="three-workdays"), "extended", WANG).code == "no-extension"
    for told_at, code in (("soon", "not-a-time"), ("2026-02-01", "told-when"), ("2026-09-01", "told-when"),
                          ("2026-03-02T10:00", "not-a-time"), ("9999-12-31T23:59:59-23:00", "not-a-time")):  # fmt: skip
        assert why(OPEN, "extended", WANG, **{**good, "told_at": told_at}).code == code
    assert why(OPEN, "extended", LI).code == "other-role"


def test_a_clock_that_may_pause_stands_still_and_goes_on() -> None:
    case = done(opened(clock="16h agents pauses"), "taken")
    still = done(case, "paused")
    assert still.life.paused_at == AT and still.due_at == DUE
    assert why(still, "paused").code == "paused-already" and why(still, "decided").code == "paused-now"
    later = {"clock": "16h agents pauses", "due": "2026-03-18", "due_at": (DUE + timedelta(days=1)).isoformat()}
    event = move(still, Move("resumed", deadline=later), LI, AT + timedelta(days=1))
    assert isinstance(event, CaseEvent)
    on = fold(still, event)
    assert (on.life.paused_at, on.life.pauses) == (None, ((AT, AT + timedelta(days=1)),))
    assert (on.due, on.promised) == ("2026-03-18", "2026-03-17"), "nobody was told of it"
    assert why(on, "resumed").code == "not-paused" and why(TAKEN, "paused").code == "never-pauses"


def test_escalating_raises_the_priority_to_the_top_and_no_further() -> None:
    case = OPEN
    for wanted in ("high", "urgent", "urgent"):
        case = done(case, "escalated", WANG)
        assert case.facts["priority"] == wanted
    assert case.life.escalated == 3
    assert done(case, "prioritized", LI).facts["priority"] == "high"


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        ("decided", {**GOOD["decided"], "outcome": "maybe"}, "not-one-of"),
        ("decided", {**GOOD["decided"], "answer": "x" * 121}, "too-long"),
        ("decided", {"outcome": "upheld", "reasons": "  ", "answer": "ok"}, "missing"),
        ("decided", {**GOOD["decided"], "amount": "12"}, "unknown-field"),
        ("noted", {"text": "x" * 100_000}, "too-long"),
        ("noted", {"text": "bell \x07"}, "control-character"),
        ("noted", {"text": "turned \u202e round"}, "control-character"),
        ("noted", {"text": "half a \ud800 character"}, "control-character"),
        ("coded", {"channel": "phone\nweb"}, "one-line"),
        ("coded", {"channel": " "}, "no-code"),
        ("contact", {"phone": "02155500124"}, "not-a-number"),
        ("contact", {"phone": "=1+1"}, "not-a-number"),
        ("represented", {"as": "group", "names": "a;b;c;d;e;f"}, "too-many-people"),
        ("represented", {"as": "proxy", "names": "a;b"}, "too-many-people"),
        ("linked", {"case": "123456789", "reason": "same"}, "not-a-case"),
        ("prioritized", {"priority": "low", "reason": "quiet"}, "not-one-of"),
        ("taken", {"owner": "me"}, "takes-nothing"),
    ],
)  # fmt: skip
def test_what_a_move_says_is_judged_before_it_is_kept(kind: str, given: dict[str, str], code: str) -> None:
    assert why(TAKEN, kind, **given).code == code


def test_what_may_be_written_is_kept_as_it_is() -> None:
    text = "<b>=1+1</b> two\nlines, a\ttab, 漢字 and 👩‍💻"
    event = move(TAKEN, Move("noted", {"text": f"  {text} "}), SUN, AT)
    assert isinstance(event, CaseEvent) and event.personal == {"text": text} and event.facts == {}


def test_every_refusal_is_a_sentence_in_both_languages() -> None:
    for case, kind, by in ((OPEN, "told", LI), (IN["closed"], "decided", LI), (OPEN, "extended", LI),
                           (OPEN, "reopened", WANG), (DECIDED, "decided", LI), (OPEN, "lost", LI)):  # fmt: skip
        found = why(case, kind, by)
        assert str(found).endswith(".") and found.why.in_language("zh-CN").endswith("。"), found
    assert str(why(OPEN, "told")) == "there is no decision to tell. Decide the case first."
    assert str(why(IN["closed"], "taken")) == "the case is closed since 2026-03-02. Reopen it first."


TEXT = st.sampled_from(["", "ok", "li", "zhao", "wang", "chen", "cn-2020+30", "cn-2020+60", "2026-03-02", "urgent",
                        "648808661", "+862155500124", "group", "x" * 200, *OUTCOMES, *TOLD_BY, *RESULTS])  # fmt: skip
NAMES = sorted({name for row in MOVES.values() for name in row.fields or {}})
BYS = st.sampled_from([CALLER, SYSTEM, LI, ZHAO, WANG, SUN, By("anna", "auditor")])
ANY = st.tuples(st.sampled_from([*MOVES]), st.dictionaries(st.sampled_from(NAMES), TEXT, max_size=4))
LIKELY = st.sampled_from([*GOOD]).map(lambda kind: (kind, GOOD[kind]))
RESULT = st.sampled_from(RESULTS).map(lambda result: ("attempted", {"result": result}))


@settings(max_examples=500, derandomize=True, deadline=None)
@given_that(
    st.sampled_from(CASE_KINDS),
    st.sampled_from(["cn-2020", "16h agents pauses"]),
    st.lists(st.tuples(st.one_of(LIKELY, RESULT, ANY), BYS), max_size=15),
)
def test_any_moves_by_anybody_in_any_order_fold_to_the_row(
    kind: str, clock: str, steps: list[tuple[tuple[str, dict[str, str]], By]]
) -> None:
    first = move(None, Move("opened", {**OPENING, "kind": kind, "clock": clock}, "CA1", 2, "zh-CN"), CALLER, AT)
    assert isinstance(first, CaseEvent)
    log, case = [first], fold(None, first)
    for n, ((what, given), by) in enumerate(steps, 1):
        before = case
        event = move(case, wish(what, given, case), by, AT + timedelta(minutes=n))
        if isinstance(event, Refused):
            assert str(event).endswith(".") and "{" not in str(event) and event.why.in_language("zh-CN").endswith("。")
            continue
        log.append(event)
        case = fold(case, event)
        row = MOVES[what]
        assert by.role in row.roles and before.status in row.leads
        assert case.status == before.status or case.status in {*row.leads.values(), "in_progress", *FINAL}
        assert before.status not in FINAL or case.status in FINAL or what in ("reopened", "attempted", "unanswered")
        assert case.owner not in case.life.conflicts
        assert (case.life.paused_at is None) or case.status not in ("decided", "follow_up_due")
        assert before.partial or not case.partial
    assert folded(log) == case and case.version == len(log)
    assert (case.ended_at is not None) == (case.status in FINAL)
    erased = folded([event._replace(personal=None) for event in log])
    assert erased == msgspec.structs.replace(case, customer="", personal=None)
    assert case.facts.get("priority", "normal") in {*PRIORITIES, *(g.get("priority", "normal") for (_, g), _ in steps)}
