"""What was understood, for programs and for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ivr.messages.message import Message
from ivr.speech.understood import Understood


def as_data(understood: Understood) -> dict[str, object]:
    """What was understood, as JSON has it: what there is none of is null, or empty where it is a list."""
    return {
        "outcome": understood.outcome,
        "name": understood.name or None,
        "names": list(understood.names),
        "value": understood.value or None,
        "by": understood.by or None,
        "topic": understood.topic or None,
        "scores": [list(pair) for pair in understood.scores],
        "caught": understood.caught or None,
    }


def sentence(understood: Understood) -> Message:
    """The same for people."""
    why = _WHY.get(understood.by, _scores)(understood)
    match understood.outcome:
        case "choice":
            return Message("hear-command.choice", name=understood.name, why=why)
        case "shortcut":
            return Message("hear-command.shortcut", name=understood.name, why=why)
        case "ask":
            return Message("hear-command.ask", names=understood.names, why=why)
        case "entry":
            return Message("hear-command.entry", value=understood.value)
    return Message("hear-command.no-match", why=why)


def _scores(understood: Understood) -> Message | str:
    best = tuple(Message("hear-command.score", topic=topic, score=score) for topic, score in understood.scores)
    return Message("hear-command.by-topic", best=best) if best else ""


_WHY: Mapping[str, Callable[[Understood], Message | str]] = {
    "key": lambda _: Message("hear-command.by-key"),
    "word": lambda understood: Message("hear-command.by-word", caught=understood.caught),
    "polarity": lambda _: Message("hear-command.by-polarity"),
}
