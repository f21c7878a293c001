"""Speech against words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.steps.spoken import digits_in, fold, meant, spoken_key

ANYTHING = st.text(st.characters(), max_size=40)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("信用卡。", "信用卡"),
        ("  Credit   CARD!", "credit card"),
        ("ＡＢＣ１２３", "abc123"),
        ("Straße", "strasse"),
        ("I'd like - a person, please", "i d like a person please"),
        ("「人工」，谢谢！", "人工 谢谢"),
        ("ｶﾞ", "ガ"),
        ("é", "é"),
        ("，。！？", ""),
        ("", ""),
    ],
)
def test_width_case_and_punctuation_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@settings(max_examples=300, derandomize=True, deadline=None)
@given(text=ANYTHING)
def test_a_folded_text_is_words_apart_by_one_blank(text: str) -> None:
    folded = fold(text)

    assert folded == " ".join(folded.split())
    assert all(c.isalnum() or c == " " for c in folded)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("12345", "12345"),
        ("１２３４５", "12345"),
        ("1 2 3, 4 5.", "12345"),
        ("一二三四五", "12345"),
        ("零〇幺两九八七六", "00129876"),
        ("一零零，零零零零，零一二三。", "10000000123"),
        ("one two three", "123"),
        ("Four, five, SIX!", "456"),
        ("oh zero nine", "009"),
        ("二 2 two", "222"),
        ("1-2-3", "123"),
        ("三位", ""),
        ("十二", ""),
        ("twelve", ""),
        ("eleven 5", ""),
        ("one card", ""),
        ("٣", ""),
        ("", ""),
        ("。", ""),
    ],
)
def test_an_utterance_of_nothing_but_digits_is_those_digits(text: str, digits: str) -> None:
    assert digits_in(text) == digits


@settings(derandomize=True, deadline=None)
@given(digits=st.text("0123456789", min_size=1, max_size=20), data=st.data())
def test_digits_spoken_in_any_mixture_are_understood(digits: str, data: st.DataObject) -> None:
    english = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    ways = [lambda d: "零一二三四五六七八九"[d], lambda d: "０１２３４５６７８９"[d], str, lambda d: f" {english[d]} "]
    said = "".join(data.draw(st.sampled_from(ways))(int(digit)) for digit in digits)

    assert digits_in(said) == digits


@settings(max_examples=300, derandomize=True, deadline=None)
@given(text=ANYTHING)
def test_any_utterance_gives_plain_digits_and_at_most_one_key(text: str) -> None:
    assert set(digits_in(text)) <= set("0123456789")
    assert spoken_key(text) in {"", *"0123456789"}
    assert isinstance(meant(text, [("人工", "agent"), ("no", "no")]), tuple)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2", "2"),
        ("two", "2"),
        ("Two.", "2"),
        ("二", "2"),
        ("按二", "2"),
        ("请按2。", "2"),
        ("请按 ２", "2"),
        ("选三", "3"),
        ("press 1", "1"),
        ("Press number one", "1"),
        ("option 4", "4"),
        ("zero", "0"),
        ("12", ""),
        ("按一二", ""),
        ("press", ""),
        ("two cards", ""),
        ("信用卡", ""),
        ("", ""),
    ],
)
def test_a_key_may_be_named_instead_of_pressed(text: str, key: str) -> None:
    assert spoken_key(text) == key


WORDS = [
    (fold(word), name)
    for word, name in [
        ("信用卡", "card"),
        ("卡", "card"),
        ("贷款", "loan"),
        ("投诉", "complaint"),
        ("credit card", "card"),
        ("loan", "loan"),
        ("no", "no"),
        ("not", "no"),
        ("yes", "yes"),
        ("是", "yes"),
        ("不是", "no"),
    ]
]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("我的信用卡有问题", ["card"]),
        ("信 用 卡", ["card"]),
        ("I have a CREDIT CARD, please", ["card"]),
        ("不是", ["no"]),
        ("是的", ["yes"]),
        ("I know", []),
        ("nobody", []),
        ("no", ["no"]),
        ("no no", ["no"]),
        ("贷款还是投诉", ["loan", "complaint"]),
        ("投诉贷款", ["loan", "complaint"]),
        ("something else", []),
        ("", []),
        ("。。。", []),
    ],
)
def test_an_utterance_means_the_choices_whose_longest_words_it_holds(text: str, names: list[str]) -> None:
    assert list(meant(text, WORDS)) == names


def test_words_with_accents_are_whole_words_too() -> None:
    words = [(fold("sí"), "yes"), (fold("más tarde"), "later"), (fold("có"), "yes")]

    assert meant("así no", words) == ()
    assert meant("¡Sí!", words) == ("yes",)
    assert meant("un poco más tarde, gracias", words) == ("later",)


def test_a_word_written_with_a_blank_fits_in_a_script_without_blanks() -> None:
    words = [(fold("VIP 客户"), "vip"), (fold("转 人工"), "agent")]

    assert meant("我是VIP客户", words) == ("vip",)
    assert meant("请转人工", words) == ("agent",)


def test_an_empty_word_fits_nothing() -> None:
    assert meant("anything", [("", "empty")]) == ()
    assert meant("", [("", "empty")]) == ()


@settings(derandomize=True, deadline=None)
@given(word=st.sampled_from(["信用卡", "credit card", "más tarde", "VIP 客户"]), before=ANYTHING, after=ANYTHING)
def test_a_word_is_found_whatever_is_said_around_it(word: str, before: str, after: str) -> None:
    assert meant(f"{before} {word} {after}", [(fold(word), "it")]) == ("it",)
