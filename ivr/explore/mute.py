"""A release without its words: what is left decides every turn, so two releases that agree in it have one proof.

Of each text stay its slots, by language, and whether it says anything at all. Labels, words and hints stay whole: they
are recognised, so they decide.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args

from ivr.flow.hotline import HotlineFields
from ivr.flow.parse import Parsed
from ivr.steps.fields import PAUSE, PLACEHOLDER, Audio, Fields
from ivr.steps.kinds import KINDS


def mute_hash(parsed: Parsed) -> str:
    """The hash of a release without its words."""
    assert parsed.hotline is not None
    tags = frozenset(parsed.hotline.languages)
    files = {source.file.rsplit("/", 1)[-1]: _mute(source.data, "", tags) for source in parsed.sources}
    return hashlib.sha256(json.dumps(files, ensure_ascii=False).encode()).hexdigest()


def _mute(data: Any, key: str, tags: frozenset[str]) -> Any:
    """The data of a file, its texts replaced. Order stays: the order of choices and arms decides."""
    if isinstance(data, Mapping):
        if key in prompt_keys() and data and data.keys() <= tags:
            return [[tag, _slots(text)] for tag, text in data.items()]
        inner = "" if key != "prompts" else key  # shared prompts have a name of their own between
        return [[name, _mute(value, inner or name, tags)] for name, value in data.items()]
    if isinstance(data, (list, tuple)):
        return [_mute(each, key, tags) for each in data]
    return data if data is None else str(data)


def _slots(text: Any) -> Any:
    """A text by its slots and by whether anything is left beside them."""
    if isinstance(text, Mapping):
        return [[name, _slots(value) if name == "text" else str(value)] for name, value in text.items()]
    words = PLACEHOLDER.sub("", PAUSE.sub("", str(text)))
    return [sorted({found.group() for found in PLACEHOLDER.finditer(str(text))}), any(map(str.isalnum, words))]


@cache
def prompt_keys() -> frozenset[str]:
    """The keys of a file under which a prompt is written, as the fields say."""
    models: list[type[Fields]] = [HotlineFields, *KINDS.values()]
    found: set[str] = set()
    seen: set[type[Fields]] = set()
    while models:
        model = models.pop()
        if model in seen:
            continue
        seen.add(model)
        for name, field in model.model_fields.items():
            inside = list(_types(field.annotation))
            if Audio in inside:
                found.add(field.alias or name)
            models += [each for each in inside if isinstance(each, type) and issubclass(each, Fields)]
    return frozenset(found)


def _types(annotation: Any) -> Iterator[Any]:
    yield annotation
    for inner in get_args(annotation):
        yield from _types(inner)
