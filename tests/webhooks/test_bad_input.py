"""Callers are data: whatever they send, the flow goes on and the rows hold nothing they should not."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote_plus

import pytest
from small_hotline import CALL, CALLER, TOKEN, URL, House

from ivr.carrier.document import read_document
from ivr.carrier.line import Reply
from ivr.carrier.signing import sign


def heard(document: str) -> str:
    """The words of a document that the strictest reader takes."""
    found = read_document(Reply(200, "text/xml", document.encode()))
    return " ".join(said.text for verb in found for said in verb.said())


def shape(document: str) -> list[str]:
    return re.findall(r"</?([A-Z][a-z]+)", document)


def at_story(house: House) -> None:
    house.voice("/voice")
    house.press(2, "1")
    house.press(3, "1")


def test_an_unknown_number_gets_the_default_flow(house: House) -> None:
    reply = house.send("/voice", [("CallSid", CALL), ("From", CALLER), ("To", "+12025550199")])
    assert "another number" in heard(reply.body.decode())
    assert house.rows("SELECT entry, line FROM calls") == [("other", "+12025550199")]


@pytest.mark.parametrize(
    "caller", ["", "anonymous", "Anonymous", "+266696687", "client:x", "sip:a@b.example", "+1 202", "<b>", "+１２０２"]
)
def test_a_caller_who_withholds_the_number_or_sends_garbage_has_none(house: House, caller: str) -> None:
    reply = house.send("/voice", [("CallSid", CALL), ("From", caller), ("To", "+862155500000")])
    assert "How can we help?" in heard(reply.body.decode())
    assert house.rows("SELECT customer FROM calls") == [("",)]


@pytest.mark.parametrize(
    "called", ["", "sip:a@b", "<Dial>", "+86'; DROP TABLE calls;--", "x" * 9000, "a\nb\x00", "{to}"]
)
def test_a_called_number_that_is_garbage_is_kept_short_and_printable(house: House, called: str) -> None:
    reply = house.send("/voice", [("CallSid", CALL), ("To", called)])
    assert "another number" in heard(reply.body.decode())
    kept = house.rows("SELECT line FROM calls")[0][0]
    assert kept.isprintable()
    assert len(kept) <= 160
    assert "callerId" not in reply.body.decode()


@pytest.mark.parametrize(
    "keys", ["*", "#", "7", "A", "w", "hangup", "12345", "-1", "1e1", "<1>", "9" * 60_000, "{x}", "１１"]
)
def test_keys_that_mean_nothing_are_asked_again(house: House, keys: str) -> None:
    house.voice("/voice")
    assert "That is no choice." in heard(house.press(2, keys))
    assert len(house.rows("SELECT input FROM turns WHERE turn = 2")[0][0]) < 500


def test_empty_keys_are_silence(house: House) -> None:
    house.voice("/voice")
    assert "We heard nothing." in heard(house.press(2, ""))


def test_full_width_keys_are_keys(house: House) -> None:
    house.voice("/voice")
    assert "What is it about?" in heard(house.press(2, "１"))


def test_a_hundred_thousand_keys_are_413_and_change_nothing(house: House) -> None:
    house.voice("/voice")
    before = house.count()
    reply = house.send("/voice/t/2", house.form(("Digits", "1" * 100_000)))
    assert (reply.status, reply.body) == (413, b"the body is too large\n")
    assert house.count() == before


@pytest.mark.parametrize(
    "said",
    ["</Say><Dial>+12025550100</Dial><Say>", "<![CDATA[x]]>", "<!-- -->", "&amp;&#0;&lt;", "{call.from}", "{{7*7}}",
     "{0.__init__}", "%s%n", "${x}", "'; DROP TABLE calls; --", "\x00\x01\x0b\x1b[31m", "a\r\nb\u2028c\x85d",
     "\ufffe\uffff", "\u202e\u200b", "\U0001f600" * 500, "说" * 6000, "\x7f"],
)  # fmt: skip
def test_speech_is_data_never_markup_never_a_template(house: House, said: str) -> None:
    house.voice("/voice")
    plain = house.voice("/voice", call="CA" + "6" * 32)
    answer = house.voice("/voice/t/2", ("SpeechResult", said), ("Confidence", "0.9"))
    again = house.voice("/voice/t/2", ("SpeechResult", "zzz"), call="CA" + "6" * 32)
    assert shape(answer) in (shape(again), ["Say", "Say", *shape(again)], shape(plain))
    stored = house.rows("SELECT input FROM turns WHERE turn = 2 AND call = ?", CALL)[0][0]
    assert len(stored) < 7000
    assert not re.search(rb"[\x00-\x1f\x7f]|\\u00[01]", stored)


@pytest.mark.parametrize("said", ["%ED%A0%80", "%ED%B0%80x", "%FF%FE", "%C0%80", "a%00b"])
def test_bytes_that_are_no_text_are_taken_as_text(house: House, said: str) -> None:
    house.voice("/voice")
    body = f"CallSid={CALL}&SpeechResult={said}".encode()
    signature = sign(TOKEN, f"{URL}/voice/t/2", [("CallSid", CALL), ("SpeechResult", unquote_plus(said))])
    status, text = house.raw("POST", "/voice/t/2", body, HTTP_X_TWILIO_SIGNATURE=signature)
    assert status == 200
    assert "That is no choice." in heard(text)


def test_confidence_that_is_no_number_is_no_confidence(house: House) -> None:
    house.voice("/voice")
    for turn, raw in enumerate(("nan", "inf", "-1", "1e999", "x", ""), 2):
        house.voice(f"/voice/t/{turn}", ("SpeechResult", "complaint" if turn == 2 else "card"), ("Confidence", raw))
    stored = house.rows("SELECT input FROM turns WHERE turn > 1")
    assert all(b'"confidence":null' in row[0] for row in stored)


@pytest.mark.parametrize("seconds", ["", "x", "-5", "9" * 30, "１"])
def test_a_recording_of_a_strange_length_is_a_recording(house: House, seconds: str) -> None:
    at_story(house)
    document = house.voice(
        "/voice/t/4", ("RecordingSid", "RE11111111111111111111111111111111"), ("RecordingDuration", seconds)
    )
    assert "Your number is" in heard(document)


@pytest.mark.parametrize("outcome", ["", "busy", "no-answer", "canceled", "failed", "nonsense", "<x>"])
def test_a_transfer_that_ended_anyhow_but_answered_leads_on(house: House, outcome: str) -> None:
    house.voice("/voice")
    house.press(2, "2")
    assert "How can we help?" in heard(house.voice("/voice/t/3", ("DialCallStatus", outcome)))


def test_a_turn_of_the_past_the_future_or_an_unknown_call_is_brought_to_now(house: House) -> None:
    asked = house.press(5, "")
    assert "How can we help?" in heard(asked)
    assert house.rows("SELECT turn, route FROM turns") == [(1, "turn")]
    now = house.press(2, "1")
    for turn in (0, 1, 2, 4, 99, 10**9, 10**30):
        assert house.press(turn, "2") == now
    assert house.count()["turns"] == 2


def test_a_turn_that_is_no_number_is_404(house: House) -> None:
    for path in ("/voice/t/x", "/voice/t/-1", "/voice/t/", "/voice/t/1/2", "/voice/../t/1"):
        assert house.send(path, house.form()).status == 404
    assert house.count()["calls"] == 0


def test_a_status_before_the_first_turn_is_kept(house: House) -> None:
    assert house.send("/voice/status", house.form(("SequenceNumber", "3"), status="completed")).status == 204
    house.voice("/voice")
    row = house.rows("SELECT turns_taken, status_seq, ended_by, disposition FROM calls")
    assert row == [(1, 3, "provider", "abandoned")]


@pytest.mark.parametrize("sequence", ["", "x", "-1", "9" * 40, "１"])
def test_a_status_without_a_proper_sequence_is_kept(house: House, sequence: str) -> None:
    house.voice("/voice")
    assert house.send("/voice/status", house.form(("SequenceNumber", sequence), status="completed")).status == 204
    assert house.rows("SELECT ended_by, status_seq FROM calls") == [("provider", -1)]


def test_notices_that_name_nothing_are_204_and_leave_nothing(house: House) -> None:
    for path in ("/voice/status", "/voice/recording/2", "/voice/transcript/2", "/voice/recording/" + "9" * 30):
        assert house.send(path, [("RecordingSid", "RE11111111111111111111111111111111")]).status == 204
        assert (
            house.send(path, [("CallSid", "x" * 500), ("RecordingSid", "RE11111111111111111111111111111111")]).status
            == 204
        )
    assert (
        house.send(
            "/voice/recording/" + "9" * 30, house.form(("RecordingSid", "RE11111111111111111111111111111111"))
        ).status
        == 204
    )
    assert sum(house.count().values()) == 0


def test_a_transcript_is_kept_as_one_printable_line_of_some_length(house: House) -> None:
    text = "a\r\nb\x00<b>{x}" + "说" * 6000
    house.voice("/voice")
    pairs = house.form(("RecordingSid", "RE11111111111111111111111111111111"), ("TranscriptionText", text))
    assert house.send("/voice/transcript/2", pairs).status == 204
    kept = house.rows("SELECT transcript FROM recordings")[0][0]
    assert kept.startswith("a  b<b>{x}说")
    assert kept.isprintable()


def test_a_whisper_for_a_call_that_is_not_there_is_an_empty_document(house: House) -> None:
    for parent in ("", "CA" + "9" * 32):
        reply = house.send("/voice/whisper/3", [("CallSid", CALL), ("ParentCallSid", parent)])
        assert (reply.status, reply.kind) == (200, "text/xml; charset=utf-8")
        assert read_document(reply, whisper=True) == []
    assert house.count()["calls"] == 0


def test_a_whisper_tells_the_desk_what_it_is_about_and_is_no_turn(house: House) -> None:
    house.voice("/voice")
    house.press(2, "2")
    before = house.count()
    reply = house.send("/voice/whisper/3", [("CallSid", "CA" + "8" * 32), ("ParentCallSid", CALL)])
    assert heard(reply.body.decode()).startswith("A call in ")
    assert read_document(house.send("/voice/whisper/2", [("CallSid", CALL)]), whisper=True) == []
    assert house.count() == before


def failed(code: int | str, url: str) -> tuple[tuple[str, str], ...]:
    return ("ErrorCode", str(code)), ("ErrorUrl", url)


@pytest.mark.parametrize("code", [11200, 11205, 0, "x", 11217])
def test_a_failed_delivery_comes_again_by_the_fallback_and_its_keys_count(house: House, code: int | str) -> None:
    house.voice("/voice")
    error = failed(code, f"{URL}/voice/t/2")
    document = house.voice("/voice/fallback", ("Digits", "1"), *error)
    assert "What is it about?" in heard(document)
    assert house.voice("/voice/fallback", ("Digits", "1"), *error) == document
    assert house.press(2, "1") == document
    assert house.rows("SELECT turn, route FROM turns") == [(1, "turn"), (2, "fallback")]


@pytest.mark.parametrize("code", [12100, 13520, 11750, 12300])
def test_a_document_that_was_refused_is_not_repeated(house_with_desk: House, code: int) -> None:
    house = house_with_desk
    house.voice("/voice")
    house.press(2, "1")
    error = failed(code, f"{URL}/voice/t/2")
    document = house.voice("/voice/fallback", ("Digits", "1"), *error)
    assert heard(document).startswith("Something went wrong.")
    assert "+862155500999" in document
    assert house.voice("/voice/fallback", ("Digits", "1"), *error) == document
    assert house.count()["turns"] == 3
    assert house.rows("SELECT partial FROM cases") == [(1,)]


@pytest.mark.parametrize(
    "url",
    ["", "http://elsewhere.example/voice/t/2", "http://127.0.0.1:9/voice/t/2", "https://127.0.0.1:8000/voice/t/2",
     "http://[", "http://[::1", "/voice/t/2", f"{URL}/voice/t/2/x", f"{URL}/voice/t/２", f"{URL}/voice/t/9999999"],
)  # fmt: skip
def test_a_foreign_error_url_means_the_current_turn(house: House, url: str) -> None:
    now = house.voice("/voice")
    assert house.voice("/voice/fallback", ("Digits", "1"), *failed(11200, url)) == now
    assert house.count()["turns"] == 1


def test_the_fallback_of_an_unknown_call_is_its_first_turn(house: House) -> None:
    for number, code in enumerate((11200, 12100)):
        document = house.voice("/voice/fallback", *failed(code, f"{URL}/voice"), call=f"CA{number:032x}")
        assert "How can we help?" in heard(document)
    assert house.count()["turns"] == 2


def test_a_hold_that_failed_on_the_way_is_resumed_and_counts_nothing(house: House) -> None:
    house.voice("/voice")
    document = house.voice("/voice/fallback", *failed(11200, f"{URL}/voice/t/2/again?held=1"))
    assert heard(document) == heard(house.voice("/voice", call="CA" + "6" * 32))


def sensitive(house: House, *pairs: tuple[str, str], route: str = "/voice/t/3") -> bytes:
    """All bytes of the database after an entry at the sensitive question."""
    house.voice("/voice")
    house.press(2, "3")
    house.voice(route, *pairs)
    house.close()
    return b"".join(path.read_bytes() for path in house.path.parent.glob("ivr.db*"))


@pytest.mark.parametrize(
    ("pairs", "length", "fits"),
    [([("Digits", "730481")], 6, True),
     ([("Digits", "73048173048173")], 14, False),
     ([("Digits", "９９*730481")], 6, True),
     ([("SpeechResult", "730481"), ("Confidence", "0.9")], 6, True),
     ([("SpeechResult", "730481"), ("Confidence", "0.1")], 0, False)],
    ids=["keys", "too many keys", "keyed twice", "spoken", "spoken unclearly"],
)  # fmt: skip
def test_a_sensitive_entry_reaches_rows_as_class_and_length_only(
    house: House, pairs: list[tuple[str, str]], length: int, fits: bool
) -> None:
    stored = sensitive(house, *pairs)
    assert b"730481" not in stored
    row = json.loads(house.rows("SELECT input FROM turns WHERE turn = 3")[0][0])
    assert row["input"] == {"type": "masked", "length": length, "fits": fits}


def test_a_sensitive_entry_that_comes_by_the_fallback_is_masked_too(house: House) -> None:
    error = failed(11200, f"{URL}/voice/t/3")
    assert b"730481" not in sensitive(house, ("Digits", "730481"), *error, route="/voice/fallback")


def test_a_sensitive_entry_that_was_taken_back_leaves_no_trace(house: House) -> None:
    assert b"730481" not in sensitive(house, ("Digits", "730481*"))


def test_a_person_asked_for_in_the_middle_of_a_sensitive_entry_leaves_no_digits(house: House) -> None:
    assert b"730481" not in sensitive(house, ("SpeechResult", "agent, my code is 730481"), ("Confidence", "0.9"))
