"""What is about no topic: nothing at all, something else, the opposite, or a wish that is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.engine.hearing import hear
from ivr.flow.compile import compile_release
from ivr.flow.model import StepKey
from ivr.flow.parse import parse
from ivr.lint.topics_of import ANY_DAY
from ivr.speech.by_topic import MenuTopics
from ivr.speech.opposites import contrary, opposed, sides
from ivr.speech.topics import Example, Topics
from ivr.speech.understood import Understood
from ivr.speech.wished import parted, says_nothing
from ivr.speech.words import words_of
from tests.speech.corpus import Said, corpus

FLOWS = Path(__file__).parents[2] / "flows"
RELEASE = compile_release(parse({file.name: file.read_bytes() for file in FLOWS.glob("*.yaml")}))
LED = {"loan": "业务咨询", "account": "业务咨询", "wealth": "业务咨询", "complaint": "投诉", "投诉": "投诉",
       "feedback": "意见和评价"}  # fmt: skip
SAID = [(language, tag, said) for language, tag in (("en", "en-US"), ("zh", "zh-CN"))
        for name in (language, f"later.{language}") for said in corpus(f"no_topic/{name}.txt")]  # fmt: skip
STILL_ASKED = {"en": 5, "zh": 8}
"""Of what is about nothing, so many utterances are asked about; more is a step back."""
OF_WORDS = {
    "没有建议",
    "客户经理骗我",
    "我没投诉",
    "can you repeat that",
    "is anybody there",
    "再说一次好吗",
    "我没听清",
}
"""Caught by a word of the flows before topics are asked."""
TOO_NEAR = {"how do I get a passport", "怎么申请护照"}
"""Taken falsely for what they share with an example; a topic of their own would tell them apart."""


def _heard(tag: str, text: str) -> Understood:
    return hear(RELEASE, StepKey("main", "menu"), tag, text, ANY_DAY)


def _those(kind: str) -> list[tuple[str, str, Said]]:
    return [each for each in SAID if each[2].means.split()[0] == kind and each[2].text not in OF_WORDS | TOO_NEAR]


def test_what_is_about_nothing_is_never_taken_and_seldom_asked_about() -> None:
    outside = [
        (language, _heard(tag, said.text)) for kind in ("nothing", "else") for language, tag, said in _those(kind)
    ]
    asked = {
        name: sum(heard.outcome == "ask" for language, heard in outside if language == name) for name in STILL_ASKED
    }

    assert {heard.outcome for _, heard in outside} <= {"no_match", "ask"}
    assert {name: asked[name] for name in asked if asked[name] > STILL_ASKED[name]} == {}


@pytest.mark.parametrize(("tag", "said"), [each[1:] for each in _those("not")])
def test_the_opposite_of_a_topic_is_not_taken_for_it(tag: str, said: Said) -> None:
    assert not _heard(tag, said.text).topic.startswith(said.means.split()[1])


@pytest.mark.parametrize(("tag", "said"), [each[1:] for each in _those("refused")])
def test_a_wish_that_is_refused_leads_to_nothing_of_its_topic(tag: str, said: Said) -> None:
    assert LED[said.means.split()[1]] not in _heard(tag, said.text).choices


@pytest.mark.parametrize(("tag", "said"), [each[1:] for each in _those("still")])
def test_what_is_short_and_about_a_topic_is_understood(tag: str, said: Said) -> None:
    heard, meant = _heard(tag, said.text), said.means.split()[1]

    announced = meant == "0" and heard.outcome == "ask"  # the shortcut is said behind what is asked about
    assert meant in heard.choices or (heard.outcome, heard.name) == ("shortcut", meant) or announced


@pytest.mark.parametrize(
    ("text", "language", "wanted", "refused"),
    [
        ("I don't want to complain", "en", "i", "dont want to complain"),
        ("I don't want a loan, I want a card", "en", "i , i want a card", "dont want a loan, "),
        ("not a loan", "en", "", "loan"),
        ("my card was not accepted", "en", "my card was not accepted", ""),
        ("no money came out of the machine", "en", "no money came out of the machine", ""),
        ("I have no idea what this charge is", "en", "I have no idea what this charge is", ""),
        ("我不投诉，我想问房贷", "zh", ", 我想问房贷", "投诉, "),
        ("我不想投诉我想问房贷", "zh", "我 我想问房贷", "不想投诉"),
        ("我不能登录", "zh", "我不能登录", ""),
        ("房贷就不要了", "zh", "", "房贷就不要了"),
        ("I'm not receiving my statements", "en", "I'm not receiving my statements", ""),
        ("I won't open an account", "en", "", "open an account"),
        ("你们不处理投诉", "zh", "你们不处理投诉", ""),
        ("能不能投诉", "zh", "能不能投诉", ""),
        ("no quiero un préstamo", "es", "", "no quiero un préstamo"),
        ("không muốn vay", "vi", "không muốn vay", ""),
    ],
)
def test_what_is_refused_is_parted_from_what_is_wanted(text: str, language: str, wanted: str, refused: str) -> None:
    known = {"投诉", "登录", "处理"}

    assert [" ".join(each.split()) for each in parted(text, language, known)] == [wanted.strip(), refused.strip()]


@pytest.mark.parametrize(
    ("text", "language", "nothing"),
    [
        ("what", "en", True), ("hello, can you hear me?", "en", True), ("okay thanks", "en", True),
        ("what about loans", "en", False), ("cancel", "en", True), ("I have an idea", "en", False),
        ("你好", "zh", True), ("喂，你好", "zh", True), ("我想", "zh", True), ("哪里", "zh", True),
        ("你好，贷款", "zh", False), ("回电怎么还没来", "zh", False), ("会员", "zh", False),
        ("hola, buenos días", "es", True),
        ("was", "de", True), ("hello", "vi", False), ("", "en", True),
    ],
)  # fmt: skip
def test_a_greeting_or_a_mere_question_word_says_nothing(text: str, language: str, nothing: bool) -> None:
    assert says_nothing(text, language) is nothing


def test_an_example_that_says_nothing_is_still_heard() -> None:
    topics = Topics([Example("你好", "greeting"), Example("我要贷款", "loan")], "zh")

    assert MenuTopics(topics, {"hi": ["greeting"], "loans": ["loan"]}).best("你好").names[:1] == ("hi",)


def test_a_topic_whose_examples_refuse_is_meant_by_who_refuses() -> None:
    topics = Topics([Example("I don't want my account any more", "close"), Example("open an account", "open")], "en")
    menu = MenuTopics(topics, {"closing": ["close"], "opening": ["open"]})

    assert menu.best("I don't want this account").names[0] == "closing"


def test_closing_is_heard_where_a_topic_is_about_it() -> None:
    topics = Topics(
        [Example("I want to close my account", "close"), Example("I want to open an account", "open")], "en"
    )
    menu = MenuTopics(topics, {"closing": ["close"], "opening": ["open"]})

    assert menu.best("how can I close my account").names == ("closing",)
    assert menu.best("how can I open my account").names == ("opening",)


def test_a_pair_is_opposed_either_way_and_both_sides_leave_it_open() -> None:
    opening, closing, both = sides("I want to open an account"), sides("close it"), sides("cancel my application")

    assert opposed(closing, opening) and opposed(opening, closing)
    assert not opposed(opening, opening) and not opposed(frozenset(), opening)
    applying = sides("how do I apply")
    assert contrary(both, applying) and not opposed(both, applying)
    assert not contrary(both, applying | sides("or cancel"))


def test_a_choice_whose_word_is_only_refused_is_not_asked_about() -> None:
    words = words_of({"complaint": ["complain/complaint"], "loans": ["loan"]})

    assert words.refused("I don't want to complain") == {"complaint"}
    assert words.refused("I don't want to complain, it is a complaint") == frozenset()
    assert words.refused("I want to complain") == frozenset()


@pytest.mark.parametrize(
    "said",
    ["no I want a loan", "no just a loan", "我想问别的贷款", "别人的贷款", "不止贷款", "不过我想问贷款",
     "我有一笔别墅贷款", "不一样的贷款"],
)  # fmt: skip
def test_a_no_before_a_wish_and_a_word_with_a_no_in_it_refuse_nothing(said: str) -> None:
    assert parted(said, "en" if said.isascii() else "zh", frozenset(("贷款", "款"))).refused == ""


@pytest.mark.parametrize(
    ("said", "wanted"),
    [("not a loan but a mortgage", "a mortgage"), ("not a complaint i need a loan", "a loan"),
     ("不是贷款是信用卡", "信用卡"), ("我不是投诉我是问贷款", "问贷款"), ("不想投诉就问贷款", "贷款")],
)  # fmt: skip
def test_what_is_wanted_behind_a_refusal_counts_without_a_comma(said: str, wanted: str) -> None:
    found = parted(said, "en" if said.isascii() else "zh", frozenset(("贷款", "投诉")))

    assert found.refused and found.wanted.endswith(wanted)


@pytest.mark.parametrize(
    "said", ["I have no access to my account", "no response on my loan", "no money in my account", "a no fee account"]
)
def test_a_lack_is_no_refusal(said: str) -> None:
    assert parted(said, "en", frozenset()).refused == ""
