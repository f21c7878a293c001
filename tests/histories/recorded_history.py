"""A history: calls as a version of ivr took them, with their releases and documents, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ivr.service.ports import RecordedCall, RecordedTurn

NUMBER = "{next}"
"""Stands in a document for the number of the next turn, so that documents that differ in nothing else are one."""

AS_FIRST_RECORDED = {"customer": "caller", "line": "called"}
"""Fields that had other names when the first history was recorded. A file keeps them: it is never written again."""


@dataclass
class History:
    """What a version recorded: release bodies by name, and each call with the document of each of its turns."""

    version: str
    bodies: dict[str, str] = field(default_factory=dict)
    calls: list[tuple[RecordedCall, Sequence[str]]] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """The file."""
        yield _line({"history": 1, "version": self.version})
        for name, body in self.bodies.items():
            yield _line({"release": name, "files": json.loads(body)})
        documents: dict[str, int] = {}
        for call, replies in self.calls:
            for n, reply in enumerate(replies, 2):
                shared = reply.replace(f"/voice/t/{n}", f"/voice/t/{NUMBER}")
                if shared not in documents:
                    documents[shared] = len(documents)
                    yield _line({"document": documents[shared], "twiml": shared})
            yield _line(_call(call, replies, documents))


def _call(call: RecordedCall, replies: Sequence[str], documents: dict[str, int]) -> dict[str, object]:
    turns = [
        {
            "input": json.loads(turn.input),
            "digest": turn.digest.hex(),
            "document": documents[reply.replace(f"/voice/t/{n}", f"/voice/t/{NUMBER}")],
        }
        for n, (turn, reply) in enumerate(zip(call.turns, replies, strict=True), 2)
    ]
    head = {AS_FIRST_RECORDED.get(name, name): value for name, value in call._asdict().items()}
    return {**head, "turns": turns}


def _line(value: dict[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=False)


def read_history(text: str) -> History:
    """A history from its file."""
    history = History("")
    documents: dict[int, str] = {}
    for line in text.splitlines():
        value = json.loads(line)
        if "version" in value:
            history.version = value["version"]
        elif "files" in value:
            history.bodies[value["release"]] = json.dumps(value["files"], sort_keys=True)
        elif "twiml" in value:
            documents[value["document"]] = value["twiml"]
        else:
            turns = value.pop("turns")
            head = {name: value[AS_FIRST_RECORDED.get(name, name)] for name in RecordedCall._fields if name != "turns"}
            rows = [RecordedTurn(json.dumps(t["input"]).encode(), bytes.fromhex(t["digest"])) for t in turns]
            replies = [documents[t["document"]].replace(NUMBER, str(n)) for n, t in enumerate(turns, 2)]
            history.calls.append((RecordedCall(**head, turns=rows), replies))
    return history
