"""How yes and no are heard: by corpus, what was meant and what the shipped hotline makes of it, and what it costs.

    python benchmarks/speech.py [FILE.tsv ...] [--quick]

A FILE has a head line and in each line `lang`, `gold` (yes, no, unclear), `text` and `corpus`, parted by tabs. Without
one, or with --quick, the corpus of tests/speech is read. A refusal heard as a yes is printed, and is exit code 1.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ivr.call.inputs import Speech
from ivr.flow.compile import compile_release
from ivr.flow.parse import parse
from ivr.steps.choosing import Choosing

ROOT = Path(__file__).parents[1]
SPOKEN = {"en": "en-US", "zh": "zh-CN"}
"""The languages of the shipped hotline, by those of the corpora; others are left out."""
ANSWERS = ("yes", "no", "unclear")


class Said(NamedTuple):
    """An utterance with what was meant by it."""

    language: str
    meant: str
    text: str
    corpus: str


def own() -> Iterator[Said]:
    """The project's own corpus."""
    for language in SPOKEN:
        meant = ""
        file = ROOT / "tests" / "speech" / "yes_no" / f"{language}.txt"
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                meant = line.strip("[]")
            elif line and not line.startswith("#"):
                yield Said(language, meant, line, "tests/speech")


def read(file: str) -> Iterator[Said]:
    """The utterances of a file in languages the hotline speaks."""
    for line in Path(file).read_text(encoding="utf-8").splitlines()[1:]:
        language, meant, text, corpus, *_ = line.split("\t")
        if language in SPOKEN and meant in ANSWERS:
            yield Said(language, meant, text, corpus.partition(":")[0])


class Question:
    """A question of the shipped hotline that is answered with yes or no."""

    def __init__(self) -> None:
        files = {file.name: file.read_bytes() for file in (ROOT / "flows").glob("*.yaml")}
        step = compile_release(parse(files)).flows["main"].steps["more"]
        listening = step.declared.listening
        assert listening is not None
        self.choosing: Choosing = step.declared.choices["asked"]
        self.listening = listening

    def hears(self, said: Said) -> str:
        """What it takes an utterance for."""
        names = self.choosing.chosen(Speech(said.text), SPOKEN[said.language], self.listening)
        return names[0] if len(names) == 1 else "unclear"


def main() -> int:
    """The table, the refusals taken for a yes, and the time of an utterance."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("files", nargs="*", metavar="FILE.tsv")
    parser.add_argument("--quick", action="store_true", help="the project's own corpus, once: only whether it works")
    given = parser.parse_args()
    said = list(own()) if given.quick or not given.files else [each for file in given.files for each in read(file)]
    question = Question()
    heard = [(each, question.hears(each)) for each in said]
    print("| corpus | language | utterances | a yes, heard as yes / no / unclear | a no | unclear | right |")
    print("|---|---|---|---|---|---|---|")
    for corpus, language in sorted({(each.corpus, each.language) for each in said}):
        print(
            row(corpus, language, [pair for pair in heard if (pair[0].corpus, pair[0].language) == (corpus, language)])
        )
    print(row("all", "", heard))
    print(f"\n{per_utterance(question, said, rounds=1 if given.quick else 9):.0f} us an utterance, best round")
    flipped = [each.text for each, answer in heard if (each.meant, answer) == ("no", "yes")]
    for text in flipped:
        print(f"a refusal heard as a yes: {text}")
    return int(bool(flipped))


def row(corpus: str, language: str, heard: Sequence[tuple[Said, str]]) -> str:
    """A line of the table."""
    counts = Counter((said.meant, answer) for said, answer in heard)
    cells = [" / ".join(str(counts[meant, answer]) for answer in ANSWERS) for meant in ANSWERS]
    right = 100 * sum(counts[each, each] for each in ANSWERS) / max(1, len(heard))
    return f"| {corpus} | {language} | {len(heard)} | {' | '.join(cells)} | {right:.1f}% |"


def per_utterance(question: Question, said: Iterable[Said], rounds: int) -> float:
    """Microseconds of the processor."""
    utterances, best = list(said), float("inf")
    for _ in range(rounds):
        begun = time.process_time()
        for each in utterances:
            question.hears(each)
        best = min(best, time.process_time() - begun)
    return 1e6 * best / max(1, len(utterances))


if __name__ == "__main__":
    sys.exit(main())
