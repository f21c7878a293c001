"""The fields of `topics.yaml`, and of `speech` in hotline.yaml."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from ivr.messages.message import Message
from ivr.speech.features import LONGEST_COMPARED, folded
from ivr.steps.fields import Fields, LanguageTag, NameField, Percent


def _examples(raw: Any) -> Any:
    if isinstance(raw, str) and raw.strip():
        raise ValueError(Message("flow.topic.one", example=raw))
    return raw


def _example(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    if not folded(text):
        raise ValueError(Message("flow.topic.says-nothing"))
    if len(text) > LONGEST_COMPARED:
        raise ValueError(Message("flow.topic.too-long", most=LONGEST_COMPARED, length=len(text)))
    return text


ExampleField = Annotated[str, BeforeValidator(_example)]
ExamplesField = Annotated[list[ExampleField], BeforeValidator(_examples)]


class TopicsFields(Fields):
    """`topics.yaml`: by topic and language, what callers say about it."""

    topics: dict[NameField, dict[LanguageTag, ExamplesField]] = Field(min_length=1)


class SpeechFields(Fields):
    """How surely an utterance must be about a choice's topic: to take it at once, and to ask about it."""

    sure: Percent | None = None
    perhaps: Percent | None = None

    @model_validator(mode="after")
    def _in_order(self) -> SpeechFields:
        if self.sure is not None and self.perhaps is not None and self.perhaps > self.sure:
            raise ValueError(Message("flow.topic.in-order"))
        return self
