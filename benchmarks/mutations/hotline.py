"""Mistakes about a whole flow, and in hotline.yaml."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from mutations.data import Data, Edit, Flows

OPEN_NEVER = {"mon": "closed"}


def flow_edits(file: str, data: Data) -> Iterator[tuple[str, Edit]]:
    """Each mistake about a whole flow."""
    for field in ("intake", "gives"):
        if field in data:
            yield f"{field} deleted", _changed((file,), lambda flow, field=field: flow.pop(field))  # type: ignore[misc]
    if "flow" in data:
        yield "a flow deleted", lambda flows: flows.pop(file)
    if "flow" in data and data["flow"] not in ("main", "agent"):
        yield "a flow run in a ring", _changed((file,), _ring)


def _ring(flow: Data) -> None:
    steps = flow["steps"]
    flow["steps"] = {"again": {"run": "main", "next": next(iter(steps))}, **steps}


def hotline_edits(flows: Flows) -> Iterator[tuple[str, str, Edit]]:
    """Each mistake in hotline.yaml: operator, what, and the change."""
    file = next(name for name in flows if name.endswith("hotline.yaml"))
    hotline = flows[file]
    for name in hotline["hours"]:
        yield "hours never open", name, _set((file, "hours", name), open=OPEN_NEVER)
    for name, desk in hotline["destinations"].items():
        if "hours" in desk:
            yield "hours of a desk dropped", name, _changed((file, "destinations", name), lambda at: at.pop("hours"))
    for to in ("flow feedback", "back", "goodbye"):
        yield "0 leads elsewhere", to, _set((file, "shortcuts", "0"), next=to)
    for key in hotline["shortcuts"]:
        yield "a shortcut deleted", key, _changed((file, "shortcuts"), lambda at, key=key: at.pop(key))  # type: ignore[misc]
    yield from _limits(file, hotline)
    for how in ("no_input", "no_match"):
        yield "every give-up hangs up", how, _set((file, "defaults", how), next="goodbye")
        yield "a re-ask deleted", how, _set((file, "defaults", how), say=[])
    for kind in hotline["cases"]:
        yield "a case's clock gone", kind, _set((file, "cases", kind), clock="none")


def _limits(file: str, hotline: Data) -> Iterator[tuple[str, str, Edit]]:
    yield "a limit too low", "turns", _set((file, "limits"), turns="10")
    yield "a limit too low", "call", _set((file, "limits"), call="1m")
    yield "a limit leads round", "next", _set((file, "limits"), next="flow main")
    for name in hotline["limits"]:
        yield "a limit deleted", name, _changed((file, "limits"), lambda at, name=name: at.pop(name))  # type: ignore[misc]


def _set(path: tuple[str, ...], **fields: object) -> Edit:
    return _changed(path, lambda at: at.update(fields))


def _changed(path: tuple[str, ...], change: Callable[[Any], object]) -> Edit:
    def edit(flows: Flows) -> None:
        found: Any = flows
        for part in path:
            found = found[part]
        change(found)

    return edit
