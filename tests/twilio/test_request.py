"""From Twilio's parameters to inputs, whatever they hold."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.call.inputs import Digits, Input, NoInput, Recording, Speech, Transferred
from ivr.steps.entry import LENGTHS, judge, keyed
from ivr.twilio.parties import WITHHELD, number_of
from ivr.twilio.request import (
    LONGEST_UTTERANCE,
    call_id,
    fields_of,
    input_of,
    plain,
    printable,
)

CALL = "CA" + "1" * 32


@pytest.mark.parametrize("raw", ["+12025550123", " +12025550123 ", "+862155500123"])
def test_a_callers_number_is_kept_as_it_is(raw: str) -> None:
    assert number_of(raw) == raw.strip()


@pytest.mark.parametrize(
    "raw",
    [
        *sorted(WITHHELD),
        "",
        " ",
        "+",
        "anonymous",
        "Anonymous",
        "unknown",
        "Restricted",
        "client:agent",
        "sip:caller@example.com",
        "12025550123",
        "+1202555 0123",
        "+1-202-555-0123",
        "+12345",
        "+1202555012345678",
        "+１２０２５５５０１２３",
        "+٢٠٢٥٥٥٠١٢٣",
        "+2025550123²",
        "+12025550123\n<Dial>",
        "+" + "1" * 100_000,
    ],
)
def test_a_withheld_number_and_what_is_no_number_are_none(raw: str) -> None:
    assert number_of(raw) == ""


@pytest.mark.parametrize(
    ("form", "came"),
    [
        ({}, NoInput()),
        ({"Digits": "", "SpeechResult": "", "msg": "Gather End", "FinishedOnKey": ""}, NoInput()),
        ({"SpeechResult": "   "}, NoInput()),
        ({"SpeechResult": "\x00\ud800"}, NoInput()),
        ({"Digits": "2", "FinishedOnKey": "#"}, Digits("2")),
        ({"Digits": "*"}, Digits("*")),
        ({"Digits": " 12 "}, Digits("12")),
        ({"Digits": "１２３＃"}, Digits("123#")),
        ({"Digits": "2", "SpeechResult": "three"}, Digits("2")),
        ({"SpeechResult": "我要投诉", "Confidence": "0.87"}, Speech("我要投诉", 0.87)),
        ({"SpeechResult": " loan. "}, Speech("loan.", None)),
        ({"SpeechResult": "loan", "Confidence": ""}, Speech("loan", None)),
        ({"DialCallStatus": "completed", "DialBridged": "true"}, Transferred("answered")),
        ({"DialCallStatus": "completed"}, Transferred("answered")),
        ({"DialCallStatus": "answered"}, Transferred("answered")),
        ({"DialCallStatus": "completed", "DialBridged": "false"}, Transferred("no_answer")),
        ({"DialCallStatus": "busy", "DialBridged": "false"}, Transferred("busy")),
        ({"DialCallStatus": "no-answer"}, Transferred("no_answer")),
        ({"DialCallStatus": "canceled"}, Transferred("no_answer")),
        ({"DialCallStatus": "failed"}, Transferred("failed")),
        ({"DialCallStatus": ""}, Transferred("failed")),
        ({"DialCallStatus": "something new"}, Transferred("failed")),
        (
            {"DialCallStatus": "busy", "RecordingUrl": "https://api.twilio.com/RE11111111111111111111111111111111"},
            Transferred("busy"),
        ),
        (
            {"RecordingSid": "RE11111111111111111111111111111111", "RecordingDuration": "12", "Digits": "#"},
            Recording("RE11111111111111111111111111111111", 12, "#"),
        ),
        (
            {"RecordingSid": "RE11111111111111111111111111111111", "RecordingDuration": "12", "Digits": "hangup"},
            Recording("RE11111111111111111111111111111111", 12, "hangup"),
        ),
        (
            {"RecordingSid": "RE11111111111111111111111111111111", "RecordingDuration": "0", "Digits": ""},
            Recording("RE11111111111111111111111111111111", 0),
        ),
        (
            {"RecordingSid": "RE11111111111111111111111111111111", "RecordingDuration": ""},
            Recording("RE11111111111111111111111111111111", 1),
        ),
        (
            {"RecordingSid": "RE11111111111111111111111111111111", "RecordingDuration": "²"},
            Recording("RE11111111111111111111111111111111", 1),
        ),
        (
            {
                "RecordingSid": "RE11111111111111111111111111111111",
                "RecordingUrl": "https://api.twilio.com/RE11111111111111111111111111111111",
                "RecordingDuration": "3",
            },
            Recording(
                "RE11111111111111111111111111111111", 3, url="https://api.twilio.com/RE11111111111111111111111111111111"
            ),
        ),
        (
            {"RecordingUrl": "https://api.twilio.com/RE11111111111111111111111111111111", "RecordingDuration": "3"},
            Recording("RE" + "1" * 32, 3, url="https://api.twilio.com/RE11111111111111111111111111111111"),
        ),
        ({"RecordingSid": "RE1", "RecordingDuration": "3"}, NoInput()),
        ({"RecordingSid": "CA" + "1" * 32, "RecordingDuration": "3"}, NoInput()),
        ({"RecordingUrl": f"https://evil.example/RE{'1' * 32}", "RecordingDuration": "3"}, NoInput()),
    ],
)
def test_parameters_mean_one_input(form: dict[str, str], came: Input) -> None:
    assert input_of(form) == came


@pytest.mark.parametrize("raw", ["12A", "A", "1w2", "12D34", "hangup", "1 2", "٣", "😀", "12;", "1.5", "<1>", "{1}"])
def test_keys_no_telephone_has_make_an_entry_that_means_nothing(raw: str) -> None:
    came = input_of({"Digits": raw})

    assert isinstance(came, Digits)
    assert set(came.keys) <= set("0123456789*#")
    assert came.keys not in {"#", *"0123456789*"}
    assert judge(keyed(came.keys), "digits", LENGTHS["digits"], "CN") is None


@pytest.mark.parametrize("raw", ["1" * 65, "1" * 100_000, "１" * 60_000, "12" * 40_000])
def test_an_endless_entry_is_cut_but_stays_too_long(raw: str) -> None:
    came = input_of({"Digits": raw})

    assert isinstance(came, Digits)
    assert len(came.keys) < 70
    assert judge(keyed(came.keys), "digits", LENGTHS["digits"], "CN") is None


def test_the_longest_entry_there_is_comes_in_whole() -> None:
    assert input_of({"Digits": "12345678" * 8}) == Digits("12345678" * 8)


@pytest.mark.parametrize(
    "said",
    [
        "</Say><Dial>+12025550199</Dial>",
        "<![CDATA[x]]> &amp; &#0; <!-- x --> <?php ?>",
        "{caller.phone} {{7*7}} {% x %} ${x} {0.__init__} %s",
        "'; DROP TABLE cases; --",
    ],
)
def test_markup_and_braces_in_speech_are_plain_words(said: str) -> None:
    assert input_of({"SpeechResult": said}) == Speech(said)


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("a\r\nb\tc", "a  b c"),
        ("a\u2028b\u2029c\x85d\x0be", "a b c d e"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("a\ud800b", "ab"),
        ("a\ufffeb\uffffc", "abc"),
        ("a\ue000b", "ab"),
        ("👍🏽 ok", "👍🏽 ok"),
    ],
)
def test_controls_line_breaks_and_lone_surrogates_do_not_come_in(said: str, heard: str) -> None:
    assert input_of({"SpeechResult": said}) == Speech(heard)


def test_an_endless_utterance_is_cut() -> None:
    came = input_of({"SpeechResult": "话" * 100_000})

    assert isinstance(came, Speech)
    assert len(came.text) == LONGEST_UTTERANCE


@pytest.mark.parametrize(
    ("raw", "confidence"),
    [
        ("0.01", 0.01),
        ("1", 1.0),
        ("0.5", 0.5),
        ("1.5", None),
        ("-1", None),
        ("nan", None),
        ("inf", None),
        ("high", None),
    ],
)
def test_a_confidence_that_is_none_counts_as_missing(raw: str, confidence: float | None) -> None:
    assert input_of({"SpeechResult": "yes", "Confidence": raw}) == Speech("yes", confidence)


@pytest.mark.parametrize("raw", ["0", "0.0", "0.00", "-0.0", "0e0", " 0 ", "", " ", "-1", "1e-400"])
def test_a_recogniser_that_gives_no_confidence_is_taken_at_its_word(raw: str) -> None:
    assert input_of({"SpeechResult": "yes", "Confidence": raw}) == Speech("yes", None)


def test_a_call_named_twice_differently_is_not_named_at_all() -> None:
    one, other = ("CallSid", CALL), ("CallSid", "CA" + "2" * 32)
    assert call_id(fields_of([one, ("Digits", "1")])) == CALL
    assert call_id(fields_of([one, ("Digits", "1"), ("Digits", "2")])) == CALL
    assert call_id(fields_of([one, one])) == CALL
    assert call_id(fields_of([one, other])) == ""


@pytest.mark.parametrize("raw", ["ca" + "A" * 32, "CA" + "0f" * 16, "Ca" + "9" * 32])
def test_a_call_id_is_two_letters_and_thirty_two_hex_digits_small_or_capital(raw: str) -> None:
    assert call_id({"CallSid": raw}) == raw


@pytest.mark.parametrize(
    "raw",
    ["", "CA1", f"{CALL}\n", f"CA{'1' * 31}\x00", f" {CALL}", f"{CALL}1", "CA" + "g" * 32, "CA" + "１" * 32, "\u2028",
     f"{CALL}CallStatusringing", "SM" + "1" * 32, "v3:" + "1" * 31],
)  # fmt: skip
def test_what_cannot_be_stored_and_logged_is_no_call_id(raw: str) -> None:
    assert call_id({"CallSid": raw}) == ""


@settings(max_examples=300, derandomize=True, deadline=None)
@given(text=st.text(st.characters(), max_size=60))
def test_printable_text_is_one_line_that_can_be_stored_and_shown(text: str) -> None:
    shown = printable(text)

    assert len(shown.splitlines()) <= 1
    assert all(unicodedata.category(c) not in ("Cc", "Cs", "Cn", "Co", "Zl", "Zp") for c in shown)
    assert shown.encode().decode() == shown
    assert printable(shown) == shown
    assert plain(plain(text)) == plain(text)


NAMES = st.sampled_from(
    ["Digits", "SpeechResult", "Confidence", "DialCallStatus", "DialBridged", "RecordingSid", "RecordingUrl"]
    + ["RecordingDuration", "CallSid", "From"]
)
VALUES = st.text(st.characters(), max_size=40) | st.sampled_from(["", "1", "hangup", "completed", "false", "9" * 5000])


@settings(max_examples=500, derandomize=True, deadline=None)
@given(form=st.dictionaries(NAMES, VALUES, max_size=8))
def test_any_parameters_mean_something(form: dict[str, str]) -> None:
    came = input_of(form)

    match came:
        case Digits(keys=keys):
            assert keys
            assert set(keys) <= set("0123456789*#")
        case Speech(text=text, confidence=confidence):
            assert text.strip()
            assert text == printable(text)
            assert confidence is None or 0 <= confidence <= 1
        case Recording(key=key, seconds=seconds, recording=recording):
            assert key in {"", "hangup", *"0123456789*#"}
            assert 0 <= seconds < 10**6
            assert recording == printable(recording)
        case _:
            assert isinstance(came, NoInput | Transferred)
