"""What callers said at each menu that knows topics, for people, as HTML, and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from ivr.flow.model import Release, StepKey
from ivr.messages.message import Message
from ivr.messages.reader import shown
from ivr.replay.topics_said import MenuIn, OfMenu, OfTopic, Then, TopicsSaid
from ivr.speech.by_topic import MenuTopics

THEN: Sequence[Then] = ("taken", "other", "else")
HEADS = (
    "coverage.said.heads.step", "coverage.said.heads.language", "coverage.said.heads.topic",
    "coverage.said.heads.at-once", "coverage.said.heads.asked", "coverage.said.heads.then-taken",
    "coverage.said.heads.then-other", "coverage.said.heads.then-else",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MenuSaid:
    """What was said at a menu, by topic in their order; and the topics it lists that were never heard."""

    menu: MenuIn
    said: OfMenu
    topics: Sequence[tuple[str, OfTopic]]
    never: Sequence[str] = field(default=())

    @property
    def name(self) -> str:
        return f"{self.menu.at.flow}.{self.menu.at.step}"


def by_menu(release: Release, read: TopicsSaid) -> list[MenuSaid]:
    """Every menu of the flows on disk that knows topics, and every one that did when a call came, in their order."""
    known = dict(_menus(release))
    order = [*known, *sorted(menu for menu in read.menus if menu not in known)]
    found = []
    for menu in order:
        said = read.menus.get(menu, OfMenu())
        never = [topic for topic in known.get(menu, ()) if topic not in said.by_topic]
        found.append(MenuSaid(menu, said, sorted(said.by_topic.items()), never))
    return found


def _menus(release: Release) -> Iterator[tuple[MenuIn, list[str]]]:
    for flow, step in release.steps():
        for choosing in step.declared.choices.values():
            for language, topics in choosing.topics.items():
                if isinstance(topics, MenuTopics):
                    yield MenuIn(StepKey(flow.name, step.name), language), _listed(topics)


def _listed(topics: MenuTopics) -> list[str]:
    """The topics that choices and shortcuts list there, if callers are known to speak of them in its language."""
    listed = {name for names in (*topics.choices.values(), *topics.shortcuts.values()) for name in names}
    return sorted(listed & {*topics.topics.names})


def lines(menus: Sequence[MenuSaid], read: TopicsSaid) -> Iterator[Message]:
    """The report in sentences."""
    yield Message("coverage.said.head", calls=read.calls, unread=read.unread)
    for each in menus:
        said, at = each.said, {"step": each.name, "language": each.menu.language}
        yield Message(
            "coverage.said.menu", **at, said=said.said, words=said.by_words, between=said.between, lost=said.lost
        )
        for topic, of in each.topics:
            then = {name: of.asked[name] for name in THEN}
            yield Message(
                "coverage.said.topic", topic=topic, at_once=of.at_once, asked=of.asked.total(), taken=then["taken"],
                other=then["other"], neither=then["else"],
            )  # fmt: skip
        if each.never and said.said:
            yield Message("coverage.said.never", topics=tuple(each.never))


def html(menus: Sequence[MenuSaid], read: TopicsSaid) -> str:
    """The same as a part of the page."""
    title, head, *about = (escape(shown(each)) for each in _about(menus, read))
    heads = "".join(f"<th>{escape(shown(Message(name)))}</th>" for name in HEADS)
    rows = "".join(_row(each, topic, of) for each in menus for topic, of in _every(each))
    paragraphs = "".join(f"<p>{each}</p>" for each in (head, *about))
    return f"<h2>{title}</h2>{paragraphs}<table><tr>{heads}</tr>{rows}</table>"


def _about(menus: Sequence[MenuSaid], read: TopicsSaid) -> Iterator[Message]:
    yield Message("coverage.said.title")
    yield from (each for each in lines(menus, read) if each.code in ("coverage.said.head", "coverage.said.menu"))


def _every(each: MenuSaid) -> list[tuple[str, OfTopic]]:
    return sorted([*each.topics, *((topic, OfTopic()) for topic in each.never)], key=lambda pair: pair[0])


def _row(each: MenuSaid, topic: str, of: OfTopic) -> str:
    named = "".join(f"<td>{escape(text)}</td>" for text in (each.name, each.menu.language, topic))
    counts = (of.at_once, of.asked.total(), *(of.asked[then] for then in THEN))
    counted = "".join(f'<td class="n">{n}</td>' for n in counts)
    return f"<tr>{named}{counted}</tr>"


def data(menus: Sequence[MenuSaid], read: TopicsSaid, since: str) -> dict[str, object]:
    """The report as JSON has it."""
    return {"since": since, "calls": read.calls, "unread": read.unread, "menus": [_data(each) for each in menus]}


def _data(each: MenuSaid) -> dict[str, object]:
    said = each.said
    return {
        "at": each.name,
        "language": each.menu.language,
        "said": said.said,
        "by_words": said.by_words,
        "asked_by_words": said.between,
        "not_understood": said.lost,
        "topics": [
            {"topic": topic, "at_once": of.at_once, "asked": of.asked.total(),
             "then": {name: of.asked[name] for name in THEN}}
            for topic, of in each.topics
        ],
        "never": list(each.never),
    }  # fmt: skip
