"""`collect`: an entry keyed or spoken, its confirmation, and an entry that must not be kept."""

from __future__ import annotations

import pytest
from small import small_files
from step_call import StepCall

from ivr.call.inputs import Digits, Input, Masked, NoInput, Speech
from ivr.call.verbs import Ask
from ivr.lint.findings import findings_of

CODE = """\
it:
  collect: {zh-CN: 请输入编号。, en-US: Which code?}
  type: digits
  length: 4-6
  save: code
  no_input: {tries: 2, next: silent}
  no_match: {tries: 2, next: wrong}
  next: kept
"""
CONFIRMED = CODE.replace("  next: kept", "  confirm: yes\n  next: kept")
SECRET = CODE.replace("  next: kept", "  sensitive: yes\n  next: kept")
TEXT = CODE.replace("digits", "text").replace("  length: 4-6\n", "")
ENDS = "kept silent wrong"


@pytest.mark.parametrize("came", [Digits("1234"), Digits("9*1234"), Speech("one two three four"), Speech("1 2 3 4")])
def test_an_entry_that_fits_is_kept_in_one_form(came: Input) -> None:
    call = StepCall(CODE, ENDS).take(came)

    assert (call.exits, call.at, call.values) == (["next"], "kept", {"code": "1234"})


@pytest.mark.parametrize(
    "came", [Digits("123"), Digits("1234567"), Digits("12#4"), Speech("blue"), Speech("1234", 0.0)]
)
def test_an_entry_that_does_not_fit_is_asked_for_again_and_then_given_up(came: Input) -> None:
    call = StepCall(CODE, ENDS).take(came)
    assert (call.at, call.failed, dict(call.values)) == ("it", ["no_match"], {})

    assert call.take(came).exits == ["no_match"]
    assert call.at == "wrong"


def test_silence_is_given_up_too() -> None:
    assert StepCall(CODE, ENDS).take(NoInput(), NoInput()).at == "silent"


def test_star_alone_takes_an_entry_back_and_counts_nothing() -> None:
    call = StepCall(CODE, ENDS).take(Digits("12*"))

    assert (call.at, call.failed) == ("it", [])
    assert call.heard == "Which code?"


def test_as_many_keys_are_waited_for_as_the_length_says() -> None:
    assert isinstance(verb := StepCall(CODE, ENDS).verb, Ask) and (verb.digits, verb.end_key) == (0, "#")
    fixed = CODE.replace("4-6", "4")
    assert isinstance(verb := StepCall(fixed, ENDS).verb, Ask) and verb.digits == 4


def test_a_confirmed_entry_is_kept_only_after_a_yes() -> None:
    call = StepCall(CONFIRMED, ENDS).take(Digits("1234"))
    assert (call.at, dict(call.values)) == ("it", {})
    assert call.heard.startswith("You entered 1 2 3 4. Is that right?")

    call.take(Digits("1"))
    assert (call.exits, call.values) == (["next"], {"code": "1234"})


def test_a_no_asks_for_the_entry_again_and_three_give_it_up() -> None:
    call = StepCall(CONFIRMED, ENDS).take(Digits("1234"), Digits("2"))
    assert call.heard == "Which code?"

    call.take(Digits("1234"), Speech("no"), Digits("1234"), Digits("2"))
    assert (call.exits, call.at) == (["no_match"], "wrong")


def test_neither_yes_nor_no_asks_for_the_confirmation_again() -> None:
    call = StepCall(CONFIRMED, ENDS).take(Digits("1234"), Digits("7"))

    assert (call.at, call.failed) == ("it", ["no_match"])
    assert "You entered 1 2 3 4." in call.heard


def test_of_a_sensitive_entry_nothing_is_kept_but_that_there_was_one() -> None:
    call = StepCall(SECRET, ENDS).take(Masked(5, True))

    assert (call.exits, call.values) == (["next"], {"code": "••••"})
    assert StepCall(SECRET, ENDS).take(Masked(3, False)).failed == ["no_match"]


def test_a_free_utterance_is_the_entry_and_a_key_is_a_shortcut() -> None:
    assert StepCall(TEXT, ENDS).take(Speech("  my card is  gone ")).values == {"code": "my card is gone"}
    to_a_person = StepCall(TEXT, ENDS, facts={"hours.agents": "open"}).take(Digits("0"))
    assert to_a_person.state.stack[-1].flow == "agent"


def test_a_digit_that_is_a_whole_entry_is_no_shortcut() -> None:
    one = CODE.replace("4-6", "1")

    assert StepCall(one, ENDS).take(Digits("0")).values == {"code": "0"}


def test_what_is_declared_is_what_is_done() -> None:
    declared = StepCall(CODE, ENDS).declared

    assert {exit: str(to) for exit, to in declared.exits.items()} == {
        "next": "kept", "no_input": "silent", "no_match": "wrong",
    }  # fmt: skip
    assert (declared.sets, declared.known_on) == ({"code": "digits"}, {"next": {"code"}})
    heard = {"no_match": "Which code?", "taken back": "Which code?"}
    for tried in StepCall(CODE, ENDS).tried():
        for came in tried.inputs:
            call = StepCall(CODE, ENDS).take(came)
            assert call.heard.endswith(heard.get(tried.means, "At kept.")), (tried, came)
            assert call.failed == (["no_match"] if tried.means == "no_match" else []), (tried, came)


@pytest.mark.parametrize(
    ("type_", "length", "said"),
    [
        ("digits", "100", "an entry has at most 64 keys, and this asks for 100"),
        ("number", "1-65", "an entry has at most 64 keys, and this asks for 65"),
        ("text", "700", "an utterance has at most 640 characters, and this asks for 700"),
    ],
)
def test_a_length_nobody_can_give_is_a_finding(type_: str, length: str, said: str) -> None:
    """Keys beyond the longest entry are cut before they are judged, so such a question would never be answered."""
    steps = f"ask: {{collect: {{zh-CN: 请输入。, en-US: Enter.}}, type: {type_}, length: {length}, next: goodbye}}\n"

    (finding,) = findings_of(small_files(steps))

    assert (finding.code, said in finding.message) == ("bad-value", True)


@pytest.mark.parametrize(("type_", "length"), [("digits", "64"), ("text", "640")])
def test_the_longest_length_there_is_can_be_asked_for(type_: str, length: str) -> None:
    steps = f"ask: {{collect: {{zh-CN: 请输入。, en-US: Enter.}}, type: {type_}, length: {length}, next: goodbye}}\n"

    assert [finding for finding in findings_of(small_files(steps)) if finding.severity == "error"] == []


def test_a_number_that_is_not_phoned_is_tried_among_those_that_do_not_fit() -> None:
    call = StepCall("it: {collect: {zh-CN: 号码？, en-US: Number?}, type: phone, save: phone, next: goodbye}\n")

    unfit = [given for tried in call.tried() if tried.means == "no_match" for given in tried.inputs]
    assert Digits("0019005550123") in unfit

    fitting = [given for tried in call.tried() if tried.mover == "answer" for given in tried.inputs]
    assert fitting
    for given in fitting:
        assert StepCall(
            "it: {collect: {zh-CN: 号码？, en-US: Number?}, type: phone, save: phone, next: goodbye}\n"
        ).take(given).exits == ["next"]


def test_what_is_said_of_a_number_that_is_not_phoned_is_the_hotline_s_own_or_ours() -> None:
    step = "it: {collect: {zh-CN: 号码？, en-US: Number?}, type: phone, save: phone, next: goodbye}\n"
    for language, words in (
        ("en-US", "Sorry, we cannot call that number. Please give us another one."),
        ("zh-CN", "抱歉，这个号码我们无法拨打，请换一个号码。"),
    ):
        call = StepCall(step, language=language).take(Digits("0019005550123"))
        assert call.heard.startswith(words)
        assert call.failed == ["no_match"]


@pytest.mark.parametrize("keys", ["0019005550123", "00881612345678", "00447012345678", "0018762345678"])
def test_a_sensitive_number_that_is_not_phoned_is_no_match_and_hidden(keys: str) -> None:
    call = StepCall(
        "it: {collect: {zh-CN: 号码？, en-US: Number?}, type: phone, save: phone, sensitive: yes, next: goodbye}\n"
    )
    assert call.take(Masked(len(keys), fits=False)).failed == ["no_match"]


RATING = """\
it:
  collect: {zh-CN: 请打分，从0到10。, en-US: From 0 to 10?}
  type: number
  range: 0-10
  save: score
  no_input: {tries: 2, next: silent}
  no_match: {tries: 2, next: wrong}
  next: kept
"""


@pytest.mark.parametrize(
    ("came", "score"),
    [
        (Digits("0"), "0"),
        (Digits("7"), "7"),
        (Digits("9"), "9"),
        (Digits("10"), "10"),
        (Digits("10#"), "10"),
        (Digits("07"), "7"),
        (Digits("8*10"), "10"),
        (Speech("seven"), "7"),
    ],
)
def test_a_scale_up_to_ten_is_keyed_with_one_key_or_two(came: Input, score: str) -> None:
    call = StepCall(RATING, "kept silent wrong").take(came)

    assert (call.at, call.values) == ("kept", {"score": score})


@pytest.mark.parametrize("came", [Digits("11"), Digits("99"), Digits("100")])
def test_a_number_beyond_the_range_is_not_understood(came: Input) -> None:
    call = StepCall(RATING, "kept silent wrong").take(came)

    assert (call.at, call.failed) == ("it", ["no_match"])


def test_a_scale_up_to_ten_waits_for_a_second_key() -> None:
    (asked,) = [verb for verb in StepCall(RATING, "kept silent wrong").verbs if isinstance(verb, Ask)]

    assert (asked.digits, asked.end_key) == (0, "#")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("range: 10-0", "write a range from the least number to the greatest, such as 0-10"),
        ("range: ten", "write a range from the least number to the greatest, such as 0-10"),
        ("range: 0-10\n  length: 2", "a range says how long a number is: take length out"),
    ],
)
def test_a_range_that_makes_no_sense_is_a_finding(written: str, said: str) -> None:
    found = findings_of(
        small_files(f"a:\n  collect: {{zh-CN: 请, en-US: Go}}\n  type: number\n  {written}\n  next: goodbye")
    )

    assert said in found[-1].message + "".join(finding.message for finding in found)


@pytest.mark.parametrize(
    ("scale", "said"),
    [
        ("0-10", "Ask it as collect: with type: number and range: 0-10"),
        ("1-10", "Ask it as collect: with type: number and range: 1-10"),
        ("0-5", "Ask it as collect: with type: number and range: 0-5"),
        ("1-9", "Ask it as collect: with type: number and range: 1-9"),
        ("1..5", "write a scale as 1-5"),
        ("5", "write a scale as 1-5"),
        ("5-1", "write a scale as 1-5"),
        ("1 to 7", "write a scale as 1-7"),
        ("five", "write a scale as 1-5"),
    ],
)
def test_a_scale_that_a_menu_cannot_have_is_told_how_to_ask(scale: str, said: str) -> None:
    found = findings_of(small_files(f"a:\n  menu: {{zh-CN: 请, en-US: Go}}\n  scale: {scale}\n  next: goodbye"))

    assert any(said in finding.message for finding in found), [str(finding) for finding in found]
