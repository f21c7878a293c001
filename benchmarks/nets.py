"""Who is heard by the shipped lists of words, for a person, a lost card or fraud, a complaint; and who falsely.

    python benchmarks/nets.py [FILE.tsv ...] [--quick]

A FILE has a head line that names its columns, parted by tabs: `text`, and `net` or `destination` with what is wanted
(person, lost, fraud, complaint; anything else is none of these), perhaps `lang` and `corpus`. Without one, or with
--quick, the corpora of tests/speech/urgent are read. Each utterance is said at the main menu of the shipped hotline.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from ivr.engine.hearing import hear
from ivr.flow.compile import compile_release
from ivr.flow.model import StepKey
from ivr.flow.parse import parse
from ivr.speech.clause import clauses

ROOT = Path(__file__).parents[1]
SPOKEN = {"en": "en-US", "zh": "zh-CN"}
MENU = StepKey("main", "menu")
LEADS = {"person": ("shortcut", "0"), "lost": ("choice", "挂失或可疑交易"), "fraud": ("choice", "挂失或可疑交易"),
         "complaint": ("choice", "投诉")}  # fmt: skip
"""What an utterance should lead to, by what is wanted."""
NONE = "none of these"
DAY = datetime(2026, 3, 2, 10, tzinfo=UTC)


class Said(NamedTuple):
    """An utterance with what is wanted by it."""

    language: str
    wanted: str
    text: str
    corpus: str


def own() -> Iterator[Said]:
    """The project's own corpora, but for that of calls to customers."""
    for file in sorted((ROOT / "tests" / "speech" / "urgent").glob("*.txt")):
        wanted, language, _ = file.name.split(".")
        means = ""
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                means = line.strip("[]")
            elif line and not line.startswith("#") and wanted != "stop":
                kind = wanted.removesuffix("_card")
                yield Said(language, kind if means == "caught" else f"not {kind}", line, "tests/speech")


def read(file: str) -> Iterator[Said]:
    """The utterances of a file."""
    head, *lines = Path(file).read_text(encoding="utf-8").splitlines()
    columns = head.split("\t")
    for line in lines:
        row = dict(zip(columns, line.split("\t"), strict=False))
        text, wanted = row["text"], row.get("net") or row.get("destination") or ""
        language = row.get("lang") or ("zh" if any("\u4e00" <= c <= "\u9fff" for c in text) else "en")
        corpus = row.get("corpus", "").partition(":")[0] or Path(file).stem
        yield Said(language, wanted if wanted in LEADS else NONE, text, corpus)


class Hotline:
    """The shipped hotline."""

    def __init__(self) -> None:
        files = {file.name: file.read_bytes() for file in (ROOT / "flows").glob("*.yaml")}
        self.release = compile_release(parse(files))

    def led(self, said: Said) -> tuple[str, str]:
        """What its words lead an utterance to, empty where they lead nowhere; topics do not count."""
        clauses.cache_clear()
        found = hear(self.release, MENU, SPOKEN[said.language], said.text, DAY)
        return (found.outcome, found.name) if found.by == "word" else ("", "")


def main() -> int:
    """The table and the time of an utterance."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("files", nargs="*", metavar="FILE.tsv")
    parser.add_argument("--quick", action="store_true", help="the project's own corpora, once: only whether it works")
    given = parser.parse_args()
    said = list(own()) if given.quick or not given.files else [each for file in given.files for each in read(file)]
    hotline = Hotline()
    print("| corpus | language | wanted | utterances | led to it | to a person | to lost or fraud | to a complaint |")
    print("|---|---|---|---|---|---|---|---|")
    led = [(each, hotline.led(each)) for each in said if each.language in SPOKEN]
    for corpus, language, wanted in sorted({(each.corpus, each.language, each.wanted) for each in said}):
        print(
            row(corpus, language, wanted, [to for each, to in led if each[:2] + each[3:] == (language, wanted, corpus)])
        )
    print(f"\n{per_utterance(hotline, said, rounds=1 if given.quick else 5):.0f} us an utterance, best round")
    return 0


def row(corpus: str, language: str, wanted: str, led: Sequence[tuple[str, str]]) -> str:
    """A line of the table."""
    right = LEADS.get(wanted)
    share = f"{100 * led.count(right) / len(led):.1f}%" if right and led else ""
    counts = [str(led.count(LEADS[each])) for each in ("person", "lost", "complaint")]
    return f"| {corpus} | {language} | {wanted} | {len(led)} | {share} | {' | '.join(counts)} |"


def per_utterance(hotline: Hotline, said: Iterable[Said], rounds: int) -> float:
    """Microseconds of the processor, everything that is tried at a menu included."""
    utterances, best = list(said), float("inf")
    for _ in range(rounds):
        begun = time.process_time()
        for each in utterances:
            hotline.led(each)
        best = min(best, time.process_time() - begun)
    return 1e6 * best / max(1, len(utterances))


if __name__ == "__main__":
    sys.exit(main())
