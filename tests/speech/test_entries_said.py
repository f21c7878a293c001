"""Numbers, amounts, days, and strings of digits as callers say them: the corpus of each type, and what must not be."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from ten_ms import least, ten_ms

from ivr.call.case_number import case_number
from ivr.speech.countries import date_order
from ivr.speech.entries import Circumstances, entry_said
from ivr.speech.entry_lexicons import lexicon_for
from ivr.speech.packs import TABLES

FOLDER = Path(__file__).parent / "entries"
TYPES = ("digits", "phone", "case_number", "number", "money", "date")
FRIDAY = date(2026, 11, 27)
LEAST_ENTRIES = 100
LEAST_OF_A_LANGUAGE = 45
LEAST_RIGHT = 97
"""Per cent; all others are asked again."""
SPOKEN = {"en-CN": "en-US"}
"""English at a hotline of China."""
READ = "import sys; from test_entries_said import TYPES, corpus, heard\n" \
       "print([heard(type_, each) for type_ in TYPES for each in corpus(type_)])"  # fmt: skip


class Said(NamedTuple):
    """An utterance at a hotline of a country, and the entry it means, empty for none."""

    language: str
    country: str
    means: str
    text: str


def corpus(type_: str) -> Sequence[Said]:
    """The utterances of a type."""
    found = []
    for line in (FOLDER / f"{type_}.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            tag, means, text = line.split("\t")
            found.append(Said(SPOKEN.get(tag, tag), tag[-2:], "" if means == "-" else means, text))
    return found


def heard(type_: str, each: Said) -> str:
    """What is made of it on the day of the corpus."""
    said = entry_said(each.text, type_, Circumstances(each.language, each.country, FRIDAY))
    return date(int(said[:4]), int(said[4:6]), int(said[6:])).isoformat() if said and type_ == "date" else said


def entry(text: str, type_: str, *, language: str = "en-US", country: str = "US", today: date | None = FRIDAY,
          ahead: bool = False) -> str:  # fmt: skip
    return entry_said(text, type_, Circumstances(language, country, today, ahead))


@pytest.mark.parametrize("type_", TYPES)
def test_what_callers_say_is_the_entry_they_mean_or_is_asked_again(type_: str) -> None:
    said = corpus(type_)
    assert len(said) >= LEAST_ENTRIES
    for language in ("zh", "en"):
        assert sum(each.language.startswith(language) for each in said) >= LEAST_OF_A_LANGUAGE

    wrong = [(each, heard(type_, each)) for each in said if heard(type_, each) != each.means]

    assert [each for each, answer in wrong if answer] == []
    assert 100 * len(wrong) <= (100 - LEAST_RIGHT) * len(said), wrong


@pytest.mark.parametrize("type_", TYPES)
@pytest.mark.parametrize(
    "behind", ["不对", "不是", "或者五", "还有别的", "no wait", "or five", "not sure", "maybe", "几", "多", "五或者六"]
)
def test_no_entry_stays_one_beside_a_doubt_a_negation_or_another_one(type_: str, behind: str) -> None:
    said = [each for each in corpus(type_) if each.means]
    gap = " " if behind.isascii() else "，"

    assert [each.text for each in said if heard(type_, each._replace(text=f"{each.text}{gap}{behind}"))] == []
    assert [each.text for each in said if heard(type_, each._replace(text=f"{behind}{gap}{each.text}"))] == []


@pytest.mark.parametrize("type_", TYPES)
def test_fillers_and_courtesy_around_an_entry_change_nothing(type_: str) -> None:
    for each in (each for each in corpus(type_) if each.means):
        chinese = each.language == "zh-CN"
        around = f"嗯，{each.text}，谢谢" if chinese else f"Um, {each.text}, thank you."
        assert heard(type_, each._replace(text=around)) == heard(type_, each), around


def test_the_case_numbers_of_the_corpus_are_such() -> None:
    numbers = {each.means for each in corpus("case_number") if each.means}

    assert numbers == {str(case_number(n, "complaint")) for n in (1, 2, 3)}


def test_a_day_without_a_year_may_be_the_nearest_to_come() -> None:
    assert entry("March second", "date") == "20260302"
    assert entry("March second", "date", ahead=True) == "20270302"
    assert entry("三月二号", "date", language="zh-CN", country="CN", ahead=True) == "20270302"
    assert entry("Tuesday", "date", ahead=True) == "20261201"
    assert entry("November 27", "date", ahead=True) == entry("November 27", "date") == "20261127"
    assert entry("February 29", "date", ahead=True) == "20280229"


def test_without_the_day_of_the_call_only_a_whole_date_is_one() -> None:
    assert entry("March 2, 2026", "date", today=None) == "20260302"
    reckoned = (
        "yesterday",
        "March 2",
        "last Friday",
        "three days ago",
        "the 2nd of this month",
        "Tuesday",
        "June 5 84",
    )
    assert [said for said in reckoned if entry(said, "date", today=None)] == []
    assert all(entry(said, "date") for said in reckoned)


def test_the_order_of_a_date_is_the_countrys_or_where_that_says_nothing_the_languages() -> None:
    assert date_order("US", "en-US") == date_order("US", "zh-CN") == date_order("CN", "en-US") == "mdy"
    assert date_order("GB", "en-US") == date_order("CN", "en-GB") == "dmy"
    assert date_order("CN", "zh-CN") == date_order("CN", "en") == "ymd"
    assert date_order("", "en-US") == date_order("CA", "en-CA") == ""
    assert entry("3/2/2026", "date", country="") == ""
    assert entry("2/2/2026", "date", country="") == "20260202"


def test_without_a_country_any_money_is_understood() -> None:
    assert entry("20 euros", "money", country="") == entry("20 dollars", "money", country="") == "20"
    assert entry("20 euros", "money", country="DE") == "20"
    assert entry("20 euros", "money", country="BR") == ""


def test_other_languages_have_their_digits_and_their_decimal_mark() -> None:
    assert entry("uno dos tres", "digits", language="es-ES", country="ES") == "123"
    assert entry("es el uno dos tres", "case_number", language="es", country="ES") == "123"
    assert entry("uno o dos", "digits", language="es-ES", country="ES") == ""
    assert entry("1.250,50 euros", "money", language="es-ES", country="ES") == "1250.50"
    assert entry("1.250", "number", language="de-DE", country="DE") == "1250"
    assert entry("12,50", "number", language="de-DE", country="DE") == ""
    assert entry("2026-03-02", "date", language="sw", country="KE") == "20260302"


@pytest.mark.parametrize("tag", [tag for tag, table in TABLES.items() if table.digits])
def test_the_digits_of_every_table_are_read(tag: str) -> None:
    words = [each.split("/")[0] for each in TABLES[tag].digits.split("|")]
    known = [(word, str(n)) for n, word in enumerate(words) if word]

    said = ("" if TABLES[tag].joined else " ").join(word for word, _ in known)

    assert len(known) > 4
    assert entry(said, "digits", language=tag) == "".join(digit for _, digit in known)


@pytest.mark.parametrize("odd", ["½", "2²", "①②③", "Ⅳ", "٣", "१२", "", " ", "。", "\x00", "1" * 700, "ﷺ"])
@pytest.mark.parametrize("type_", TYPES)
def test_odd_characters_are_no_entry(type_: str, odd: str) -> None:
    assert len(entry(odd, type_)) in (0, 640)
    assert not entry(odd, type_).strip("1")


@pytest.mark.parametrize(
    "piece",
    ["1", "1 ", "一", "一万", "one ", "a ", "and ", "三个", "twenty ", "1,", "1.", "-", "um ", "嗯", "上", "double ",
     "三月二号", "of ", "hundred ", "$", "1 dollar ", "块五", "last ", "ﷺ", "the "],
)  # fmt: skip
@pytest.mark.parametrize("type_", TYPES)
def test_a_hostile_entry_is_read_at_once(type_: str, piece: str) -> None:
    lexicon_for("en-US", type_, "US" if type_ == "money" else "")
    for length in (640, 100_000):
        said = (piece * 100_000)[:length]
        assert least(lambda said=said: entry(said, type_)) < ten_ms(), length


def test_the_same_is_heard_whatever_the_hash_seed() -> None:
    answers = set()
    for seed in ("0", "1", "77"):
        environ = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{Path(__file__).parent}:{Path.cwd()}"}
        ran = subprocess.run([sys.executable, "-c", READ], env=environ, capture_output=True, text=True, check=True)
        answers.add(ran.stdout)

    assert len(answers) == 1


@pytest.mark.parametrize("said", ["百八十", "千八百", "百八十块", "千八百五"])
def test_a_bare_hundred_or_so_is_asked_again(said: str) -> None:
    for type_ in ("number", "money"):
        assert entry(said, type_, language="zh-CN", country="CN") == ""
    assert entry("百三", "number", language="zh-CN", country="CN") == "130"


@pytest.mark.parametrize("said", ["this Friday", "on this Thursday"])
def test_this_friday_said_on_a_saturday_is_asked_again_where_it_is_to_come(said: str) -> None:
    saturday = date(2026, 11, 28)
    assert entry(said, "date", today=saturday, ahead=True) == ""
    assert entry("this Sunday", "date", today=saturday, ahead=True) == "20261129"
