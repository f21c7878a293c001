"""A call that the hotline has placed is led as any other once somebody has taken it up."""

from __future__ import annotations

from typing import Any

import pytest
from exchange_here import CUSTOMER, OURS, exchange, place
from scripted_hotline import BASE, TOKEN, Answer, Script

from ivr.carrier.delivery import Delivery
from ivr.carrier.exchange.telephone import RingingCall
from ivr.carrier.phone_call import HeardPrompt, NotAnswered, PhoneCall, PhoneNumberSetup

QUESTION = '<Gather action="/voice/t/2" numDigits="1"><Say language="en-US">Is that you?</Say></Gather>'
FIRST = f"CA{1:032x}"
OUT = "/voice/out/a1"


def phoned(answer: Answer = QUESTION, **more: list[Answer]) -> tuple[PhoneCall, Script]:
    script = Script({OUT: [answer], f"{OUT}/status": [204], **{f"/{name}": given for name, given in more.items()}})
    setup = PhoneNumberSetup(
        voice=f"{BASE}{OUT}", status=f"{BASE}{OUT}/status", fallback=f"{BASE}/fallback",
        detection=f"{BASE}{OUT}/status",
    )  # fmt: skip
    phone = PhoneCall(
        delivery=Delivery(script, TOKEN), number=setup, caller=OURS, called=CUSTOMER, direction="outbound-api"
    )
    return phone, script


def test_the_first_document_is_asked_for_when_somebody_answers() -> None:
    phone, script = phoned()
    phone.answered()
    assert script.last("From", "To", "CallStatus", "Direction", "AnsweredBy") == {
        "From": OURS, "To": CUSTOMER, "CallStatus": "in-progress", "Direction": "outbound-api", "AnsweredBy": None,
    }  # fmt: skip
    assert phone.heard == [HeardPrompt("Is that you?", "en-US")]
    assert phone.waiting == "gather"


def test_a_synchronous_detection_comes_with_the_first_request() -> None:
    phone, script = phoned()
    phone.answered("machine_start")
    assert script.last("AnsweredBy") == {"AnsweredBy": "machine_start"}


def test_an_asynchronous_detection_is_a_notice_of_its_own() -> None:
    phone, script = phoned()
    phone.answered()
    phone.detected("machine_start")
    path, form = script.sent[-1]
    assert path == f"{OUT}/status"
    assert (form["AnsweredBy"], form["MachineDetectionDuration"]) == ("machine_start", "3200")
    assert "CallStatus" not in form
    assert phone.waiting == "gather"


@pytest.mark.parametrize("how", ["busy", "no-answer", "failed", "canceled"])
def test_a_call_that_nobody_takes_up_is_told_of_and_no_more(how: NotAnswered) -> None:
    phone, script = phoned()
    phone.not_answered(how)
    assert script.paths == [f"{OUT}/status"]
    assert script.last("CallStatus", "CallDuration") == {"CallStatus": how, "CallDuration": "0"}


def test_what_the_customer_does_goes_to_the_action_and_keeps_the_direction() -> None:
    phone, script = phoned(**{"voice/t/2": ["<Hangup/>"]})
    phone.answered()
    phone.press("1")
    assert script.paths == [OUT, "/voice/t/2", f"{OUT}/status"]
    assert script.sent[1][1]["Direction"] == "outbound-api"
    assert phone.waiting == "ended"


def test_a_bad_document_of_ours_is_refused_as_in_any_other_call() -> None:
    phone, script = phoned("<Shout>Hello</Shout>", fallback=["<Say>Sorry</Say>"])
    phone.answered()
    assert "there is no verb Shout" in phone.refused[0]
    assert script.paths[:2] == [OUT, "/fallback"]
    assert [said.text for said in phone.heard] == ["Sorry"]


def taken_up(**wishes: Any) -> Script:
    """A call of the exchange that was taken up by a machine."""
    made, _ = exchange()
    script = Script({OUT: [QUESTION], f"{OUT}/fallback": ["<Say>Sorry</Say>"], f"{OUT}/status": [204]})
    place(made, Url=f"{BASE}{OUT}", FallbackUrl=f"{BASE}{OUT}/fallback", StatusCallback=f"{BASE}{OUT}/status", **wishes)
    made.advance()
    rings = RingingCall.of(made.answer(FIRST, "machine_start"))
    phone = rings.telephone(Delivery(script, TOKEN))
    rings.take_up(phone, "machine_start")
    phone.hang_up()
    return script


def test_the_exchange_rings_a_telephone_of_the_calls_own_urls() -> None:
    script = taken_up(MachineDetection="Enable")
    assert script.paths == [OUT]  # of its end the exchange tells itself
    assert script.last("CallSid", "AnsweredBy") == {"CallSid": FIRST, "AnsweredBy": "machine_start"}


def test_no_detection_is_told_where_none_was_asked_for() -> None:
    assert taken_up().last("AnsweredBy") == {"AnsweredBy": None}
