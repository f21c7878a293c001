"""`menu`: a choice by what the caller's words are about, and an utterance that answers as many menus as know it."""

from __future__ import annotations

import msgspec
import pytest
from step_call import StepCall

from ivr.call.events import Event, ExitTaken
from ivr.call.inputs import Digits, Speech
from ivr.call.verbs import Ask

TOPICS = """\
topics:
  card_lost:
    zh-CN: [我的卡丢了怎么办, 银行卡找不到了, 卡不知道掉在哪里了]
    en-US: [I lost my card last night, my card is missing, I cannot find my debit card]
  loan_rate:
    zh-CN: [房贷利率是多少, 贷款利息怎么算]
    en-US: [what is the interest on a mortgage, how much interest do I pay on a loan]
  loan_early:
    zh-CN: [贷款可以提前还吗, 提前还款有违约金吗]
    en-US: [may I pay my loan back early, is there a fee for paying early]
  service_rude:
    zh-CN: [你们柜员态度太差了, 工作人员骂人]
    en-US: [your clerk was rude to me, the people at the branch were unfriendly]
  other_balance:
    zh-CN: [查一下余额, 我卡里还有多少钱]
    en-US: [tell me my balance, how much money is in my account]
"""
FRONT = """\
it:
  menu: {zh-CN: 请选择。, en-US: How can we help?}
  choices:
    1: {label: {zh-CN: 挂失, en-US: a lost card}, topics: [card_lost], next: lost}
    2: {label: {zh-CN: 贷款, en-US: loans}, topics: [loan_*], next: on_the_way}
    3: {label: {zh-CN: 投诉, en-US: a complaint}, topics: [service_rude], next: again}
on_the_way: {set: {call.elderly: no}, next: which}
which:
  menu: {zh-CN: 哪一方面？, en-US: What about your loan?}
  save: part
  choices:
    1: {is: rate, label: {zh-CN: 利率, en-US: the rate}, topics: [loan_rate], next: rates}
    2: {is: apply, label: {zh-CN: 申请, en-US: applying}, next: applies}
again:
  menu: {zh-CN: 投诉什么？, en-US: Complain about what?}
  choices:
    1: {label: {zh-CN: 服务, en-US: service}, topics: [service_*], next: it}
"""
ENDS = "lost rates applies"
KEYS = """\
call: {elderly: {type: yes_no, starts: no}}
shortcuts:
  0: {next: goodbye, label: {zh-CN: 人工, en-US: a person}, topics: [other_*], announce: yes}
  9: {next: back, label: {zh-CN: 返回, en-US: go back}}
"""


SHORT = """\
topics:
  card_lost:
    zh-CN: [卡丢了, 银行卡不见了, 我的卡丢了怎么办]
    en-US: [lost card, card is missing, I lost my card]
  loan_rate: {zh-CN: [房贷利率, 房贷利率是多少], en-US: [mortgage rate, what is the mortgage rate]}
  service_rude: {zh-CN: [你们柜员态度太差了], en-US: [your clerk was rude]}
  other_balance: {zh-CN: [查余额], en-US: [my balance]}
"""


def front(language: str = "en-US", keys: str = "", topics: str = TOPICS) -> StepCall:
    return StepCall(FRONT, ENDS, language=language, keys=KEYS + keys, topics=topics)


def exits(call: StepCall) -> list[tuple[str, str, str]]:
    return [(event.step, event.exit, event.topic) for event in call.events if isinstance(event, ExitTaken)]


@pytest.mark.parametrize(
    ("language", "said"), [("en-US", "Help, I lost my card at the market"), ("zh-CN", "哎呀我的银行卡找不到了")]
)
def test_what_nobody_listed_word_for_word_takes_the_choice_of_its_topic(language: str, said: str) -> None:
    call = front(language).take(Speech(said))

    assert (call.at, call.failed) == ("lost", [])
    assert [(step, topic) for step, _, topic in exits(call)] == [("it", "card_lost")]


def test_an_utterance_answers_as_many_menus_as_know_its_topic() -> None:
    call = front().take(Speech("tell me what interest a mortgage has"))

    assert call.at == "rates"
    assert exits(call) == [("it", "贷款", "loan_rate"), ("on_the_way", "next", ""), ("which", "rate", "loan_rate")]
    assert call.values == {"part": "rate"}


def test_the_first_menu_that_does_not_list_the_topic_is_asked() -> None:
    call = front().take(Speech("can I pay back my loan early"))

    assert (call.at, call.failed) == ("which", [])
    assert "What about your loan?" in call.heard
    assert exits(call)[0] == ("it", "贷款", "loan_early")


def test_a_topic_lasts_for_its_turn_alone() -> None:
    call = front().take(Speech("can I pay back my loan early"), Digits("9"), Digits("2"))

    assert call.at == "which"
    assert "What about your loan?" in call.heard


def test_back_leads_to_the_menu_that_was_asked() -> None:
    call = front().take(Speech("tell me what interest a mortgage has"), Digits("9"))

    assert call.at == "it"
    assert "How can we help?" in call.heard


def test_a_topic_that_would_lead_round_for_ever_is_asked() -> None:
    call = front().take(Speech("the clerk was very rude"))

    assert call.at == "it"
    assert "How can we help?" in call.heard
    assert [step for step, _, topic in exits(call) if topic] == ["it", "again"]


def test_a_shortcut_lists_topics_too() -> None:
    call = front().take(Speech("what is my balance please"))

    assert call.at == ""
    assert exits(call) == [("it", "shortcut 0", "other_balance")]


def test_what_is_between_two_choices_is_asked_with_these_two_alone() -> None:
    call = front().take(Speech("I lost my card and the clerk was rude to me"))

    assert (call.at, call.failed) == ("it", ["no_match"])
    assert "a lost card" in call.heard
    assert "a complaint" in call.heard
    assert "For loans" not in call.heard


def test_a_wish_denied_is_asked_never_taken() -> None:
    call = front().take(Speech("I don't want to talk about a lost card"))

    assert (call.at, call.failed) == ("it", ["no_match"])
    assert "For a lost card, press 1" in call.heard


def test_what_is_about_nothing_here_is_no_match() -> None:
    call = front().take(Speech("do penguins have knees"))

    assert (call.at, call.failed) == ("it", ["no_match"])
    assert call.heard.startswith("Sorry")


def test_the_hotline_says_how_sure_is_sure() -> None:
    said = Speech("Help, I lost my card at the market")

    assert front(keys="speech: {sure: 99%}\n").take(said).failed == ["no_match"]
    assert front(keys="speech: {sure: 1%, perhaps: 1%}\n").take(said).at == "lost"
    assert front(keys="speech: {sure: 99%, perhaps: 99%}\n").take(said).heard.startswith("Sorry")


def test_a_word_of_a_choice_wins_over_topics() -> None:
    call = front().take(Speech("a complaint: I lost my card last night"))

    assert call.at == "again"


def test_an_exit_without_a_topic_is_kept_as_ever() -> None:
    encoded = msgspec.json.encode(ExitTaken("main", "it", "loans"))

    assert encoded == b'{"type":"exit","flow":"main","step":"it","exit":"loans"}'
    assert msgspec.json.decode(encoded, type=Event) == ExitTaken("main", "it", "loans")


def test_the_recogniser_is_told_short_examples_behind_the_words_of_the_choices() -> None:
    call = front("zh-CN", topics=SHORT)
    asked = call.verb

    assert isinstance(asked, Ask)
    assert call.release.hints[asked.hints]["zh-CN"] == [
        "挂失",
        "贷款",
        "投诉",
        "卡丢了",
        "银行卡不见了",
        "房贷利率",
        "查余额",
    ]
    assert call.release.hints[asked.hints]["en-US"] == [
        *("a lost card", "loans", "a complaint"), *("card is missing", "lost card"), "mortgage rate", "my balance",
    ]  # fmt: skip


def test_the_order_of_the_examples_says_nothing_of_that_of_the_hints() -> None:
    turned = SHORT.replace("[卡丢了, 银行卡不见了,", "[银行卡不见了, 卡丢了,")

    assert turned != SHORT
    assert front("zh-CN", topics=SHORT).release.hints == front("zh-CN", topics=turned).release.hints


def test_no_more_is_told_than_the_provider_takes_and_words_come_first() -> None:
    many = ", ".join(f"card {n}" for n in range(600))
    call = front(topics=SHORT.replace("lost card,", f"{many}, lost card,"))
    asked = call.verb

    assert isinstance(asked, Ask)
    told = call.release.hints[asked.hints]["en-US"]
    assert (len(told), told[:3]) == (500, ["a lost card", "loans", "a complaint"])
