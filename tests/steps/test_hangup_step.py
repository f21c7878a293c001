"""`hangup`: last words, and how the call counts."""

from __future__ import annotations

import pytest
from step_call import StepCall

from ivr.call.events import Ended
from ivr.call.inputs import Digits
from ivr.call.verbs import Hangup, Speak


@pytest.mark.parametrize(("written", "counts"), [("", "completed"), (", as: out_of_hours", "out_of_hours")])
def test_the_call_ends_with_its_last_words_and_counts_as_written(written: str, counts: str) -> None:
    call = StepCall("it: {hangup: {zh-CN: 再见。, en-US: Good night.}" + written + "}\n")

    assert (call.heard, call.at) == ("Good night.", "")
    assert [event for event in call.events if isinstance(event, Ended)] == [Ended(counts)]  # type: ignore[arg-type]
    assert isinstance(call.verb, Hangup)
    assert [v.interrupt for v in call.verbs if isinstance(v, Speak)] == [False]


def test_whatever_comes_after_the_end_hears_goodbye_and_ends_nothing_again() -> None:
    call = StepCall("it: {hangup: {zh-CN: 再见。, en-US: Good night.}}\n").take(Digits("1"))

    assert (call.heard, sum(isinstance(event, Ended) for event in call.events)) == (
        "Thank you for calling. Goodbye.",
        1,
    )
    assert isinstance(call.verb, Hangup)


def test_what_is_declared_is_what_is_done() -> None:
    declared = StepCall('it: {hangup: {zh-CN: 再见。, en-US: "Bye, {caller.phone:phone}."}}\n').declared

    assert (declared.reads, declared.exits, declared.inputs) == ({"caller.phone"}, {}, ())
