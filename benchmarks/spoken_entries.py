"""How entries are heard, by language and type: right, refused (asked again), and wrong.

    python benchmarks/spoken_entries.py [FILE.tsv ...] [--wrong] [--quick]

A FILE has a head line and in each line `lang`, `type`, `text`, `gold` ("-": to be refused), `today` (empty: 2026-11-27)
and `corpus`, parted by tabs; keys named are left out. Without one, or with --quick, the corpus of tests/speech is read.
Amounts are asked for by a hotline of the money that is named in them, dates in figures by one of the language's own
country. --wrong prints what is heard wrong; any is exit code 1.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ivr.speech.entries import Circumstances, entry_said

OWN = Path(__file__).parents[1] / "tests" / "speech" / "entries"
SPOKEN = {"en": "en-US", "zh": "zh-CN"}
TODAY = "2026-11-27"
OUTCOMES = ("right", "refused", "wrong")


class Said(NamedTuple):
    """An utterance, the entry that was meant (empty for none), and where and when it was said."""

    corpus: str
    language: str
    country: str
    type: str
    meant: str
    text: str
    today: str = TODAY


def own() -> Iterator[Said]:
    """The project's own corpus."""
    for file in sorted(OWN.glob("*.tsv")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                tag, meant, text = line.split("\t")
                yield Said("tests/speech", tag[:2], tag[-2:], file.stem, "" if meant == "-" else meant, text)


def read(file: str) -> Iterator[Said]:
    """The entries of a file in languages with a grammar."""
    for line in Path(file).read_text(encoding="utf-8").splitlines()[1:]:
        language, type_, text, meant, today, corpus, *_ = line.split("\t")
        if language in SPOKEN and type_ != "key":
            none = meant in ("-", "0001-01-01")  # how Recognizers-Text writes a day that there is not
            yield Said(
                corpus, language, _country(language, type_, text), type_, "" if none else meant, text, today or TODAY
            )


def _country(language: str, type_: str, text: str) -> str:
    if type_ == "money":
        named = (
            ("US", ("dollar", "cent", "$", "美元", "美金")),
            ("GB", ("pound", "£", "英镑")),
            ("DE", ("euro", "€", "欧元")),
        )
        return next((country for country, words in named if any(word in text.lower() for word in words)), "CN")
    return SPOKEN[language][-2:]


def heard(said: Said) -> str:
    """What is made of it, a date as ISO 8601, a number from abroad with 00."""
    here = Circumstances(SPOKEN[said.language], said.country, date.fromisoformat(said.today))
    entry = entry_said(said.text, said.type, here)
    if entry and said.type == "date":
        return f"{entry[:4]}-{entry[4:6]}-{entry[6:]}"
    return entry.replace("+", "" if said.meant.startswith("+") else "00") if said.type == "phone" else entry


def outcome(said: Said) -> str:
    """Right, refused or wrong."""
    entry = heard(said)
    return "right" if entry == said.meant.removeprefix("+") else "wrong" if entry else "refused"


def main() -> int:
    """The table, what was wrong, and the time of an utterance."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("files", nargs="*", metavar="FILE.tsv")
    parser.add_argument("--wrong", action="store_true", help="print what is heard wrong")
    parser.add_argument("--quick", action="store_true", help="the project's own corpus, once: only whether it works")
    given = parser.parse_args()
    said = list(own()) if given.quick or not given.files else [each for file in given.files for each in read(file)]
    judged = [(each, outcome(each)) for each in said]
    print("| corpus | language | type | utterances | right | refused | wrong |\n|---|---|---|---|---|---|---|")
    for corpus, language, type_ in sorted({(each.corpus, each.language, each.type) for each in said}):
        counts = Counter(
            how for each, how in judged if (each.corpus, each.language, each.type) == (corpus, language, type_)
        )
        cells = " | ".join(str(counts[how]) for how in OUTCOMES)
        print(f"| {corpus} | {language} | {type_} | {counts.total()} | {cells} |")
    print(f"\n{per_utterance(said, rounds=1 if given.quick else 9):.0f} us an utterance, best round")
    wrong = [each for each, how in judged if how == "wrong"]
    for each in wrong if given.wrong else ():
        print(f"{each.type} {each.text!r} is heard as {heard(each)}, and means {each.meant or 'nothing'}")
    return int(bool(wrong))


def per_utterance(said: Sequence[Said], rounds: int) -> float:
    """Microseconds of the processor."""
    return 1e6 * min(_seconds(said) for _ in range(rounds)) / max(1, len(said))


def _seconds(said: Iterable[Said]) -> float:
    begun = time.process_time()
    for each in said:
        heard(each)
    return time.process_time() - begun


if __name__ == "__main__":
    sys.exit(main())
