"""What is wrong with one key or value, in words for somebody who writes such a file for the first time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, get_origin

from pydantic import BaseModel

from ivr.errors import Finding, Problem
from ivr.flow.also_called import key_meant
from ivr.flow.bad_values import as_list, as_text, likely_option, not_one_of, said_of, too_small
from ivr.flow.examples import TAG, Examples
from ivr.flow.key_places import belongs_at_top, known_keys, models_at, places_of
from ivr.flow.likely import closest
from ivr.messages.message import Message
from ivr.source.misspelt import inside
from ivr.source.scalars import SourcePath
from ivr.source.yaml_file import Source
from ivr.steps.fields import NAME
from ivr.steps.kinds import KINDS
from ivr.steps.target import RESERVED


def real_path(loc: Sequence[str | int], data: Any) -> SourcePath:
    """The part of pydantic's path that exists in the file (it adds the names of union arms and validators)."""
    real: list[str | int] = []
    for part in loc:
        in_mapping = isinstance(data, dict) and part in data
        in_list = isinstance(data, list) and isinstance(part, int) and part < len(data)
        if in_mapping or in_list:
            data = data[part]
        else:
            if isinstance(data, dict) and str(part).endswith("_") and str(part)[:-1] in data:
                real.append(str(part)[:-1])
            continue
        real.append(part)
    return tuple(real)


def name_meant(text: str) -> str:
    """A name that may stand in a file, made of one that may not; empty where nothing of it may."""
    plain = re.sub(r"[^a-z0-9]+", "_", unicodedata.normalize("NFKC", text).lower()).strip("_")
    if plain in RESERVED or plain[:1].isdigit():
        plain = f"step_{plain}"
    return plain if NAME.match(plain) else ""


def likely_key(
    model: type[BaseModel], loc: Sequence[str | int], known: Sequence[str], beside: Mapping[str, object]
) -> str:
    """The known key that one was meant to be which is none here; one that belongs elsewhere must be much like it."""
    key = str(loc[-1])
    likeness = 0.75 if places_of(model, loc, key) or belongs_at_top(model, loc, key) else 0.6
    return key_meant(key, known, beside) or closest(key, known, likeness)


@dataclass(frozen=True)
class Reading:
    """The part of a source at `path` (`data`) being read as a model."""

    model: type[BaseModel]
    source: Source
    path: SourcePath
    data: Any
    examples: Examples

    @cached_property
    def _other_kinds(self) -> list[str]:
        """Of a step, the kinds that stand in it beside its own, in order."""
        if self.model not in KINDS.values() or not isinstance(self.data, dict):
            return []
        return [key for key in [*self.data][1:] if key in KINDS and key not in known_keys(self.model, ("",))]

    def follows_from_another_kind(self, error: Any) -> bool:
        """Whether an error comes of two kinds in one step: a key of the other kind, or a key missing for it."""
        if self._outdented and error["type"] == "extra_forbidden" and TAG.match(str(error["loc"][-1])):
            return True
        if not self._other_kinds or len(error["loc"]) != 1:
            return False
        key = error["loc"][0]
        theirs = {name for kind in self._other_kinds for name in known_keys(KINDS[kind], ("",))}
        return error["type"] == "missing" or (key in theirs and key not in self._other_kinds)

    def explained(self, error: Any) -> Finding:
        """The finding for one of pydantic's errors."""
        full = (*self.path, *real_path(error["loc"], self.data))
        last = str(error["loc"][-1]) if error["loc"] else ""
        match error["type"]:
            case "extra_forbidden":
                return self.source.finding(full, self._unknown_key(last, error["loc"]), at_key=True)
            case "missing":
                return self.source.finding(full, self._missing(last, error["loc"]), at_key=True)
            case "literal_error":
                return self.source.finding(full, not_one_of(error), at_key=last == "[key]")
        return self.source.finding(full, self._bad_value(error, full), at_key=last == "[key]")

    def _unknown_key(self, key: str, loc: Sequence[str | int]) -> Problem:
        if key in self._other_kinds:
            message = Message("flow.step.two-kinds", kind=next(iter(self.data)), other=key)
            return Problem("unknown-key", message, Message("flow.step.own-step", kind=key))
        known = known_keys(self.model, loc)
        beside = inside(self.data, real_path(loc, self.data)[:-1])
        meant = likely_key(self.model, loc, known, beside)
        if meant:
            hint: str = Message("flow.did-you-mean", meant=meant)
        else:
            hints = [*self._belongs(key, loc, beside)][:1]
            hints += [Message("flow.key.here", keys=tuple(known))] if known else []
            hint = Message("flow.hints", hints=tuple(hints)) if hints else ""
        return Problem("unknown-key", Message("flow.key.unknown", key=key), hint)

    def _belongs(self, key: str, loc: Sequence[str | int], beside: Any) -> Iterator[Message]:
        """Where a key belongs that is unknown at a place, the likeliest first."""
        if under := self._mapping_missing(loc, beside):
            yield Message("flow.key.under", places=(f"{under}:",))
        if places := places_of(self.model, loc, key):
            yield Message("flow.key.under", places=tuple(places))
        if belongs_at_top(self.model, loc, key):
            yield Message("flow.key.at-top")
        if kinds := self._kinds_with(key, loc):
            yield Message("flow.key.of-kinds", kinds=tuple(kinds))

    def _mapping_missing(self, loc: Sequence[str | int], beside: Any) -> str:
        """A needed mapping that is not there: what stands in its place was meant to be in it."""
        for model in models_at(self.model, loc):
            for name, info in model.model_fields.items():
                if info.is_required() and get_origin(info.annotation) is dict and (info.alias or name) not in beside:
                    return info.alias or name
        return ""

    def _kinds_with(self, key: str, loc: Sequence[str | int]) -> list[str]:
        """Where a step has a key of other kinds: those, up to three."""
        if len(loc) != 1 or self.model not in KINDS.values():
            return []
        found = [name for name, fields in KINDS.items() if key in known_keys(fields, ("",))]
        return found if len(found) <= 3 else []

    def _missing(self, key: str, loc: Sequence[str | int]) -> Problem:
        line = self._example(key, loc)
        hint = Message("flow.key.add-line", line=line) if line else Message("flow.key.add")
        return Problem("missing-key", Message("flow.key.missing", key=key), hint)

    def _example(self, key: str, loc: Sequence[str | int]) -> str:
        owners = [model.__name__ for model in models_at(self.model, loc)]
        return self.examples.line(owners, key, next((str(part) for part in loc if part in self.examples.tags), ""))

    def _as_mapping(self, error: Any, full: SourcePath) -> str:
        """How a mapping is written where something else stands."""
        written, key = error["input"], full[-1] if full else ""
        if isinstance(written, list) and any(isinstance(item, dict) for item in written):
            return Message("flow.value.dashes")
        models = models_at(self.model, (*error["loc"], "")) if error["type"] == "model_type" else []
        models = [model for model in models if model is not self.model]
        needed = {model.__name__: [f.alias or n for n, f in model.model_fields.items() if f.is_required()]
                  for model in models}  # fmt: skip
        leads = [f"next: {written}" for model in models if "next" in model.model_fields and NAME.match(str(written))]
        lines = [self.examples.line([owner], inner) for owner, keys in needed.items() for inner in keys]
        line = (
            f"{key}: {{{', '.join(filter(None, [*lines, *leads]))}}}"
            if any(lines)
            else self._example(str(key), error["loc"])
        )
        if isinstance(key, int) and models:
            line = f"- {{{self.examples.whole(models[0].__name__)}}}"
        if not line and isinstance(written, list):
            return Message("flow.value.own-keys")
        return Message("flow.value.write-such", line=line) if line else ""

    @cached_property
    def _outdented(self) -> str:
        """The key whose words stand beside it instead of below it, each under its language."""
        data = self.data if isinstance(self.data, dict) else {}
        empty = next((key for key, value in data.items() if value == ""), "")
        return empty if empty and any(TAG.match(key) for key in data) else ""

    def _bad_value(self, error: Any, full: SourcePath) -> Problem:
        key = str(full[-1]) if len(full) > len(self.path) and isinstance(full[-1], str) else ""
        if error["input"] == "" and error["type"] != "string_too_short" and key:
            ours = error["type"] == "value_error"
            said = Message("flow.value.empty", said=said_of(error) if ours else Message("flow.value.something"))
            hint = self._hint_of_nothing(error, key)
        else:
            said, hint = said_of(error), self._hint_of(error, full)
        return Problem("bad-value", Message("flow.value.at", key=key, said=said) if key else said, hint)

    def _hint_of_nothing(self, error: Any, key: str) -> str:
        """What to write where nothing stands behind a key's colon."""
        if key == self._outdented:
            return Message("flow.value.deeper", key=key)
        line = self._example(key, error["loc"])
        return Message("flow.value.write-one", line=line) if line else ""

    def _hint_of(self, error: Any, full: SourcePath) -> str:
        """What to write instead of a value of the wrong kind."""
        match error["type"]:
            case "value_error":
                return likely_option(error)
            case "dict_type" | "model_type":
                return self._as_mapping(error, full)
            case "list_type":
                return as_list(full, error["input"])
            case "string_type":
                return as_text(full, error["input"])
            case "greater_than_equal":
                return too_small(full)
        return ""
