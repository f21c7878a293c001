"""Yes, no and unclear: the corpus of each language, and that no refusal is ever a yes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from corpus import corpus
from ten_ms import least, ten_ms

from ivr.speech.pack import CONTENT, bare_pack, listed
from ivr.speech.packs import TABLES, hearing, pack_for
from ivr.speech.polarity import LONGEST_ANSWER, polarity
from ivr.speech.table import SORTS

WRITTEN = sorted(path.stem for path in (Path(__file__).parent / "yes_no").glob("*.txt"))
LEAST_UTTERANCES = {"en": 300, "zh": 300}
LEAST_OF_OTHERS = 60
LEAST_RIGHT = 92
"""Per cent of a corpus; what is missing is asked again."""
LIGHT = {"agrees", "ends", "lightly", "sure", "yes"}
ANSWERS = "import sys; from corpus import corpus; from ivr.speech.packs import pack_for\n" \
          "from ivr.speech.polarity import polarity\n" \
          "print([polarity(s.text, pack_for(t)) for t in ('en', 'zh') for s in corpus(f'yes_no/{t}.txt')])"  # fmt: skip


@pytest.mark.parametrize("tag", WRITTEN)
def test_what_people_say_is_understood_and_no_refusal_is_a_yes(tag: str) -> None:
    said = list(corpus(f"yes_no/{tag}.txt"))
    pack = pack_for(tag)
    assert pack is not None and len(said) >= LEAST_UTTERANCES.get(tag, LEAST_OF_OTHERS)

    heard = [(polarity(each.text, pack), each) for each in said]

    assert [each.text for answer, each in heard if answer == "yes" and each.means != "yes"] == []
    assert [each.text for answer, each in heard if answer == "no" and each.means != "no"] == []
    right = Counter(answer == each.means for answer, each in heard)[True]
    assert 100 * right >= LEAST_RIGHT * len(said), [each for answer, each in heard if answer != each.means]


@pytest.mark.parametrize("tag", TABLES)
def test_no_yes_of_a_table_stays_one_beside_a_refusal(tag: str) -> None:
    table, pack = TABLES[tag], pack_for(tag)
    assert pack is not None
    yeses = [*listed(table.agrees), *listed(table.lightly), *listed(table.ends), *listed(table.sure)]
    negations, refusals = listed(table.negates), [*listed(table.negates), *listed(table.no)]
    gap = "" if table.joined else " "

    both = [f"{no}{gap}{yes}" for no in negations for yes in yeses]
    both += [said for no in refusals for yes in yeses for said in (f"{yes}, {no}", f"{no}, {yes}", f"{yes}{gap}{no}")]

    assert [said for said in both if polarity(said, pack) == "yes"] == []


@pytest.mark.parametrize("tag", TABLES)
def test_a_table_says_each_phrase_once_and_reads_it_so(tag: str) -> None:
    table, pack = TABLES[tag], pack_for(tag)
    assert pack is not None
    phrases = {sort: [pack.units(phrase) for phrase in listed(getattr(table, sort))] for sort in SORTS}
    assert [units for units, n in Counter(u for each in phrases.values() for u in each).items() if n > 1] == []
    assert not any(len(unit) > 1 and "'" in unit for each in phrases.values() for units in each for unit in units)
    for phrase in [*listed(table.leads), *listed(table.softens)]:
        assert pack.phrases.get(pack.units(phrase)) in LIGHT | {"alone"}, phrase
    for sort, answer in (("yes", "yes"), ("agrees", "yes"), ("sure", "yes"), ("no", "no"), ("negates", "no")):
        wrong = [p for p in listed(getattr(table, sort)) if polarity(p, pack) not in (answer, "unclear")]
        assert wrong == [], sort


@pytest.mark.parametrize(
    ("tag", "said", "answer"),
    [
        ("es-ES", "¡Por supuesto!", "yes"),
        ("es-ES", "No, no es correcto.", "no"),
        ("es-ES", "No sé.", "unclear"),
        ("es-ES", "no hay problema", "yes"),
        ("de-DE", "Ja, stimmt.", "yes"),
        ("de-DE", "Das stimmt so nicht.", "no"),
        ("de-DE", "Ich weiß nicht.", "unclear"),
        ("de-DE", "Kein Problem.", "yes"),
        ("fr-FR", "Oui, c'est ça.", "yes"),
        ("fr-FR", "Non, ce n'est pas ça.", "no"),
        ("fr-FR", "Je ne sais pas.", "unclear"),
        ("pt-BR", "Isso mesmo.", "yes"),
        ("pt-BR", "Não, está errado.", "no"),
        ("it-IT", "Sì, va bene.", "yes"),
        ("it-IT", "Non è giusto.", "no"),
        ("ja-JP", "はい、そうです。", "yes"),
        ("ja-JP", "いいえ、違います。", "no"),
        ("ja-JP", "大丈夫ではありません", "no"),
        ("ja-JP", "わかりません", "unclear"),
        ("ko-KR", "네, 맞아요.", "yes"),
        ("ko-KR", "아니요.", "no"),
        ("yue-HK", "係，啱", "yes"),
        ("yue-HK", "唔係", "no"),
        ("zh-TW", "對，沒錯", "yes"),
        ("zh-TW", "不對", "no"),
        ("en-GB", "Isn’t it? No, it isn t.", "no"),
        ("en-GB", "please", "yes"),
        ("en-GB", "", "unclear"),
        ("en-GB", "。。。", "unclear"),
    ],
)
def test_languages_have_their_own_ways(tag: str, said: str, answer: str) -> None:
    pack = pack_for(tag)

    assert pack is not None and polarity(said, pack) == answer


def test_an_authors_words_are_added_and_win() -> None:
    pack = hearing("en-US", ("book it", "maybe"), ("some other time", "carry on"))

    assert polarity("book it then", pack) == "yes"
    assert polarity("don't book it", pack) == "no"
    assert polarity("some other time, thanks", pack) == "no"
    assert polarity("maybe", pack) == "yes"
    assert polarity("yes, some other time", pack) == "unclear"
    assert polarity("no problem", hearing("en-US", (), ("no",))) == "yes"


def test_an_authors_word_for_both_answers_is_neither() -> None:
    assert polarity("as you like", hearing("en-US", ("as you like",), ("as you like",))) == "unclear"


def test_a_language_without_a_table_knows_its_authors_words_alone() -> None:
    pack = hearing("sw-KE", ("ndiyo",), ("hapana", "la"))

    assert [polarity(said, pack) for said in ("Ndiyo!", "hapana", "ndiyo hapana")] == ["yes", "no", "no"]
    assert polarity("si ndiyo", pack) == "unclear"  # a word of neither may be a negation
    assert polarity("ใช่", hearing("th-TH", ("ใช่",), ("ไม่",))) == "yes"
    assert pack_for("sw-KE") is None and bare_pack(joined=False).whole


@pytest.mark.parametrize("piece", ["no ", "yes ", "a ", "not yes ", "不", "是", "第", "ﷺ", "isn t ", "是不是", "yes, "])
def test_a_hostile_utterance_is_read_at_once_and_is_no_answer(piece: str) -> None:
    packs = [pack for pack in map(pack_for, TABLES) if pack is not None]
    for length in (LONGEST_ANSWER, LONGEST_ANSWER + 1, 100_000):
        said = (piece * 100_000)[:length]
        for pack in packs:
            assert least(lambda said=said, pack=pack: polarity(said, pack)) < ten_ms()
            assert length <= LONGEST_ANSWER or polarity(said, pack) == "unclear"


def test_an_answer_does_not_depend_on_the_order_of_sets() -> None:
    answers = set()
    for seed in ("0", "1", "77"):
        environ = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)}
        ran = subprocess.run([sys.executable, "-c", ANSWERS], env=environ, capture_output=True, text=True, check=True)
        answers.add(ran.stdout)

    assert len(answers) == 1 and "unclear" in answers.pop()


def test_a_unit_of_no_phrase_is_content() -> None:
    pack = pack_for("zh")
    assert pack is not None

    assert [(piece.sort, piece.said) for piece in next(pack.clauses("是abc12行"))] == [
        ("agrees", "是"), (CONTENT, "abc12"), ("agrees", "行"),
    ]  # fmt: skip
