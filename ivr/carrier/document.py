"""Reading a document as strictly as it can be read: what the provider would refuse or only warn of is refused."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from ivr.carrier.line import Reply
from ivr.carrier.rules import ATTRIBUTES, CHILDREN, IN_A_WHISPER, LONGEST_SAY, TEXT

LARGEST = 64 * 1024
XML_KINDS = ("text/xml", "application/xml")


class DocumentRefused(Exception):
    """A document the provider does not take: its error code and what is wrong."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(f"{code}: {why}")
        self.code = code


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
        raise DocumentRefused(11750, f"{len(reply.body)} bytes")
    if not reply.body:
        raise DocumentRefused(11770, "an empty body")
    if reply.kind.split(";")[0].strip().lower() not in XML_KINDS:
        raise DocumentRefused(12300, f"content type {reply.kind!r}")
    if not reply.body.startswith(b"<") or b"<!DOCTYPE" in reply.body:
        raise DocumentRefused(12100, "no XML at the first byte, or a DOCTYPE")
    try:
        root = ElementTree.fromstring(reply.body)  # noqa: S314 - a DOCTYPE, and so an entity, is refused above
    except ElementTree.ParseError as failed:
        raise DocumentRefused(12100, str(failed)) from failed
    if root.tag != "Response":
        raise DocumentRefused(12102, f"the root is {root.tag}")
    verbs = _node(root).children
    for at, verb in enumerate(verbs):
        if verb.name == "Reject" and at:
            raise DocumentRefused(12200, "Reject may only come first")
        if whisper and verb.name not in IN_A_WHISPER:
            raise DocumentRefused(13201, f"{verb.name} in a whisper")
    return verbs


def _node(element: ElementTree.Element) -> Element:
    name = element.tag
    text = ("".join(element.itertext()) if name == "Say" else element.text or "").strip()
    rules = ATTRIBUTES.get(name)
    if rules is None:
        raise DocumentRefused(12200, f"unknown verb {name}")
    for attribute, value in element.attrib.items():
        if attribute not in rules:
            raise DocumentRefused(12200, f"{name} has no attribute {attribute}")
        code, judge = rules[attribute]
        if not judge(value):
            raise DocumentRefused(code, f"{name} {attribute}={value!r}")
    _check_text(element, name, text)
    children = [_node(child) for child in element]
    for child in children:
        if child.name not in CHILDREN.get(name, frozenset()):
            raise DocumentRefused(13320 if name == "Gather" else 12200, f"{child.name} in {name}")
    _check_pairs(name, element.attrib)
    return Element(name, dict(element.attrib), text, children)


def _check_text(element: ElementTree.Element, name: str, text: str) -> None:
    if name in TEXT:
        code, judge = TEXT[name]
        if not judge(text):
            raise DocumentRefused(code, f"{name} with the text {text[:60]!r}")
        if name == "Say" and len(quote(text)) > LONGEST_SAY:
            raise DocumentRefused(13521, f"{len(quote(text))} characters, URL-encoded")
    elif text or any((child.tail or "").strip() for child in element):
        raise DocumentRefused(12200, f"text in {name}")


def _check_pairs(name: str, attributes: dict[str, str]) -> None:
    if name in ("Gather", "Record") and "action" not in attributes:
        raise DocumentRefused(11100, f"{name} without action requests the current document again, for ever")
    if attributes.get("speechTimeout") == "auto" and "speechModel" in attributes:
        raise DocumentRefused(13335, "speechTimeout auto with a speechModel")
