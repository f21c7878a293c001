"""No sequence of inputs gives an exception, silence or an endless turn; a state survives its codec; the words of a turn
change nothing that happens in it."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.call.events import Ended
from ivr.call.inputs import (
    Digits,
    Given,
    Masked,
    NoInput,
    Recording,
    ReplyRefused,
    Resume,
    Speech,
    Start,
    Transferred,
)
from ivr.call.state import decode_state, encode_state
from ivr.call.verbs import Ask, Hangup, LastResort, RecordVerb, Speak, TransferVerb
from ivr.engine.turn import begin, take_turn
from ivr.engine.unheard import take_unheard
from ivr.flow.model import Release
from ivr.flow.words import words

NOW = datetime(2026, 3, 2, 14, 10, tzinfo=UTC)
KEYS = st.text(alphabet="0123456789*#", max_size=14)
INPUTS = st.one_of(
    st.builds(Digits, keys=KEYS),
    st.builds(Digits, keys=st.sampled_from("0123456789*#")),
    st.builds(
        Speech,
        text=st.sampled_from(["投诉", "人工", "信用卡 贷款", "yes", "一", "没有", "blah"]) | st.text(max_size=20),
    ),
    st.just(NoInput()),
    st.builds(
        Recording, recording=st.just("RE1"), seconds=st.integers(0, 60), key=st.sampled_from(["", "#", "0", "9", "*"])
    ),
    st.builds(Transferred, outcome=st.sampled_from(["answered", "busy", "no_answer", "failed"])),
    st.just(Resume()),
    st.builds(ReplyRefused, code=st.just(12100)),
    st.builds(Masked, length=st.integers(0, 20), fits=st.booleans()),
    st.just(Start()),
)
FACTS = st.fixed_dictionaries(
    {"hours.agents": st.sampled_from(["open", "closed", "holiday"])},
    optional={"caller.phone": st.just("+8613800138000")},
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(moves=st.lists(st.tuples(INPUTS, FACTS), max_size=40))
def test_no_sequence_of_inputs_breaks_silences_or_strands_a_call(hotline: Release, moves: list) -> None:
    state = begin(hotline, "main")
    for number, (came, facts) in enumerate([(Start(), {}), *moves], 1):
        given_ = Given(input=came, turn=number, facts=facts)

        turn = take_turn(hotline, state, given_, NOW)

        assert take_turn(hotline, state, given_, NOW) == turn
        assert take_unheard(hotline, state, given_) == (turn.state, turn.events)
        assert isinstance(turn.verbs[-1], Ask | RecordVerb | TransferVerb | Hangup | LastResort)
        spoken = [words(hotline, v.prompt, v.language, v.values) for v in turn.verbs if isinstance(v, Speak)]
        assert "".join(spoken).strip()
        assert len(turn.verbs) <= hotline.limits.steps_in_a_turn * 12
        assert sum(isinstance(event, Ended) for event in turn.events) <= 1
        assert decode_state(encode_state(turn.state)) == turn.state
        state = turn.state
