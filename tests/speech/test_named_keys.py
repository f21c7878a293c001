"""Keys named instead of pressed, and words refused at a menu: the corpora of both."""

from __future__ import annotations

import pytest
from corpus import Said, corpus
from ten_ms import least, ten_ms

from ivr.speech import named_key as named_keys
from ivr.speech import wish
from ivr.speech.named_key import named_key
from ivr.speech.packs import TABLES
from ivr.steps.spoken import fold, get_ready, meant

WORDS = [
    (fold(word), name)
    for name, words in {
        "complaint": ["投诉", "complain", "complaint"],
        "loan": ["贷款", "loan"],
        "card": ["信用卡", "card"],
        "person": ["人工", "agent"],
    }.items()
    for word in words
]


@pytest.mark.parametrize("said", corpus("keys.txt"), ids=str)
def test_a_key_is_named_where_the_whole_utterance_names_it(said: Said) -> None:
    assert named_key(said.text) == said.means.replace("none", "")


@pytest.mark.parametrize("said", corpus("wishes.txt"), ids=str)
def test_a_word_said_to_refuse_it_chooses_nothing(said: Said) -> None:
    assert " ".join(meant(said.text, WORDS)) == said.means.replace("none", "")


def test_a_number_is_the_same_digit_in_every_language_that_has_it() -> None:
    found: dict[str, int] = {}
    for table in TABLES.values():
        for n, said in enumerate(table.digits.split("|") if table.digits else ()):
            for word in filter(None, said.split("/")):
                assert found.setdefault(word, n) == n, word


@pytest.mark.parametrize("piece", ["press ", "第", "no card ", "不贷款", "ﷺ", "one ", "the ", "not a "])
def test_a_hostile_utterance_is_read_at_once(piece: str) -> None:
    for length in (640, 2000, 100_000):
        said = (piece * 100_000)[:length]

        def read(said: str = said) -> None:
            fold.cache_clear()
            named_key(said)
            meant(said, WORDS)

        assert least(read) < ten_ms(), length


def test_no_caller_waits_for_the_patterns() -> None:
    named_keys._names.cache_clear()
    wish._patterns.cache_clear()

    get_ready()

    assert named_keys._names.cache_info().currsize == 1
    assert wish._patterns.cache_info().currsize == len({table.joined for table in TABLES.values()})
