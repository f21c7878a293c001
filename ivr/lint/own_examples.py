"""How a hotline would hear its own examples, each unseen: what callers who say the like may expect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ivr.errors import Finding, Problem
from ivr.flow.parse import Parsed
from ivr.lint.check import context_of
from ivr.lint.topics_of import HeardExample
from ivr.messages.message import Message


@dataclass(slots=True)
class OwnExamples:
    """The examples of a language at the menus that list their topics: how many are taken at once, asked about with
    the right choice among it, sent elsewhere, or not led there at all. `lonely`: nothing else in their topic is like
    them."""

    language: str
    at_once: int = 0
    asked: int = 0
    elsewhere: int = 0
    lost: int = 0
    lonely: list[Finding] = field(default_factory=list)

    @property
    def heard(self) -> int:
        """How often an example was heard: once at each menu that lists its topic."""
        return self.at_once + self.asked + self.elsewhere + self.lost

    @property
    def percent(self) -> int:
        """The share that is taken at once, or asked about."""
        return 100 * (self.at_once + self.asked) // max(1, self.heard)


def own_examples(parsed: Parsed) -> Sequence[OwnExamples]:
    """By language, for files without errors; nothing where no menu lists topics."""
    found: dict[str, OwnExamples] = {}
    lonely: set[tuple[str, str, int]] = set()
    for each in _heard(parsed):
        share = found.setdefault(each.written.language, OwnExamples(each.written.language))
        _count(share, each)
        place = (each.written.topic, each.written.language, each.written.place)
        if each.unseen is not None and each.own_score < each.perhaps and place not in lonely:
            lonely.add(place)
            message = Message("lint.own-examples.lonely", example=each.written.text, topic=each.written.topic)
            assert parsed.topics_source is not None
            share.lonely.append(parsed.topics_source.finding(each.written.path, Problem("topic-lonely", message)))
    return list(found.values())


def examples_by_menu(parsed: Parsed) -> Mapping[str, Sequence[OwnExamples]]:
    """The same by menu, as FLOW.STEP, in the order of the flows."""
    found: dict[str, dict[str, OwnExamples]] = {}
    for each in _heard(parsed):
        of_menu = found.setdefault(f"{each.at.flow}.{each.at.step}", {})
        _count(of_menu.setdefault(each.written.language, OwnExamples(each.written.language)), each)
    return {menu: list(shares.values()) for menu, shares in found.items()}


def _heard(parsed: Parsed) -> Sequence[HeardExample]:
    """What each menu makes of the examples; nothing where there are none."""
    if parsed.hotline is None or parsed.hotline_source is None or parsed.topics_source is None:
        return ()
    return context_of(parsed, parsed.hotline, parsed.hotline_source).heard


def shared(share: OwnExamples) -> Message:
    """The figures of a language in one sentence."""
    return Message(
        "lint.own-examples.share", language=share.language, percent=share.percent, n=share.heard,
        at_once=share.at_once, asked=share.asked, elsewhere=share.elsewhere, lost=share.lost,
    )  # fmt: skip


def _count(share: OwnExamples, each: HeardExample) -> None:
    if each.unseen is None:
        share.at_once, share.elsewhere = share.at_once + each.arrives, share.elsewhere + (not each.arrives)
    elif each.unseen.at_once:
        right = each.unseen.names[0] == each.own
        share.at_once, share.elsewhere = share.at_once + right, share.elsewhere + (not right)
    elif each.own in each.unseen.names:
        share.asked += 1
    else:
        share.lost += 1


def notes(shares: Sequence[OwnExamples]) -> Iterator[Message]:
    """What `ivr lint --verbose` adds."""
    yield from map(shared, shares)
    for each in (lonely for share in shares for lonely in share.lonely):
        yield Message("lint.own-examples.note", where=f"{each.file}:{each.line}:{each.column}", said=each.message)
