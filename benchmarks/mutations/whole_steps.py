"""Mistakes about a whole step, or a field it cannot do without."""

from __future__ import annotations

from mutations.data import Data, Edits, Flows, Operator, exits, put, take


def _skip(kind: str) -> Operator:
    def skip(file: str, step: str, fields: Data, data: Data) -> Edits:
        if kind in fields and len(data["steps"]) > 1:

            def edit(flows: Flows) -> None:
                _bypass(flows[file], step, fields["next"])

            yield "", edit

    return skip


def _bypass(data: Data, step: str, to: str) -> None:
    """The step is gone; what led to it leads on to where it led."""
    del data["steps"][step]
    for fields in data["steps"].values():
        for path, target in list(exits(fields)):
            if target == step:
                found = fields
                for part in path[:-1]:
                    found = found[part]
                found[path[-1]] = to


def _other_case(file: str, step: str, fields: Data, data: Data) -> Edits:
    if "case" in fields:
        yield "", put(file, step, ("case",), "feedback" if fields["case"] != "feedback" else "inquiry")


def _no_fields(file: str, step: str, fields: Data, data: Data) -> Edits:
    given = fields.get("with")
    for n in range(len(given)) if "case" in fields and isinstance(given, list) else ():
        yield given[n], take(file, step, ("with", n))


def _drop(field: str) -> Operator:
    def drop(file: str, step: str, fields: Data, data: Data) -> Edits:
        if field in fields:
            yield "", take(file, step, (field,))

    return drop


def _shorter(file: str, step: str, fields: Data, data: Data) -> Edits:
    lengths = [int(n) for n in str(fields.get("length", "")).replace("-", " ").split()]
    if lengths and lengths[-1] > 1:
        yield "", put(file, step, ("length",), "1")


OPERATORS: dict[str, Operator] = {
    "a set deleted": _skip("set"),
    "a case deleted": _skip("case"),
    "a say deleted": _skip("say"),
    "a run deleted": _skip("run"),
    "another kind of case": _other_case,
    "a field left off a case": _no_fields,
    "confirm dropped": _drop("confirm"),
    "save dropped": _drop("save"),
    "length 1": _shorter,
}
