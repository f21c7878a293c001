"""A menu whose choice is said with a yes: who refuses or doubts has not taken it, whatever yes stands in the answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.engine.hearing import hear
from ivr.flow.compile import compile_release
from ivr.flow.model import StepKey
from ivr.flow.parse import parse
from ivr.lint.topics_of import ANY_DAY

FLOWS = Path(__file__).parents[2] / "flows"
RELEASE = compile_release(parse({file.name: file.read_bytes() for file in FLOWS.glob("*.yaml")}))
PERSON, NAMELESS, MAY_WE = "followup.person", "followup.nameless", "survey.may_we"
YES = {PERSON: "是本人", NAMELESS: "是的，打过电话", MAY_WE: "可以"}
REFUSED = {
    (MAY_WE, "en-US"): [
        "sure not",
        "don't go ahead",
        "I'm sure I don't want that",
        "sure, no",
        "not sure, go ahead?",
        "sure, bye",
    ],
    (MAY_WE, "zh-CN"): ["好的不用了", "不是很可以", "好的，不要", "可以什么可以，不行", "可以吗", "好的再见"],
    (PERSON, "en-US"): [
        *("this is not her", "that's not me speaking", "this is his wife", "this is his son speaking"),
        *("who is speaking", "who am I speaking to", "you are speaking to his brother", "this is her assistant"),
        *("this is a bad time", "this is ridiculous", "this is a scam", "I think this is a scam", "this is a business"),
        *("is this he or she you want", "this is his phone", "this isn't she speaking", "may I ask who's speaking"),
        *("speaking on her behalf", "speaking for her", "I am speaking for him", "this is Peter"),
    ],
    (PERSON, "zh-CN"): [
        "是的吗我不知道",
        "我是他老婆",
        "不是我",
        "是我爸的电话",
        "是我老公",
        "我是他儿子",
        "我是帮她接的",
        "是啊你找谁",
        "是我姐",
    ],
    (NAMELESS, "en-US"): [
        "I don't think I did",
        "maybe I did",
        "I don't remember that I called",
        "who says I called",
        "I called nobody",
        "I called no one",
        "I called years ago",
        "I called another company",
    ],
    (NAMELESS, "zh-CN"): [
        "不记得打过",
        "可能打过",
        "我老婆打过电话",
        "谁打过电话",
        "打过吗",
        "我没有打过电话",
        "我打过吗",
        "打过吧",
        "好久以前打过",
        "去年打过",
        "我哥打过",
        "他打过电话",
    ],
}
TAKEN = {
    (MAY_WE, "en-US"): ["sure", "sure, go ahead", "yes", "sure, no problem"],
    (MAY_WE, "zh-CN"): ["好的", "可以", "没问题", "可以的，没问题"],
    (PERSON, "en-US"): ["speaking", "this is he", "yes, this is she", "that's me", "yes, speaking", "yes it's me"],
    (PERSON, "zh-CN"): ["是的", "是我", "我就是", "是本人", "对的，是我", "正是", "我是啊"],
    (NAMELESS, "en-US"): ["I did", "yes I called", "I called yesterday"],
    (NAMELESS, "zh-CN"): ["打过", "是的，打过", "我昨天打过电话", "是我打的", "昨天打的", "对上个星期打的"],
}
BARE = {
    (MAY_WE, "en-US"): ["okay", "yeah", "yep", "fine", "of course", "all right", "why not"],
    (MAY_WE, "zh-CN"): ["好", "行", "嗯", "好啊", "可以啊", "行吧", "嗯，好", "ok"],
    (PERSON, "en-US"): ["yeah", "yep", "yup", "it is", "correct", "that's right", "uh huh", "yes yes", "yeah, hello"],
    (PERSON, "zh-CN"): ["是", "对", "嗯", "是啊", "对对对", "没错", "我是", "对，我是", "嗯嗯", "是本人", "對"],
    (NAMELESS, "en-US"): ["yeah", "yep", "that's right", "I did", "yes I did"],
    (NAMELESS, "zh-CN"): ["是", "对", "嗯", "对啊", "没错"],
}
AND_WHAT_NOW = {
    (PERSON, "en-US"): [
        *(
            "yes, what is it",
            "yes, what's this about?",
            "yeah, go on",
            "speaking, how can I help",
            "yeah what happened",
        ),
        *(
            "yes, how can I help you?",
            "this is she, what do you want",
            "that's right, what is it about",
            "yes go ahead",
        ),
    ],
    (PERSON, "zh-CN"): [
        *(
            "是的，什么事",
            "是我，怎么了",
            "对，你说",
            "是的，请讲",
            "是本人，有什么事吗？",
            "嗯，您说",
            "我是，请讲",
            "是我什么事",
        ),
        *("對，什麼事", "是的有事吗", "是我，你好", "对啊，咋了"),
    ],
    (NAMELESS, "en-US"): ["yes I did, what about it", "yes, go on", "I did, what happened"],
    (NAMELESS, "zh-CN"): ["打过，怎么了", "对，你说", "是的，有什么事吗"],
}
"""A yes, and what comes next is asked for."""
NOT_YET = {
    (PERSON, "en-US"): [
        "what is it",
        "what's this about?",
        "go on",
        "how can I help",
        "maybe, what is it",
        "is it? go on",
    ],
    (PERSON, "zh-CN"): ["什么事", "怎么了", "你说", "有事吗", "请讲", "你好", "是吗，什么事", "什么是，什么事"],
    (NAMELESS, "en-US"): ["what about it", "I don't remember, go on"],
    (NAMELESS, "zh-CN"): ["怎么了", "打过吗，怎么了", "不记得了，你说"],
}
NO_BARE_YES = {
    (MAY_WE, "en-US"): ["okay, no", "yeah?", "no", "who is this"],
    (MAY_WE, "zh-CN"): ["好烦", "好不好", "行什么行", "是吗"],
    (PERSON, "en-US"): [
        *("okay", "sure", "go ahead", "fine", "yeah?", "yeah, this is her son", "yes, she is my wife", "you are"),
        *("yes, let me get her", "yeah who is this", "yes, she is out", "is it"),
    ],
    (PERSON, "zh-CN"): [
        *(
            "好",
            "可以",
            "知道了",
            "行",
            "嗯？",
            "是，我妈",
            "对，她出去了",
            "是她老公",
            "对啊我是她老公",
            "是谁",
            "是吗",
        ),
        *("对不起", "对方不在", "是你爹", "是不是骗子", "你是谁", "对吗", "是王女士家"),
    ],
    (NAMELESS, "zh-CN"): ["好", "行", "是谁", "对不起", "有没有打过", "是不是打过"],
}


def _each(table: dict[tuple[str, str], list[str]]) -> list[tuple[str, str, str]]:
    return [(at, tag, said) for (at, tag), each in table.items() for said in each]


def _heard(at: str, tag: str, said: str) -> tuple[str, ...]:
    flow, step = at.split(".")
    return hear(RELEASE, StepKey(flow, step), tag, said, ANY_DAY)[:2]


@pytest.mark.parametrize(("at", "tag", "said"), _each(REFUSED))
def test_who_refuses_or_doubts_has_not_said_yes(at: str, tag: str, said: str) -> None:
    assert _heard(at, tag, said) != ("choice", YES[at])


@pytest.mark.parametrize(("at", "tag", "said"), _each(BARE))
def test_a_bare_yes_is_the_choice_that_is_said_with_a_yes(at: str, tag: str, said: str) -> None:
    assert _heard(at, tag, said) == ("choice", YES[at])


@pytest.mark.parametrize(("at", "tag", "said"), _each(AND_WHAT_NOW))
def test_who_says_yes_and_asks_what_it_is_about_has_said_yes(at: str, tag: str, said: str) -> None:
    assert _heard(at, tag, said) == ("choice", YES[at])


@pytest.mark.parametrize(("at", "tag", "said"), _each(NOT_YET))
def test_who_only_asks_what_it_is_about_has_not(at: str, tag: str, said: str) -> None:
    assert _heard(at, tag, said) != ("choice", YES[at])


@pytest.mark.parametrize(("at", "tag", "said"), _each(NO_BARE_YES))
def test_what_is_more_than_a_bare_yes_or_says_only_that_one_is_willing_is_none(at: str, tag: str, said: str) -> None:
    assert _heard(at, tag, said) != ("choice", YES[at])


@pytest.mark.parametrize("said", ["是不是骗子", "认不认识她"])
def test_a_question_that_holds_a_denial_is_no_denial(said: str) -> None:
    assert _heard(PERSON, "zh-CN", said) != ("choice", "不是本人")


@pytest.mark.parametrize(("at", "tag", "said"), _each(TAKEN))
def test_who_says_yes_is_heard(at: str, tag: str, said: str) -> None:
    assert _heard(at, tag, said) == ("choice", YES[at])


@pytest.mark.parametrize(("tag", "said"), [("en-US", "yeah"), ("en-US", "sure"), ("en-US", "okay"), ("zh-CN", "好")])
@pytest.mark.parametrize("at", [PERSON, NAMELESS])
def test_nobody_is_rung_another_time_for_a_yes(at: str, tag: str, said: str) -> None:
    assert _heard(at, tag, said) != ("choice", "现在不方便")


ABSENT = {
    "en-US": ["she is not here", "he's out", "yes, she is out", "my wife is at work", "not a good time", "I'm driving"],
    "zh-CN": ["她不在", "他出去了", "是我老婆她不在家", "我在开车", "晚点再打", "我妈不在", "等会再打来"],
}


@pytest.mark.parametrize(("tag", "said"), [(tag, said) for tag, each in ABSENT.items() for said in each])
def test_who_has_no_time_or_says_that_the_customer_is_out_is_rung_another_time(tag: str, said: str) -> None:
    assert _heard(PERSON, tag, said) == ("choice", "现在不方便")


GONE = {
    "en-US": ["she passed away", "my husband died last year", "he is no longer with us", "he moved away",
              "she no longer works here", "he doesn't live here anymore"],
    "zh-CN": ["他去世了", "她已经不在了", "她不在这里住了", "他离职了", "她搬走了", "他不在这个公司了"],
}  # fmt: skip
NO_TIME_OF_THEIRS = {
    "en-US": ["who are you working for"],
    "zh-CN": ["有事吗", "你找他有事吗", "请问有什么事"],
}


@pytest.mark.parametrize(("tag", "said"), [(tag, said) for tag, those in GONE.items() for said in those])
def test_who_has_died_or_moved_is_not_phoned_at_another_time(tag: str, said: str) -> None:
    assert _heard(PERSON, tag, said) == ("choice", "不是本人")


@pytest.mark.parametrize(("tag", "said"), [(tag, said) for tag, those in NO_TIME_OF_THEIRS.items() for said in those])
def test_who_asks_what_it_is_about_has_not_put_it_off(tag: str, said: str) -> None:
    assert _heard(PERSON, tag, said)[0] == "no_match"
