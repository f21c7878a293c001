"""A call that we placed: the house is named first, a machine hears nothing of it, and one result is on record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from small import small_release

from ivr.call.events import Ended, Event, FollowedUp
from ivr.call.inputs import Digits, Given, Input, NoInput, Resume, Start, Transferred
from ivr.call.state import decode_state, encode_state
from ivr.call.verbs import Hangup, Speak
from ivr.engine.turn import begin, take_turn
from ivr.flow.model import Release
from ivr.flow.words import words

NOW = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)
FROM = 'from: "+862155500000"'
NAME = "name: {zh-CN: 您好，这里是示例银行。, en-US: This is the bank.}"
OURS = f"""outgoing:
  followup: {{{NAME}, {FROM}}}
"""
FLOW = """\
flow: followup
title: {zh-CN: 回访, en-US: Our call}
takes: {case: case}
steps:
  person:
    menu: {zh-CN: 请问是您本人吗？, en-US: Is it you?}
    choices:
      1: {label: {zh-CN: 是, en-US: yes}, next: intro}
      2: {label: {zh-CN: 转人工, en-US: somebody}, next: flow agent}
    no_input: {tries: 2, next: later}
  intro:
    say:
      zh-CN: 编号{case.number:digits}，{case.told:date}答复。
      en-US: Case {case.number:digits}, {case.told:date}.
    next: accept
  accept: {yes_no: {zh-CN: 接受吗？, en-US: Do you accept?}, yes: accepted, no: refused, no_input: unclear}
  unclear: {follow_up: unclear, next: goodbye}
  later: {follow_up: later, next: goodbye}
  accepted: {follow_up: accepted, next: rating}
  refused: {follow_up: not_accepted, next: again}
  again:
    say: {zh-CN: "{case.due_again:date}前再答复。", en-US: "You hear from us by {case.due_again:date}."}
    next: rating
  rating: {yes_no: {zh-CN: 满意吗？, en-US: Was it quick?}, next: goodbye, no_input: goodbye}
"""
AGENT = """\
flow: agent
title: {zh-CN: 人工, en-US: A person}
steps:
  desk: {transfer: agents, otherwise: nobody, answered: goodbye}
  nobody: {say: {zh-CN: 没有人。, en-US: Nobody is here.}, next: return}
"""
CASE = {
    "hours.agents": "open",
    "case.taken.number": "100000016",
    "case.taken.told": "2026-03-10",
    "case.taken.due_again": "2026-03-26",
    "call.answered_by": "human",
}


class Call:
    """A call taken by the engine turn after turn, its state stored in between."""

    def __init__(self, keys: str = OURS, facts: Mapping[str, str] = CASE, flow: str = "followup") -> None:
        self.release: Release = small_release(
            "menu: {say: {zh-CN: 好。, en-US: Hi.}, next: goodbye}", keys=keys, followup=FLOW, agent=AGENT
        )
        self.facts = dict(facts)
        self.state = begin(self.release, flow, "en-US")
        self.events: list[Event] = []
        self.heard = ""
        self.turn = 0
        self.take(Start())

    def take(self, *inputs: Input) -> Call:
        for came in inputs:
            self.turn += 1
            state = decode_state(encode_state(self.state))
            done = take_turn(self.release, state, Given(came, self.turn, 0, self.facts), NOW)
            self.state, self.verbs = done.state, list(done.verbs)
            said = [v for v in done.verbs if isinstance(v, Speak)]
            self.heard = " ".join(words(self.release, v.prompt, v.language, v.values) for v in said)
            self.events += done.events
        return self

    @property
    def results(self) -> list[str]:
        return [event.result for event in self.events if isinstance(event, FollowedUp)]

    @property
    def ended(self) -> list[str]:
        return [event.disposition for event in self.events if isinstance(event, Ended)]


def test_whoever_answers_hears_the_house_first_and_then_the_first_question() -> None:
    assert Call().heard.startswith("This is the bank. Is it you?")


def test_a_house_whose_name_is_secret_begins_with_the_question() -> None:
    unnamed = f"outgoing: {{followup: {{name: no, unnamed: a refuge for women, {FROM}}}}}\n"

    assert Call(unnamed).heard.startswith("Is it you?")


def test_the_name_is_said_once() -> None:
    assert "the bank" not in Call().take(Resume()).heard


def test_the_case_is_spoken_of_as_the_one_the_call_is_about() -> None:
    assert Call().take(Digits("1")).heard.startswith("Case 1 0 0, 0 0 0, 0 1 6, March 10. Do you accept?")


def test_a_no_is_on_record_in_its_turn_and_the_new_date_is_spoken() -> None:
    call = Call().take(Digits("1"), Digits("2"))

    assert call.results == ["not_accepted"]
    assert call.heard.startswith("You hear from us by March 26.")


def test_a_machine_hears_nothing_and_is_recorded() -> None:
    call = Call(facts={**CASE, "call.answered_by": "machine"})

    assert (call.results, call.ended, call.heard) == (["machine"], ["completed"], "")
    assert call.verbs == [Hangup()]


def test_a_message_is_left_on_a_machine_where_one_is_written() -> None:
    message = "message: {zh-CN: 我们会再打来。, en-US: We will call again.}"
    ours = f"outgoing: {{followup: {{{NAME}, {FROM}, {message}}}}}\n"
    call = Call(ours, {**CASE, "call.answered_by": "machine"})

    assert (call.results, call.ended, call.heard) == (["machine"], ["message_left"], "We will call again.")


def test_a_machine_that_is_found_out_later_hears_no_more_at_its_silence() -> None:
    call = Call(facts={**CASE, "call.answered_by": "unknown"})
    call.facts["call.answered_by"] = "machine"

    assert call.take(NoInput()).results == ["machine"]
    assert (call.ended, call.heard) == (["completed"], "")


def test_a_customer_who_answers_is_no_machine_whatever_the_network_says_later() -> None:
    call = Call()
    call.facts["call.answered_by"] = "machine"
    call.take(Digits("1"), Digits("1"), NoInput())

    assert call.results == ["accepted"]


def test_who_asks_for_a_person_gets_one_and_that_is_the_result() -> None:
    call = Call().take(Digits("0"), Transferred("answered"))

    assert (call.results, call.ended) == (["person"], ["completed"])


def test_after_nobody_was_there_the_call_does_not_ask_for_the_answer_again() -> None:
    call = Call().take(Digits("1"), Digits("0"), Transferred("busy"))

    assert (call.results, call.ended) == (["person"], ["completed"])
    assert call.heard.startswith("Nobody is here.") and "accept" not in call.heard


def test_who_wants_a_person_after_the_answer_comes_back_to_the_question() -> None:
    call = Call().take(Digits("1"), Digits("1"), Digits("0"), Transferred("busy"))

    assert (call.results, call.ended) == (["accepted"], [])
    assert "Was it quick?" in call.heard


def test_an_exit_to_the_person_s_flow_records_the_same_as_the_key() -> None:
    assert Call().take(Digits("2")).results == ["person"]


def test_a_person_wanted_after_the_answer_leaves_the_answer_standing() -> None:
    assert Call().take(Digits("1"), Digits("1"), Digits("0")).results == ["accepted"]


def test_a_call_that_comes_in_records_nothing_for_a_person() -> None:
    call = Call(flow="main", facts={"call.answered_by": "machine"})

    assert "the bank" not in call.heard and call.results == []


def test_a_language_the_hotline_does_not_speak_is_its_first() -> None:
    assert begin(Call().release, "followup", "fr-FR").language == "zh-CN"


def test_a_customer_we_phoned_is_not_thanked_for_calling() -> None:
    goodbye = "goodbye: {zh-CN: 打扰了。, en-US: Thanks for taking our call.}"
    ours = f"outgoing: {{followup: {{{NAME}, {FROM}, {goodbye}}}}}\n"

    assert Call(ours).take(Digits("1"), Digits("1"), NoInput()).heard == "Thanks for taking our call."
