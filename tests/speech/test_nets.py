"""Word nets: what they catch, what shuts them out, which wins, and what is wrong with one as it is written."""

from __future__ import annotations

import pytest
from ten_ms import least, ten_ms

from ivr.speech.clause import LONGEST_SEARCHED, clauses
from ivr.speech.hints import to_expect
from ivr.speech.net import net
from ivr.speech.net_mistakes import is_net, mistake_in
from ivr.speech.words import words_of

CARD = "lost/stolen/cant find + card/wallet - pin/password"
CARD_ZH = "卡/存折 + 丢/不见 - 密码"


def caught(text: str, *written: str) -> bool:
    return bool(words_of({"it": written}).caught(text))


@pytest.mark.parametrize(
    ("said", "is_caught"),
    [
        ("I lost my card", True),
        ("my wallet, please hurry, was stolen", True),
        ("my card, I lost it", True),
        ("my card. It was stolen.", True),
        ("I can't find it anywhere, my wallet", True),
        ("I would like a new card, they stole my bicycle", False),
        ("my card, I lost my pin", False),
        ("no card, I lost my patience", False),
        ("The card I LOST yesterday!", True),
        ("I can't find my card", True),
        ("I can’t find my card", True),
        ("I lost my card and my pin", False),
        ("I know my pin, but I lost my card", True),
        ("I lost it, the card", True),
        ("lost", False),
        ("cardboard lost", False),
        ("I don't want to report a lost card", False),
        ("not a lost card, a stolen wallet", True),
    ],
)
def test_a_net_catches_one_phrase_of_each_part_in_a_clause_and_what_it_mentions(said: str, is_caught: bool) -> None:
    assert caught(said, CARD) == is_caught


@pytest.mark.parametrize(
    ("said", "is_caught"),
    [
        ("我的卡丢了", True),
        ("丢了一张卡", True),
        ("卡 不 见 了", True),
        ("卡的密码丢了", False),
        ("不是丢卡", False),
        ("丢了，卡", True),
        ("我的卡，丢了", True),
        ("我的卡，那个，不见了", True),
        ("我想办一张新的信用卡，工作丢了所以还不上", False),
        ("卡，密码丢了", False),
        ("不要卡，丢了", False),
    ],
)
def test_a_net_in_a_script_without_blanks_looks_anywhere(said: str, is_caught: bool) -> None:
    assert caught(said, CARD_ZH) == is_caught


@pytest.mark.parametrize("written", ["卡+丢", "卡＋丢", "卡 + 丢", "卡 ＋ 丢"])
def test_a_plus_between_chinese_characters_needs_no_blanks(written: str) -> None:
    assert caught("我的卡丢了", written)
    assert not caught("卡+丢不了吧"[:1], written)


def test_figures_and_letters_inside_chinese_are_words() -> None:
    assert caught("我要打12378投诉", "12378")
    assert caught("用ATM吞了", "atm + 吞") and not caught("我要打123781", "12378")


def test_of_too_many_hints_those_that_others_hold_are_left_out() -> None:
    some = ["card", "lost card", "卡", "我的卡", "lost card"]
    many = [f"word {n}" for n in range(9)]

    assert to_expect(some, 9) == ["card", "lost card", "卡", "我的卡"]
    assert to_expect([*some, *many], 11) == ["lost card", "我的卡", *many]
    assert to_expect(["lost card", "lost wallet", "wallet card"], 2) == ["lost card", "lost wallet"]


def test_a_star_lets_a_word_go_on() -> None:
    assert caught("I was scammed", "scam*")
    assert caught("two credit cards", "credit card*")
    assert not caught("a credit note", "credit card*")
    assert not caught("the scram", "scam*")


@pytest.mark.parametrize(
    ("written", "said"),
    [("T+0", "what is t+0"), ("24/7", "are you open 24/7"), ("A/C", "my a/c please"), ("e-mail", "by e-mail")],
)
def test_a_sign_inside_a_word_belongs_to_it(written: str, said: str) -> None:
    assert caught(said, written)
    assert not caught("24", written) and not caught("a", written) and not caught("t", written)


def test_a_denial_that_is_part_of_a_net_does_not_shut_it_out() -> None:
    assert caught("I don't want to talk to a robot", "dont want + robot")
    assert not caught("I don't want to talk to a robot", "talk + robot")
    assert caught("不是我刷的", "不是我 + 刷")
    assert not caught("不是刷卡", "刷")


def test_what_covers_most_is_meant_and_what_parts_share_counts_once() -> None:
    words = words_of({"loan": ["loan"], "lost": ["lost + card"], "card": ["my card"]})
    assert words.meant("I lost my card") == ("lost",)
    assert words.meant("a loan for my card") == ("card",)
    assert words.meant("loan, card") == ("loan",)
    shared = words_of({"twice": ["lost card + card"], "once": ["lost card"]})
    assert shared.meant("my lost card") == ("twice", "once")


def test_two_choices_that_cover_as_much_are_both_meant() -> None:
    assert words_of({"a": ["card"], "b": ["loan"]}).meant("a card, or a loan") == ("a", "b")


@pytest.mark.parametrize("written", [CARD, CARD_ZH, "scam*", "card", "转 + 人工/agent"])
def test_a_net_catches_the_utterances_it_is_tried_with(written: str) -> None:
    assert all(caught(said, written) for said in net(written).utterances())


def test_the_phrases_of_a_net_are_hints_but_not_those_it_forbids() -> None:
    assert list(net("Lost / scam* + Card - pin").phrases()) == ["Lost", "scam", "Card"]


@pytest.mark.parametrize(
    ("written", "wrong", "meant"),
    [
        ("lost + ", "empty", "lost"),
        ("lost//stolen + card", "empty", "lost/stolen + card"),
        ("- pin", "only_without", ""),
        ("挂失*", "star_joined", "挂失"),
        ("*fraud", "star_inside", "fraud*"),
        ("scam *", "star_inside", "scam*"),
        ("lost+card", "no_blanks", "lost + card"),
        ("lost card -pin", "no_blanks", "lost card - pin"),
        ("lost|stolen", "other_sign", "lost/stolen"),
        ("(lost/stolen) card", "other_sign", ""),
        ("feedback- bad", "no_blanks", "feedback - bad"),
        ("feedback+ bad", "no_blanks", "feedback + bad"),
        ("卡－密码", "no_blanks", "卡 - 密码"),
        ("卡-密码", "no_blanks", "卡 - 密码"),
        ("card – pin", "other_sign", "card - pin"),
        ("丢卡、挂失", "other_sign", "丢卡/挂失"),
        ("丢卡；挂失", "other_sign", "丢卡/挂失"),
        ("“丢卡”", "other_sign", "丢卡"),
        ("「挂失」", "other_sign", "挂失"),
        ("lost card (stolen)", "other_sign", "lost card stolen"),
        ("（丢卡）", "other_sign", "丢卡"),
        ('"lost card"', "other_sign", "lost card"),
        ("card - card", "never", ""),
    ],
)
def test_a_malformed_net_is_told_with_what_was_likely_meant(written: str, wrong: str, meant: str) -> None:
    assert mistake_in(written) == (wrong, meant)
    if meant:
        assert mistake_in(meant) is None


@pytest.mark.parametrize(
    "written",
    [
        CARD,
        CARD_ZH,
        "T+0",
        "24/7",
        "A/C",
        "Wi-Fi",
        "scam*",
        "C++",
        "don't",
        "卡+丢",
        "卡 － 密码",
        "卡 ＋ 丢",
        "丢／不见",
        "是的，谢谢",
        "U-盾",
        "X-ray",
        "AT&T",
        "well-being",
        "A-",
    ],
)
def test_a_well_formed_word_has_no_mistake(written: str) -> None:
    assert mistake_in(written) is None


def test_phrases_one_of_which_is_enough_are_no_net() -> None:
    assert not is_net("lost/stolen")
    assert is_net("scam*") and is_net("lost + card") and is_net("card - pin")


@pytest.mark.parametrize(
    "piece", ["lost ", "not a card ", "卡", "不丢", "不想卡", "card not lost ", "ﷺ", "dont want card "]
)
def test_a_hostile_utterance_is_searched_at_once(piece: str) -> None:
    words = words_of({str(n): [CARD, CARD_ZH, "dont want + card", f"card{n}*", "不想 + 卡"] for n in range(9)})
    for length in (LONGEST_SEARCHED, 100_000):
        said = (piece * length)[:length]

        def searched(said: str = said) -> None:
            clauses.cache_clear()
            words.meant(said)

        assert least(searched) < ten_ms()
