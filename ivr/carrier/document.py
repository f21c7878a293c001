"""Reading a document as strictly as it can be read: what the provider would refuse or only warn of is refused."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from ivr.carrier.line import Reply
from ivr.carrier.rules import ATTRIBUTES, CHILDREN, IN_A_WHISPER, LONGEST_SAY, TEXT
from ivr.carrier.told import Told

LARGEST = 64 * 1024
XML_KINDS = ("text/xml", "application/xml")


class DocumentRefused(Exception):
    """A document the provider does not take: its error code and what is wrong."""

    def __init__(self, code: int, why: Told) -> None:
        super().__init__(f"{code}: {why}")
        self.code, self.why = code, why


@dataclass(frozen=True, slots=True)
class Element:
    """One verb or noun: name, attributes, text, children."""

    name: str
    attributes: dict[str, str]
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def said(self) -> Iterator[Element]:
        """The Say nodes in here, in order."""
        if self.name == "Say":
            yield self
        for child in self.children:
            yield from child.said()


def read_document(reply: Reply, *, whisper: bool = False) -> list[Element]:
    """The verbs of a reply. `DocumentRefused` with the provider's error code."""
    if len(reply.body) > LARGEST:
        raise DocumentRefused(11750, _large(len(reply.body)))
    if not reply.body:
        raise DocumentRefused(11770, Told("carrier.refused.empty", "the body is empty"))
    if reply.kind.split(";")[0].strip().lower() not in XML_KINDS:
        raise DocumentRefused(12300, Told("carrier.refused.type", 'the content type is "{type}"', type=reply.kind))
    if not reply.body.startswith(b"<") or b"<!DOCTYPE" in reply.body:
        raise DocumentRefused(12100, Told("carrier.refused.no-xml", "it does not begin with XML, or has a DOCTYPE"))
    try:
        root = ElementTree.fromstring(reply.body)  # noqa: S314 - a DOCTYPE, and so an entity, is refused above
    except ElementTree.ParseError as failed:
        raise DocumentRefused(
            12100, Told("carrier.refused.xml", "it is no XML: {error}", error=str(failed))
        ) from failed
    if root.tag != "Response":
        raise DocumentRefused(12102, Told("carrier.refused.root", "the root is {tag}", tag=root.tag))
    verbs = _node(root).children
    for at, verb in enumerate(verbs):
        if verb.name == "Reject" and at:
            raise DocumentRefused(12200, Told("carrier.refused.reject", "Reject does not come first"))
        if whisper and verb.name not in IN_A_WHISPER:
            raise DocumentRefused(
                13201, Told("carrier.refused.whisper", "{name} may not stand in a whisper", name=verb.name)
            )
    return verbs


def _node(element: ElementTree.Element) -> Element:
    name = element.tag
    text = ("".join(element.itertext()) if name == "Say" else element.text or "").strip()
    rules = ATTRIBUTES.get(name)
    if rules is None:
        raise DocumentRefused(12200, Told("carrier.refused.verb", "there is no verb {name}", name=name))
    for attribute, value in element.attrib.items():
        if attribute not in rules:
            raise DocumentRefused(12200, _no_attribute(name, attribute))
        code, judge = rules[attribute]
        if not judge(value):
            raise DocumentRefused(code, _wrong_value(name, attribute, value))
    _check_text(element, name, text)
    children = [_node(child) for child in element]
    for child in children:
        if child.name not in CHILDREN.get(name, frozenset()):
            raise DocumentRefused(13320 if name == "Gather" else 12200, _misplaced(child.name, name))
    _check_pairs(name, element.attrib)
    return Element(name, dict(element.attrib), text, children)


def _check_text(element: ElementTree.Element, name: str, text: str) -> None:
    if name in TEXT:
        code, judge = TEXT[name]
        if not judge(text):
            raise DocumentRefused(
                code, Told("carrier.refused.text", '{name} has the text "{text}"', name=name, text=text[:60])
            )
        if name == "Say" and len(quote(text)) > LONGEST_SAY:
            raise DocumentRefused(13521, _long(len(quote(text))))
    elif text or any((child.tail or "").strip() for child in element):
        raise DocumentRefused(12200, Told("carrier.refused.text-in", "there is text in {name}", name=name))


def _check_pairs(name: str, attributes: dict[str, str]) -> None:
    if name in ("Gather", "Record") and "action" not in attributes:
        raise DocumentRefused(11100, _no_action(name))
    if attributes.get("speechTimeout") == "auto" and "speechModel" in attributes:
        raise DocumentRefused(13335, Told("carrier.refused.model", "speechTimeout is auto beside a speechModel"))


def _large(size: int) -> Told:
    return Told("carrier.refused.large", "it has {size:,} bytes; the limit is {limit:,}", size=size, limit=LARGEST)


def _misplaced(name: str, place: str) -> Told:
    return Told("carrier.refused.misplaced", "{name} may not stand in {place}", name=name, place=place)


def _no_attribute(name: str, attribute: str) -> Told:
    return Told("carrier.refused.attribute", "{name} has no attribute {attribute}", name=name, attribute=attribute)


def _wrong_value(name: str, attribute: str, value: str) -> Told:
    return Told(
        "carrier.refused.value",
        '{name} does not take {attribute}="{given}"',
        name=name,
        attribute=attribute,
        given=value,
    )


def _long(length: int) -> Told:
    return Told(
        "carrier.refused.long",
        "its words have {length:,} characters, URL-encoded; the limit is {limit:,}",
        length=length,
        limit=LONGEST_SAY,
    )


def _no_action(name: str) -> Told:
    return Told(
        "carrier.refused.action", "{name} has no action, so it requests the current document for ever", name=name
    )
