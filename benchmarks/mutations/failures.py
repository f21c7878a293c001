"""Mistakes about silence, keys that are none, and how often is asked."""

from __future__ import annotations

from mutations.data import Data, Edits, Flows, Operator, put, take


def _delete_give_up(file: str, step: str, fields: Data, data: Data) -> Edits:
    for key in ("no_input", "no_match"):
        if key in fields:
            yield key, take(file, step, (key,))


def _give_up_asks_again(file: str, step: str, fields: Data, data: Data) -> Edits:
    for key in ("no_input", "no_match"):
        if key in fields:
            yield key, put(file, step, (key,), {"tries": "2", "next": step})


def _tries(count: str) -> Operator:
    def tries(file: str, step: str, fields: Data, data: Data) -> Edits:
        for key in ("no_input", "no_match"):
            if isinstance(fields.get(key), dict) and fields[key].get("tries") not in (None, count):
                yield key, put(file, step, (key, "tries"), count)

    return tries


def _unsaved_said_key(file: str, step: str, fields: Data, data: Data) -> Edits:
    if fields.get("announce") == "no":
        for key in fields.get("choices", {}):

            def edit(flows: Flows, key: str = key) -> None:
                choices = flows[file]["steps"][step]["choices"]
                choices["7"] = choices.pop(key)

            yield key, edit


OPERATORS: dict[str, Operator] = {
    "a give-up deleted": _delete_give_up,
    "a give-up asks again": _give_up_asks_again,
    "tries 1": _tries("1"),
    "tries 9": _tries("9"),
    "tries 50": _tries("50"),
    "a key announced and not taken": _unsaved_said_key,
}
