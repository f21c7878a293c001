"""What an author wrote, found by the types of the fields and not by the kind of step: targets, values and prompts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from ivr.source.scalars import SourcePath
from ivr.steps.fields import Audio, PromptField, Ref
from ivr.steps.target import Target

_PROMPT = get_args(PromptField)[1]


@dataclass(frozen=True, slots=True)
class WrittenPrompt:
    """A prompt or label as written: its text by language, or (`shared`) the name of a prompt of the hotline.

    A `whisper` is one text, heard by the desk and not by callers.
    """

    text: Mapping[str, str]
    shared: str = ""
    whisper: bool = False

    def in_languages(self, path: SourcePath) -> Iterator[tuple[SourcePath, str, str]]:
        """Where each text stands, given where the prompt does; its language; the text."""
        for tag, text in self.text.items():
            yield path if self.whisper else (*path, tag), tag, text


def everything(fields: BaseModel, path: SourcePath = ()) -> Iterator[tuple[SourcePath, Target | Ref | WrittenPrompt]]:
    """Every target, value in braces and prompt of a mapping, with its path in the file."""
    for name, key, hint, prompt in _fields(type(fields)):
        yield from _walk(getattr(fields, name), hint, (*path, key), prompt)


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, str, Any, bool], ...]:
    """Of each field of a model its name, its key in a file, its type, and whether that is a prompt."""
    return tuple(
        (name, info.alias or name, info.annotation, _PROMPT in info.metadata or _is_prompt(info.annotation))
        for name, info in model.model_fields.items()
    )


def _walk(
    value: Any, hint: Any, path: SourcePath, prompt: bool
) -> Iterator[tuple[SourcePath, Target | Ref | WrittenPrompt]]:
    if isinstance(value, Target | Ref):
        yield path, value
    elif isinstance(value, BaseModel):
        yield from everything(value, path)
    elif prompt and isinstance(value, str):
        yield path, WrittenPrompt({}, value)
    elif prompt and isinstance(value, dict):
        yield path, WrittenPrompt({tag: said.text if isinstance(said, Audio) else said for tag, said in value.items()})
    elif value and isinstance(value, dict | list):
        inner = _inner(hint, type(value))
        prompts = _is_prompt(inner)
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in pairs:
            yield from _walk(item, inner, (*path, key), prompts)


def _is_prompt(hint: Any) -> bool:
    """Whether a type is a prompt, or a union with one; a list or mapping of prompts is none itself."""
    if get_origin(hint) in (list, dict):
        return False
    args = get_args(hint)
    return _PROMPT in args[1:] or any(_is_prompt(arm) for arm in args)


def _inner(hint: Any, container: type) -> Any:
    """The type of the items of a list or mapping, looked for inside unions and annotations."""
    if get_origin(hint) is container:
        return get_args(hint)[-1]
    found = (_inner(arm, container) for arm in get_args(hint))
    return next((inner for inner in found if inner is not None), None)
