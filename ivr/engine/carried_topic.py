"""What a caller said this turn is about: one utterance answers as many menus as know its topic."""

from __future__ import annotations

from ivr.steps.step import Step


class CarriedTopic:
    """The topic a menu was answered by in this turn, for the menus behind it; not for one answered so already, which
    would lead round for ever."""

    __slots__ = ("answered", "topic")

    def __init__(self) -> None:
        self.topic, self.answered = "", list[Step]()

    def at(self, step: Step) -> str:
        """The topic, as a step that is entered now knows it."""
        return self.topic if self.topic and step not in self.answered else ""

    def leave(self, step: Step, topic: str) -> None:
        """A step was answered by a topic."""
        self.topic = topic
        self.answered.append(step)
