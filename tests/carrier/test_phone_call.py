"""The carrier leads a call as the network does: what falls through, what is sent, what is tried again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from scripted_hotline import BASE, TOKEN, Answer, Script

from ivr.carrier.delivery import Delivery, DeliveryFailed
from ivr.carrier.ledger import check_repeats
from ivr.carrier.line import HttpLine, LineFailed
from ivr.carrier.phone_call import MOST_HOPS, HeardPrompt, PhoneCall, PhoneNumberSetup, WrongAction


def dialled(voice: str, fallback: bool = False, status: bool = False, **more: list[Answer]) -> tuple[PhoneCall, Script]:
    """A call that has been answered with `voice`; other paths by name (`next` is /next)."""
    script = Script({"/voice": [voice], **{f"/{name}": answers for name, answers in more.items()}})
    number = PhoneNumberSetup(
        voice=f"{BASE}/voice",
        status=f"{BASE}/status" if status else "",
        fallback=f"{BASE}/fallback" if fallback else "",
    )
    phone = PhoneCall(
        delivery=Delivery(script, TOKEN), number=number, caller="+12025550101", called="+862155500000", call="CA1"
    )
    phone.dial()
    return phone, script


GATHER = '<Gather action="/next" {0}><Say>Press a key</Say></Gather><Say>Nothing came</Say><Redirect>/silent</Redirect>'
MENU = "<Gather action='/next'><Say>Again</Say></Gather>"


def test_the_first_webhook_tells_who_calls_whom() -> None:
    _, script = dialled("<Hangup/>")
    assert script.last("CallSid", "From", "To", "CallStatus", "Direction", "FromCity") == {
        "CallSid": "CA1", "From": "+12025550101", "To": "+862155500000", "CallStatus": "ringing",
        "Direction": "inbound", "FromCity": "",
    }  # fmt: skip


def test_keys_go_to_the_action_and_what_follows_the_gather_is_not_reached() -> None:
    phone, script = dialled(GATHER.format('numDigits="1"'), next=["<Say>Thank you</Say>"])
    assert phone.heard == [HeardPrompt("Press a key", "")]
    phone.press("1")
    assert script.last("Digits", "FinishedOnKey", "CallStatus") == {
        "Digits": "1", "FinishedOnKey": "", "CallStatus": "in-progress",
    }  # fmt: skip
    assert phone.heard == [HeardPrompt("Thank you", "")]
    assert (phone.waiting, phone.turns) == ("ended", 2)


def test_silence_falls_through_to_what_follows_and_never_calls_the_action() -> None:
    phone, script = dialled(GATHER.format(""), silent=[MENU])
    phone.silence()
    assert script.paths == ["/voice", "/silent"]
    assert script.last("Digits", "SpeechResult") == {"Digits": None, "SpeechResult": None}
    assert [said.text for said in phone.heard] == ["Nothing came", "Again"]
    assert phone.waiting == "gather"


def test_a_gather_with_nothing_after_it_hangs_up_on_silence() -> None:
    phone, script = dialled(MENU)
    phone.silence()
    assert phone.waiting == "ended"
    assert script.paths == ["/voice"]


@pytest.mark.parametrize(
    "act",
    [lambda phone: phone.silence(), lambda phone: phone.press("#"), lambda phone: phone.speak("hello")],
    ids=["silence", "the finish key alone", "speech where keys are asked for"],
)
def test_action_on_empty_result_sends_the_nothing_that_came(act: Callable[[PhoneCall], None]) -> None:
    phone, script = dialled(GATHER.format('actionOnEmptyResult="true"'), next=["<Hangup/>"])
    act(phone)
    assert script.paths == ["/voice", "/next"]
    assert script.last("Digits") == {"Digits": ""}


@pytest.mark.parametrize(
    ("attributes", "keys", "digits", "ended_by"),
    [("", "12#", "12", "#"), ("", "12#3", "12", "#"), ("", "#12#", "12", "#"), ("", "12", "12", ""),
     ('finishOnKey="*"', "12*", "12", "*"), ('finishOnKey="*"', "1#2", "1#2", ""), ('finishOnKey=""', "1#*", "1#*", ""),
     ('numDigits="2"', "123", "12", ""), ('numDigits="1"', "1#", "1", ""), ('numDigits="4"', "12#", "12", "#")],
)  # fmt: skip
def test_the_finish_key_ends_an_entry_and_is_not_part_of_it(
    attributes: str, keys: str, digits: str, ended_by: str
) -> None:
    phone, script = dialled(GATHER.format(attributes), next=["<Hangup/>"])
    phone.press(keys)
    assert script.last("Digits", "FinishedOnKey") == {"Digits": digits, "FinishedOnKey": ended_by}


def test_the_finish_key_pressed_first_is_silence() -> None:
    phone, script = dialled(GATHER.format(""), silent=["<Hangup/>"])
    phone.press("#")
    assert script.paths == ["/voice", "/silent"]


def test_speech_is_heard_where_it_is_asked_for() -> None:
    phone, script = dialled(GATHER.format('input="dtmf speech"'), next=["<Hangup/>"])
    phone.speak("我要投诉", 0.5)
    assert script.last("SpeechResult", "Confidence", "Digits") == {
        "SpeechResult": "我要投诉", "Confidence": "0.50", "Digits": None,
    }  # fmt: skip


def test_a_caller_can_only_do_what_the_line_waits_for() -> None:
    phone, _ = dialled(MENU)
    for act in (lambda: phone.record(3), lambda: phone.transfer("busy")):
        with pytest.raises(WrongAction):
            act()
    phone.hang_up()
    for act in (lambda: phone.press("1"), lambda: phone.speak("x"), phone.silence):
        with pytest.raises(WrongAction):
            act()
    phone.hang_up()


def test_a_silent_recording_falls_through_and_one_cut_short_is_sent_first() -> None:
    record = "<Record action='/next' recordingStatusCallback='/recorded'/><Redirect>/silent</Redirect>"
    phone, script = dialled(record, silent=[record], next=["<Hangup/>"], recorded=[204], status=True)
    phone.silence()
    assert script.paths == ["/voice", "/silent"]
    phone.hang_up(recorded=7)
    assert script.paths[2:] == ["/next", "/recorded", "/status"]
    sent = script.sent[2][1]
    assert (sent["Digits"], sent["CallStatus"], sent["RecordingDuration"]) == ("hangup", "completed", "7")


def test_the_news_of_the_end_may_overtake_the_last_message() -> None:
    record = "<Record action='/next' recordingStatusCallback='/recorded'/><Redirect>/silent</Redirect>"
    phone, script = dialled(record, next=["<Hangup/>"], recorded=[204], status=True)
    phone.early_end = True
    phone.hang_up(recorded=7)
    assert script.paths == ["/voice", "/recorded", "/status", "/next"]
    assert phone.waiting == "ended"


def test_a_request_is_repeated_as_it_was_and_its_reply_is_only_noted() -> None:
    phone, script = dialled(GATHER.format(""), next=["<Say>One</Say>", "<Say>Two</Say>"])
    phone.press("12#")
    ledger = phone.delivery.exchanges
    phone.delivery.repeat(ledger[1])
    assert script.sent[1] == script.sent[2]
    assert ledger[2].repeats is ledger[1] and ledger[2].headers == ledger[1].headers
    assert (phone.heard, phone.turns) == ([HeardPrompt("One", "")], 2)
    assert [broken.invariant for broken in check_repeats(ledger)] == ["I4"]


def test_an_answered_transfer_whispers_first_and_then_says_how_it_ended() -> None:
    dial = "<Dial action='/next'><Number url='/whisper'>+862155500100</Number></Dial><Say>never</Say>"
    phone, script = dialled(dial, whisper=["<Say>A call</Say>"], next=["<Hangup/>"])
    phone.transfer("answered")
    assert script.paths == ["/voice", "/whisper", "/next"]
    assert script.last("DialCallStatus", "DialBridged") == {"DialCallStatus": "completed", "DialBridged": "true"}
    assert phone.refused == []


CT, RT = LineFailed("refused", "ct"), LineFailed("too late", "rt")


@pytest.mark.parametrize(
    ("fragment", "fault", "tries"),
    [("", CT, 2), ("", 500, 1), ("", RT, 1), ("", 404, 1), ("#rc=2&rp=5xx,ct,rt", 503, 3),
     ("#rc=2&rp=5xx,ct,rt", RT, 3), ("#rc=2&rp=5xx,ct,rt", 403, 1),
     ("#rc=1&rp=4xx", 403, 2), ("#rc=0", CT, 1), ("#rc=5&rp=all", 500, 6)],
)  # fmt: skip
def test_a_url_s_fragment_says_what_is_tried_again(fragment: str, fault: Answer, tries: int) -> None:
    script = Script({"/a": [fault]})
    with pytest.raises(DeliveryFailed) as caught:
        Delivery(script, TOKEN).post(f"{BASE}/a{fragment}", [("CallSid", "CA1")])
    assert script.paths == ["/a"] * tries
    assert caught.value.code == (11205 if isinstance(fault, LineFailed) else 11200 if fault in (500, 503) else 11217)


def test_a_retry_that_succeeds_is_as_if_nothing_had_been() -> None:
    phone, script = dialled("<Gather action='/next#rc=2&amp;rp=5xx'/>", next=[500, 503, "<Say>Well</Say>"])
    phone.press("1")
    assert script.paths == ["/voice", "/next", "/next", "/next"]
    assert script.sent[1] == script.sent[3]
    assert phone.heard == [HeardPrompt("Well", "")]


def test_all_tries_end_with_the_network_s_fifteen_seconds() -> None:
    times = iter(range(0, 1000, 6))
    script = Script({"/a": [500]})
    delivery = Delivery(script, TOKEN, clock=lambda: float(next(times)))
    with pytest.raises(DeliveryFailed):
        delivery.post(f"{BASE}/a#rc=5&rp=5xx", [])
    assert 1 <= len(script.sent) < 6


@pytest.mark.parametrize(
    ("fault", "code"), [(500, "11200"), (404, "11217"), (CT, "11205"), ("<Sing/>", "12200"), ("<Say/>", "13520")]
)
def test_the_fallback_is_asked_with_the_error_and_the_caller_s_keys(fault: Answer, code: str) -> None:
    phone, script = dialled(GATHER.format(""), fallback=True, next=[fault])
    script.answers["/fallback"] = ["<Say>Sorry</Say>"]
    phone.press("12#")
    assert script.paths[-1] == "/fallback"
    assert script.last("ErrorCode", "ErrorUrl", "Digits") == {
        "ErrorCode": code, "ErrorUrl": f"{BASE}/next", "Digits": "12",
    }  # fmt: skip
    assert phone.heard == [HeardPrompt("Sorry", "")]
    assert len(phone.refused) == isinstance(fault, str)


def test_without_a_fallback_or_with_a_broken_one_the_call_ends() -> None:
    phone, _ = dialled(GATHER.format(""), next=[500])
    phone.press("1")
    assert (phone.waiting, phone.heard) == ("ended", [])
    phone, script = dialled(GATHER.format(""), fallback=True, next=[500])
    phone.press("1")
    assert (phone.waiting, script.paths[-1], len(phone.refused)) == ("ended", "/fallback", 1)


def test_documents_that_only_redirect_to_one_another_are_given_up() -> None:
    phone, script = dialled("<Redirect>/a</Redirect>", a=["<Redirect>b</Redirect>"], b=["<Redirect>/a</Redirect>"])
    assert phone.waiting == "ended"
    assert len(script.sent) == MOST_HOPS + 1
    assert "redirects without a word" in phone.refused[0]


def test_a_pause_is_waited_and_an_end_of_the_document_is_the_end_of_the_call() -> None:
    waited: list[int] = []
    phone, script = dialled(MENU, next=["<Pause length='3'/><Pause/><Say>Bye</Say>"], status=True)
    phone.pause = waited.append
    phone.press("1")
    assert (waited, phone.waiting) == ([3, 1], "ended")
    assert script.paths[-1] == "/status"
    assert script.last("CallStatus", "SequenceNumber") == {"CallStatus": "completed", "SequenceNumber": "0"}


def test_a_port_nobody_listens_on_is_a_failed_connection() -> None:
    with pytest.raises(LineFailed) as caught:
        HttpLine().post("http://127.0.0.1:1/voice", b"", {}, 1)
    assert caught.value.cause == "ct"
