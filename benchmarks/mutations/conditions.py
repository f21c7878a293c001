"""Mistakes about what decides and what is saved."""

from __future__ import annotations

from collections.abc import Iterator

from mutations.data import Data, Edits, Operator, put, take


def _delete_last_arm(file: str, step: str, fields: Data, data: Data) -> Edits:
    if "branch" in fields:
        yield "", take(file, step, ("branch", -1))


def _arms(file: str, step: str, fields: Data, data: Data) -> Iterator[tuple[int, Data]]:
    yield from ((n, arm["when"]) for n, arm in enumerate(fields.get("branch", [])) if "when" in arm)


def _default_first(file: str, step: str, fields: Data, data: Data) -> Edits:
    if len(fields.get("branch", [])) > 1:
        yield "", put(file, step, ("branch",), fields["branch"][::-1])


def _negate(file: str, step: str, fields: Data, data: Data) -> Edits:
    for n, when in _arms(file, step, fields, data):
        for name, condition in when.items():
            known = isinstance(condition, dict) and "known" in condition
            other = {"known": "no" if condition["known"] == "yes" else "yes"} if known else {"not": condition}
            yield name, put(file, step, ("branch", n, "when", name), other)


def _misspell_value(file: str, step: str, fields: Data, data: Data) -> Edits:
    for n, when in _arms(file, step, fields, data):
        for name, condition in when.items():
            yield name, put(file, step, ("branch", n, "when"), {f"{name}x": condition})


def _other_literal(file: str, step: str, fields: Data, data: Data) -> Edits:
    for n, when in _arms(file, step, fields, data):
        for name, condition in when.items():
            if isinstance(condition, str):
                yield name, put(file, step, ("branch", n, "when", name), "other")
    for name, value in fields.get("set", {}).items():
        if isinstance(value, str):
            yield name, put(file, step, ("set", name), {"yes": "no", "no": "yes"}.get(value, "other"))


OPERATORS: dict[str, Operator] = {
    "the last arm deleted": _delete_last_arm,
    "the default arm first": _default_first,
    "a condition negated": _negate,
    "a value misspelt in a condition": _misspell_value,
    "another literal": _other_literal,
}
