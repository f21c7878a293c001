"""What is wrong with one key or value, in words for somebody who writes such a file for the first time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, get_origin

from pydantic import BaseModel

from ivr.errors import Finding, Problem
from ivr.flow.also_called import key_meant
from ivr.flow.examples import TAG, Examples
from ivr.flow.key_places import known_keys, models_at, places_of
from ivr.flow.likely import closest, did_you_mean
from ivr.source.misspelt import inside
from ivr.source.scalars import SourcePath
from ivr.source.yaml_file import Source
from ivr.steps.fields import NAME
from ivr.steps.kinds import KINDS
from ivr.steps.target import RESERVED

_MAPPING = "keys with a colon are expected here, each on its own line"


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
    likeness = 0.75 if places_of(model, loc, key) else 0.6
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
                return self.source.finding(full, _not_one_of(error), at_key=last == "[key]")
        return self.source.finding(full, self._bad_value(error, full), at_key=last == "[key]")

    def _unknown_key(self, key: str, loc: Sequence[str | int]) -> Problem:
        if key in self._other_kinds:
            kind = next(iter(self.data))
            message = f'a step does one thing: this one is a {kind}, and "{key}" is another kind of step.'
            hint = f"Put {key}: into a step of its own, and lead to it with next."
            return Problem("unknown-key", message, hint)
        known = known_keys(self.model, loc)
        beside = inside(self.data, real_path(loc, self.data)[:-1])
        meant = likely_key(self.model, loc, known, beside)
        hint = f'Did you mean "{meant}"?' if meant else ""
        if not hint and (under := self._mapping_missing(loc, beside)):
            hint = f"It belongs under {under}:."
        if not hint and (places := places_of(self.model, loc, key)):
            hint = f"It belongs under {' or '.join(places)}."
        if not hint and self._kinds_with(key, loc):
            hint = f"A {' or '.join(self._kinds_with(key, loc))} has it."
        if known and not hint.startswith("Did"):
            hint = f"{hint} The keys here are {', '.join(known)}.".strip()
        return Problem("unknown-key", f'there is no key "{key}" here.', hint)

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
        hint = f"Add a line such as {line}" if line else "Add it."
        return Problem("missing-key", f'"{key}" is missing here.', hint)

    def _example(self, key: str, loc: Sequence[str | int]) -> str:
        owners = [model.__name__ for model in models_at(self.model, loc)]
        return self.examples.line(owners, key, next((str(part) for part in loc if part in self.examples.tags), ""))

    def _as_mapping(self, error: Any, full: SourcePath) -> str:
        """How a mapping is written where something else stands."""
        written, key = error["input"], full[-1] if full else ""
        if isinstance(written, list) and any(isinstance(item, dict) for item in written):
            return "Take out the dashes: each begins with its own name and a colon."
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
            return "Write each as a key of its own, with a colon."
        return f"Write it such as {line}" if line else ""

    @cached_property
    def _outdented(self) -> str:
        """The key whose words stand beside it instead of below it, each under its language."""
        data = self.data if isinstance(self.data, dict) else {}
        empty = next((key for key, value in data.items() if value == ""), "")
        return empty if empty and any(TAG.match(key) for key in data) else ""

    def _bad_value(self, error: Any, full: SourcePath) -> Problem:
        named = f'"{full[-1]}": ' if len(full) > len(self.path) and isinstance(full[-1], str) else ""
        kind, written = error["type"], error["input"]
        if written == "" and kind != "string_too_short" and named:
            line = self._example(str(full[-1]), error["loc"])
            hint = f"Write one, such as {line}" if line else ""
            if full[-1] == self._outdented:
                hint = f"Begin the lines of its languages two blanks deeper than {full[-1]}:."
            said = str(error["ctx"]["error"]) if kind == "value_error" else "something must be written here"
            return Problem("bad-value", f"{named}nothing stands behind the colon; {said}.", hint)
        if kind == "value_error":
            said = str(error["ctx"]["error"])
            return Problem("bad-value", f"{named}{said}.", _one_of(said, written))
        limits = error.get("ctx", {})
        said, hint = {
            "dict_type": (_MAPPING, self._as_mapping(error, full)),
            "model_type": (_MAPPING, self._as_mapping(error, full)),
            "list_type": ("a list is expected here, such as [one, two]", _as_list(full, written)),
            "string_type": ("a word or a text is expected here", _as_text(full, written)),
            "too_short": ("at least one is needed here", ""),
            "string_too_short": ("something must be written here", ""),
            "greater_than_equal": (f"write a number of at least {limits.get('ge')}", _too_small(full, written)),
            "less_than_equal": (f"write a number of at most {limits.get('le')}", ""),
        }.get(kind, (error["msg"][:1].lower() + error["msg"][1:], ""))
        return Problem("bad-value", f"{named}{said}.", hint)


def _as_list(path: SourcePath, written: Any) -> str:
    if isinstance(written, dict) and written:
        return "Begin each of them with a dash and a blank, on a line of its own."
    parts = ", ".join(re.split(r"\s*[,，、;；]\s*", written)) if isinstance(written, str) else ""
    return f"Write {path[-1]}: [{parts}]." if path and parts else ""


def _as_text(path: SourcePath, written: Any) -> str:
    texts = [item for item in written if isinstance(item, str)] if isinstance(written, list) else []
    return f'Write {path[-1]}: "{", ".join(texts)}".' if texts and path else ""


def _too_small(path: SourcePath, written: Any) -> str:
    if path[-1:] == ("tries",):
        how = path[-2] if path[-2:-1] in (("no_input",), ("no_match",)) else "no_input"
        return f"1 asks once. To go on without asking again write {how}: STEP, with the step to go on with."
    return ""


def _not_one_of(error: Any) -> Problem:
    expected = error["ctx"]["expected"].replace("'", '"')
    options = expected.replace('"', "").replace(" or ", ", ").split(", ")
    written = error["input"]
    if isinstance(written, list | dict):
        words = ", ".join(map(str, written))
        return Problem("bad-value", f"one of {expected} is expected here.", f"Write {words} without brackets.")
    if written == "":
        return Problem("bad-value", f"nothing stands behind the colon; write one of {expected}.")
    return Problem("bad-value", f'"{written}" is not one of {expected}.', did_you_mean(str(written), options))


def _one_of(text: str, written: Any) -> str:
    """A hint where a message lists the words that may be written, and one of them was nearly hit."""
    _, listing, words = text.partition("one of " if "one of " in text else ": use ")
    word = next(iter(written), "") if isinstance(written, dict) else written
    return did_you_mean(word, re.findall(r"[a-z_]+", words)) if listing and isinstance(word, str) else ""
