"""How topics are heard: what a caller meets who says what no example says, and what an utterance costs.

    python benchmarks/topics.py FILE.tsv ... [--outside FILE.tsv] [--quick]

A FILE has a head line with the columns `text` and `destination`, and `topic` where a destination has several. Of each
topic the first 3, 5 and 10 utterances are its examples and those behind the tenth are heard; of a file without that
many, each utterance in turn is heard by all others (a destination called `none` is what no choice serves). Utterances
of --outside are about nothing here. Without a FILE, or with --quick, those of tests/speech/topics are read.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from ivr.speech.by_topic import JOINED, SPACED, MenuTopics
from ivr.speech.features import is_joined
from ivr.speech.left_out import left_out
from ivr.speech.topics import Example, Topics
from ivr.speech.understood import ByTopic

OWN = Path(__file__).parents[1] / "tests" / "speech" / "topics"
HELD = 10
"""Utterances of a topic that may be examples."""


class Said(NamedTuple):
    """An utterance, what it is about, and where it should lead."""

    text: str
    topic: str
    destination: str


class Measured(NamedTuple):
    """Utterances heard: with each what was heard, and the best topics of all."""

    said: Said
    heard: ByTopic
    best: Sequence[str]


def read(file: Path) -> list[Said]:
    """The utterances of a file."""
    head, *lines = file.read_text(encoding="utf-8").splitlines()
    columns = head.split("\t")
    rows = [dict(zip(columns, line.split("\t"), strict=False)) for line in lines]
    return [
        Said(row["text"], row.get("topic") or row.get("destination", ""), row.get("destination", "")) for row in rows
    ]


def menu_of(examples: Sequence[Said]) -> MenuTopics:
    """A menu with a choice a destination."""
    joined = is_joined("".join(said.text for said in examples))
    topics = Topics((Example(said.text, said.topic) for said in examples), "zh" if joined else "en")
    where = {said.topic: said.destination for said in examples}
    choices = {name: [topic for topic in topics.names if where[topic] == name] for name in {*where.values()}}
    return MenuTopics(topics, dict(sorted(choices.items())), JOINED if joined else SPACED)


def hear(menu: MenuTopics, said: Said) -> Measured:
    """What a menu hears."""
    scores = menu.topics.scores(said.text)
    return Measured(said, menu.best(said.text), [name for name, _ in menu.topics.best(scores)])


def split(said: Sequence[Said], examples: int) -> tuple[list[Said], list[Said]]:
    """The first so many of each topic, and all behind the tenth."""
    of = [list(each) for _, each in groupby(sorted(said, key=lambda one: one.topic), key=lambda one: one.topic)]
    return [one for each in of for one in each[:examples]], [one for each in of for one in each[HELD:]]


def rounds(said: Sequence[Said]) -> Iterator[tuple[str, list[Measured], MenuTopics]]:
    """By how many examples a topic, everything that is heard."""
    if min(Counter(one.topic for one in said).values()) > HELD:
        for examples in (3, 5, 10):
            known, unseen = split(said, examples)
            menu = menu_of(known)
            yield str(examples), [hear(menu, one) for one in unseen], menu
        return
    known = [one for one in said if one.destination != "none"]
    heard = [hear(menu_of([other for other in known if other is not one]), one) for one in said]
    yield "all others", heard, menu_of(known)


def row(name: str, examples: str, measured: Sequence[Measured], menu: MenuTopics, outside: Sequence[Said]) -> str:
    """A line of the table."""
    inside = [each for each in measured if each.said.destination != "none"]
    strangers = [each.heard for each in measured if each.said.destination == "none"]
    strangers += [hear(menu, one).heard for one in outside]
    met = Counter(_met(each) for each in inside)
    firsts = sum(each.best[:1] == [each.said.topic] for each in inside)
    thirds = sum(each.said.topic in each.best for each in inside)
    sent = sum(each.at_once for each in strangers)
    asked = sum(bool(each.names) for each in strangers) - sent
    foretold = [menu.topics.best(one.scores)[:1] for one in left_out(menu.topics)]
    unseen = sum(
        bool(best) and best[0][0] == one.topic for best, one in zip(foretold, menu.topics.examples, strict=True)
    )
    cells = [f"{firsts / len(inside):.1%}", f"{thirds / len(inside):.1%}",
             *(f"{met[kind] / len(inside):.1%}" for kind in ("at once", "asked", "wrong", "asked without", "none")),
             " / ".join(f"{n / max(1, len(strangers)):.0%}" for n in (len(strangers) - asked - sent, asked, sent)),
             f"{unseen / len(foretold):.1%}"]  # fmt: skip
    return f"| {name} | {examples} | {len(menu.topics.names)} | {len(inside)} | {' | '.join(cells)} |"


def _met(each: Measured) -> str:
    right = each.said.destination in each.heard.names
    if each.heard.at_once:
        return "at once" if right else "wrong"
    return ("asked" if right else "asked without") if each.heard.names else "none"


def cost(menu: MenuTopics, said: Sequence[Said], rounds_: int) -> str:
    """What an utterance costs and a hostile one, and how long the topics take to be made."""
    best = min(_timed(lambda: [menu.best(one.text) for one in said]) for _ in range(rounds_)) / len(said)
    made = min(_timed(lambda: Topics(menu.topics.examples, menu.topics.language)) for _ in range(min(3, rounds_)))
    hostile = max(
        _timed(lambda text=text: menu.best(text))
        for text in ("卡丢了" * 40_000, "lost card " * 10_000, "\ufdfa" * 9_999)
    )
    return f"{1e6 * best:.0f} us an utterance, {1e3 * made:.0f} ms to make, {1e3 * hostile:.1f} ms a hostile utterance"


def _timed(work: object) -> float:
    begun = time.process_time()
    work()  # type: ignore[operator]
    return time.process_time() - begun


def main() -> None:
    """The table, and what it costs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("files", nargs="*", metavar="FILE.tsv", type=Path)
    parser.add_argument("--outside", metavar="FILE.tsv", type=Path, help="utterances about nothing here")
    parser.add_argument("--quick", action="store_true", help="the project's own corpus, once: only whether it works")
    given = parser.parse_args()
    files = given.files if given.files and not given.quick else sorted(OWN.glob("*.tsv"))
    outside = read(given.outside) if given.outside else []
    print("| corpus | examples a topic | topics | heard | right | in the top three | at once, right | asked, with it "
          "| sent wrong | asked without | not understood | outsiders: none / asked / sent | foretold |")  # fmt: skip
    print("|" + "---|" * 13)
    costs = []
    for file in files:
        said = read(file)
        for examples, measured, menu in rounds(said):
            print(row(file.stem, examples, measured, menu, outside))
        costs.append(f"{file.stem}: {cost(menu, said, 1 if given.quick else 9)}")
    print("", *costs, sep="\n")


if __name__ == "__main__":
    main()
