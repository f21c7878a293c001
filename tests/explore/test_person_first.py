"""Nothing of a case is said before its customer is on the line, and nothing at all to a machine."""

from __future__ import annotations

import pytest
from placed import ABOUT_A_CASE, OURS, placed_proof, placing, result_named
from small import small_files
from tiny import SINCE, moves

from ivr.call.facts import ANSWERED_BY
from ivr.explore.prove import prove
from ivr.explore.state_walk import Scope
from ivr.lint.findings import findings_of

PERSON, MACHINE = "the person first", "nothing to a machine"


def test_a_flow_that_asks_who_it_speaks_to_first_keeps_both_promises() -> None:
    proof = placed_proof(ABOUT_A_CASE)

    assert result_named(PERSON, proof).holds
    assert result_named(PERSON, proof).evidence == "the case is spoken of on 16 turns, the customer known on 8"
    assert result_named(MACHINE, proof).evidence.startswith("a machine on ")
    assert not result_named(MACHINE, proof).evidence.startswith("a machine on 0")


def test_whole_and_single_proof_promise_the_same() -> None:
    flow = ABOUT_A_CASE.replace("好，请问可以说话吗？", "{case.number:digits}")

    whole = prove(placing(flow), Scope(since=SINCE), calls=50)

    for name in (PERSON, MACHINE):
        one, other = result_named(name, placed_proof(flow)), result_named(name, whole)
        assert (one.holds, str(one.why)) == (other.holds, str(other.why))
    assert not result_named(PERSON, whole).holds


@pytest.mark.parametrize(
    ("was", "now", "shortest"),
    [
        ("您好，请问可以说话吗？", "您的编号{case.number:digits}，请问可以说话吗？", []),
        ("no_input: {tries: 2, next: later}", "no_input: {tries: 2, next: accept}", ["silence", "silence"]),
        ("wrong number}, next: wrong}", "wrong number}, next: accept}", ["打错了"]),
        ("1: {label: {zh-CN: 可以, en-US: yes}, next: accept}", "1: {label: {zh-CN: 可以, en-US: yes}, next: later}\n"
         "      5: {label: {zh-CN: 好, en-US: fine}, next: accept}", ["好"]),
        ("wrong: {follow_up: wrong_person, next: goodbye}", "wrong: {follow_up: wrong_person, next: sorry}\n"
         "  sorry: {hangup: {zh-CN: '编号{case.number:digits}，打扰了。', en-US: 'Sorry about {case.number:digits}.'}}",
         ["打错了"]),
        ("later: {follow_up: later, next: goodbye}", "later: {follow_up: later, next: keep}\n"
         "  keep: {set: {number: {case.number}}, next: bye}\n"
         "  bye: {hangup: {zh-CN: '{number:digits}，再见。', en-US: 'Goodbye, {number:digits}.'}}", ["改日"]),
    ],
)  # fmt: skip
def test_what_is_said_of_the_case_to_anybody_else_is_found(was: str, now: str, shortest: list[str]) -> None:
    result = result_named(PERSON, placed_proof(ABOUT_A_CASE.replace(was, now)))

    assert result.why == "something of the case is said here, before the customer is known by ours.hello 1."
    assert moves(result) == shortest


def test_their_name_may_be_said_to_find_out_who_it_is() -> None:
    asks = ABOUT_A_CASE.replace("您好，请问可以说话吗？", "您是{case.caller_name}吗？")

    assert result_named(PERSON, placed_proof(asks)).holds


TWO_QUESTIONS = ABOUT_A_CASE.replace(
    "steps:\n",
    """steps:
  talk:
    menu: {zh-CN: '现在方便吗？', en-US: Is this a good time?}
    choices:
      1: {label: {zh-CN: 方便, en-US: yes}, next: hello}
      2: {label: {zh-CN: 改日, en-US: another day}, next: later}
    no_input: {tries: 2, next: later}
    no_match: {tries: 2, next: later}
""",
)


def test_which_question_tells_who_it_is_can_be_written() -> None:
    leaked = TWO_QUESTIONS.replace("您好，请问可以说话吗？", "编号{case.number:digits}，是您吗？")

    assert result_named(PERSON, placed_proof(leaked)).holds  # by the first question, which asks something else
    written = result_named(PERSON, placed_proof(leaked, extra="    person: [ours.hello 1]\n"))
    assert written.why == "something of the case is said here, before the customer is known by ours.hello 1."
    assert moves(written) == ["方便"]


def test_a_flow_that_asks_nothing_first_is_told_what_to_do() -> None:
    record = ABOUT_A_CASE.replace(
        "steps:\n",
        "steps:\n  say: {record: {zh-CN: 请讲。, en-US: Speak.}, save: story, no_input: accept, no_match: accept, "
        "next: accept}\n",
    )

    assert "no question asks whether the customer is on the line" in result_named(PERSON, placed_proof(record)).why


def test_a_call_about_no_case_may_speak_of_the_one_it_opens() -> None:
    proof = placed_proof(OURS.replace("您接受吗", "{case.number}，您接受吗"))

    assert PERSON not in {result.name for result in proof.results}
    assert "a no reopens" not in {result.name for result in proof.results}


@pytest.mark.parametrize(
    ("person", "said"),
    [
        ("case complaint", '"case complaint" cannot tell that the customer is on the line: write FLOW.STEP KEY'),
        ("main.menu 7", '"menu" has no choice on key 7.'),
        ("main.mneu 1", 'flow "main" has no step "mneu".'),
    ],
)
def test_what_cannot_tell_who_it_is_is_a_finding(person: str, said: str) -> None:
    outgoing = (
        'outgoing: {main: {name: {zh-CN: 示例银行。, en-US: Illustrative Bank.}, from: "+862155500000", '
        f"person: [{person}]}}}}\n"
    )

    found = findings_of(small_files(keys=outgoing))

    assert [finding for finding in found if said in finding.message and finding.file == "hotline.yaml"], found


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        ("  later: {branch: [{when: {call.answered_by: machine}, next: tape}, {next: day}]}\n"
         "  tape: {hangup: {zh-CN: 请回电。, en-US: Please call us.}}\n  day: {follow_up: later, next: goodbye}\n",
         "a machine has answered, and hears the prompt ours.tape"),
    ],
)  # fmt: skip
def test_a_machine_that_the_flow_itself_speaks_to_is_found(steps: str, why: str) -> None:
    flow = ABOUT_A_CASE.replace("  later: {follow_up: later, next: goodbye}\n", steps)

    result = result_named(MACHINE, placed_proof(flow))
    assert result.why.startswith(why)
    assert result.example is not None
    assert ANSWERED_BY in result.example.facts_of[-1]


def test_what_is_left_on_a_machine_is_all_it_hears() -> None:
    message = "    detection: async\n    message: {zh-CN: 请给示例银行回电。, en-US: Please call Illustrative Bank.}\n"

    assert result_named(MACHINE, placed_proof(extra=message)).holds
