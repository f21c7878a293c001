"""Random callers: the same seed makes the same caller, they understand what they hear, and personas show."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from ivr.carrier.arrivals import Days, some_number
from ivr.carrier.caller_actions import CallerAction, EndTransfer, HangUp, LeaveMessage, Press, SayWords, Silence
from ivr.carrier.callers import MOST_ACTS, RandomCaller
from ivr.carrier.delivery import Delivery
from ivr.carrier.line import Reply
from ivr.carrier.personas import BY_NAME, PERSONAS, Persona
from ivr.carrier.phone_call import HeardPrompt, PhoneCall, PhoneNumberSetup
from ivr.carrier.question import understood
from ivr.carrier.shrinking import Acts, Shrinking

URL = "http://127.0.0.1"
MENU = (
    '<Gather action="/voice" numDigits="1" input="dtmf speech" hints="loan,a person"><Say language="en-US">'
    "For a loan, press 1. For a card, press 2. For a person, press 0.</Say></Gather><Redirect>/voice</Redirect>"
)
ENTRY = '<Gather action="/voice" finishOnKey="#"><Say>Enter your number.</Say></Gather><Redirect>/voice</Redirect>'
STORY = '<Say>Speak.</Say><Record action="/voice"/><Redirect>/voice</Redirect>'
DESK = '<Dial action="/voice"><Number>+862155500100</Number></Dial>'


class Round:
    """A hotline that asks one thing after another, for ever."""

    def __init__(self, *documents: str) -> None:
        self.documents, self.asked = documents, 0

    def post(self, url: str, body: bytes, headers: object, timeout: float) -> Reply:
        self.asked += 1
        document = self.documents[self.asked % len(self.documents)]
        return Reply(200, "text/xml", f"<Response>{document}</Response>".encode())


def acts_of(seed: int | str, *documents: str, persona: Persona | None = None) -> list[CallerAction]:
    call = PhoneCall(
        delivery=Delivery(Round(*documents), "token"),
        number=PhoneNumberSetup(voice=f"{URL}/voice"),
        caller="+862155501234",
        called="+862155500000", call="CA1",
    )  # fmt: skip
    caller = RandomCaller(seed, persona)
    caller.play(call)
    assert call.waiting == "ended"
    assert not call.refused
    return [act for _, act in caller.acts]


def test_the_same_seed_makes_the_same_caller() -> None:
    calls = [acts_of(seed, MENU, ENTRY, STORY, DESK) for seed in (1, 1, 2)]

    assert calls[0] == calls[1] != calls[2]


def test_every_kind_of_act_is_seen_and_every_call_comes_to_an_end() -> None:
    seen = {type(act) for seed in range(60) for act in acts_of(seed, MENU, ENTRY, STORY, DESK)}

    assert seen == {Press, SayWords, Silence, LeaveMessage, EndTransfer, HangUp}


def test_nobody_goes_on_for_ever() -> None:
    patient = Persona(name="patient", share=1, hang_up=0)

    assert max(len(acts_of(seed, MENU, ENTRY, STORY, persona=patient)) for seed in range(20)) <= MOST_ACTS + 1


@pytest.mark.parametrize(
    ("persona", "act", "least"),
    [("silent", Silence, 0.5), ("talks instead of pressing", SayWords, 0.5), ("presses wrong", Press, 0.6)],
)
def test_a_persona_shows(persona: str, act: type, least: float) -> None:
    done = [one for seed in range(80) for one in acts_of(seed, MENU, ENTRY, persona=BY_NAME[persona])]

    assert sum(isinstance(one, act) for one in done) / len(done) > least


def test_who_hangs_up_makes_short_calls() -> None:
    lengths = {
        name: sum(len(acts_of(seed, MENU, ENTRY, persona=BY_NAME[name])) for seed in range(60))
        for name in ("hangs up", "elderly")
    }
    assert lengths["hangs up"] < lengths["elderly"]


def test_personas_have_names_of_their_own_and_whole_shares() -> None:
    assert len(BY_NAME) == len(PERSONAS)
    assert sum(persona.share for persona in PERSONAS) == 100
    for persona in PERSONAS:
        assert persona.silent + persona.talks + persona.wrong + persona.person + persona.back + persona.repeat <= 100


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("For a loan, press 1. For a card, press 2.", "12"), ("投诉，请按3。人工服务，请按0。", "30"),
        ("1分最低，5分最高，请按1到5。", "12345"), ("How was our service? Press 1 to 5. Five is best.", "12345"),
        ("重听，请按星号；结束请按井号。", "*#"), ("To hear this again, press star.", "*"),
        ("Kreditkarte: 1. Darlehen: 2.", "12"), ("Your number is 430 232 624.", ""),
    ],
)  # fmt: skip
def test_the_keys_announced_are_understood(words: str, keys: str) -> None:
    assert [key for key, _ in understood([HeardPrompt(words, "en-US")], {"numDigits": "1"}).keys] == list(keys)


def test_a_question_in_two_languages_is_understood_in_both() -> None:
    heard = [HeardPrompt("普通话请按1。", "cmn-CN"), HeardPrompt("For English, press 2.", "en-US")]

    question = understood(heard, {"hints": "中文,English"})

    assert question.keys == (("1", "cmn-CN"), ("2", "en-US"))
    assert question.languages == ("cmn-CN", "en-US")
    assert question.words == ("中文", "English")


def test_an_entry_is_typed_to_its_length_or_its_finish_key() -> None:
    calm = Persona(name="calm", share=1, silent=0, talks=0, wrong=0, person=0, back=0, repeat=0)
    fixed = ENTRY.replace('finishOnKey="#"', 'numDigits="4"')

    typed = {act.keys for seed in range(30) for act in acts_of(seed, fixed, persona=calm) if isinstance(act, Press)}
    ended = [act.keys for seed in range(30) for act in acts_of(seed, ENTRY, persona=calm) if isinstance(act, Press)]

    assert typed and all(len(keys) == 4 and keys.isdigit() for keys in typed)
    assert sum(keys.endswith("#") for keys in ended) / len(ended) > 0.8
    assert "02155501234#" in ended


def test_shrinking_leaves_only_the_acts_that_matter() -> None:
    tried: list[Acts] = []

    def fails(acts: Acts) -> Acts | None:
        tried.append(acts)
        keys = [act.keys for act in acts if isinstance(act, Press)]
        return acts if "3" in keys and any(isinstance(act, LeaveMessage) for act in acts) else None

    long = (
        Press("1"),
        Silence(),
        Press("3"),
        SayWords("a loan", 0.7),
        Press("2"),
        LeaveMessage(30, "a story", "#"),
        HangUp(9),
    )

    assert Shrinking(fails).shrink(long) == (Press("3"), LeaveMessage(1, "", "#"))
    assert len(tried) == len(set(tried)) < 60


def test_shrinking_gives_up_after_so_many_tries() -> None:
    tried: list[Acts] = []

    def fails(acts: Acts) -> None:
        tried.append(acts)

    acts = tuple(Press(str(n)) for n in range(50))

    assert Shrinking(fails, most=20).shrink(acts) == acts
    assert len(tried) == 20


def test_callers_ring_by_day_on_workdays_and_some_come_back() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    until = datetime(2026, 3, 16, 12, 0, tzinfo=zone)

    arrivals = list(Days(1, 200, zone).between(date(2026, 3, 2), until))

    moments = [arrival.at for arrival in arrivals]
    assert moments == sorted(moments) and moments[-1] < until
    hours = Counter(at.hour for at in moments)
    assert hours[10] > 10 * hours[3]
    by_day = Counter(at.date() for at in moments)
    assert by_day[date(2026, 3, 9)] > by_day[date(2026, 3, 8)]  # a Monday and the Sunday before
    assert 2700 < len(arrivals) < 3200
    known = Counter(arrival.person.number for arrival in arrivals if arrival.person.number)
    assert 0.15 < sum(n - 1 for n in known.values()) / len(arrivals) < 0.45
    again = list(Days(1, 200, zone).between(date(2026, 3, 2), until - timedelta(days=1)))
    assert again == arrivals[: len(again)]


def test_all_numbers_are_fictional() -> None:
    chance = Random(1)
    numbers = {some_number(chance) for _ in range(3000)}

    assert "" in numbers
    assert all(number.startswith(("+86215550", "+120255501")) for number in numbers if number)
