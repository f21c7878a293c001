"""What was understood, for programs and for people."""

from __future__ import annotations

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
    match understood.outcome:
        case "choice" | "shortcut":
            why = _why(understood)
            return Message(f"hear-command.{understood.outcome}", name=understood.name, why=why)
        case "ask":
            return Message("hear-command.ask", names=understood.names, why=_why(understood))
        case "entry":
            return Message("hear-command.entry", value=understood.value)
    return Message("hear-command.no-match", why=_scores(understood))


def _why(understood: Understood) -> Message | str:
    if understood.by == "topic":
        return _scores(understood)
    if understood.by == "word":
        return Message("hear-command.by-word", caught=understood.caught)
    return Message(f"hear-command.by-{understood.by}")


def _scores(understood: Understood) -> Message | str:
    best = tuple(Message("hear-command.score", topic=topic, score=score) for topic, score in understood.scores)
    return Message("hear-command.by-topic", best=best) if best else ""
