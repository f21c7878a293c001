"""Statements about calls to customers, the same on both databases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, literal_column, null, select, update

from ivr.service.outgoing.outgoing_rows import LIVE, SWITCH, AttemptRow, BlockedRow, FollowUpRow
from ivr.storage.outgoing_tables import is_due
from ivr.storage.tables import attempts, counters, do_not_call, follow_ups, secrets, switches

ONE: Any = literal_column("1")
COUNTER = "dial {flow}"
"""The counter of a flow is called so; it holds when the flow may dial next."""
CLAIMED = (*AttemptRow._fields, "version", "key", "other_key", "since", "most", "asked")
MOVED_ON = ("name", "next_dial", "dialled")


def _named(name: str, table: Any = None) -> Any:
    """A parameter, spelt as `Statements` wants them."""
    kind = table.c[name].type if table is not None and name in table.c else None
    return bindparam(f"_{name}", type_=kind)


def _given(table: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _named(name, table) for name in names}


def _all(table: Any, names: tuple[str, ...]) -> Any:
    return select(*(table.c[name] for name in names))


def row_statements(upsert: Any) -> Mapping[str, tuple[Any, tuple[str, ...]]]:
    """Statements that write a row, by name, with the values they take in order. `upsert` is the dialect's insert."""
    f, a = follow_ups, attempts
    as_read = (f.c.follow_up == _named("follow_up")) & (f.c.version == _named("version"))
    changed = {n: v for n, v in _given(f, FollowUpRow._fields).items() if n != "follow_up"}
    changed["version"] = f.c.version + ONE
    attempt = {n: v for n, v in _given(a, AttemptRow._fields).items() if n != "attempt"}
    return {
        "insert_follow_up": (insert(f).values(_given(f, FollowUpRow._fields)), FollowUpRow._fields),
        "update_follow_up": (update(f).where(as_read).values(changed), FollowUpRow._fields),
        "claim_follow_up": (_claim(as_read), CLAIMED),
        "move_on": (_move_on(upsert), MOVED_ON),
        "insert_attempt": (insert(a).values(_given(a, AttemptRow._fields)), AttemptRow._fields),
        "update_attempt": (update(a).where(a.c.attempt == _named("attempt")).values(attempt), AttemptRow._fields),
        "block": (_block(upsert), BlockedRow._fields),
    }  # fmt: skip


def _claim(as_read: Any) -> Any:
    """All that a claim stands on is asked again by the statement that makes it."""
    keys = (_named("key"), _named("other_key"))
    since_asked = do_not_call.c.since >= _named("asked")  # all are, where nobody has asked
    blocked = select(ONE).where(do_not_call.c.to_key.in_(keys), since_asked).correlate(None).exists()
    on = select(ONE).where(switches.c.name == literal_column(f"'{SWITCH}'"), switches.c.on).exists()
    rang = (attempts.c.intended_at > _named("since"), attempts.c.state != literal_column("'refused'"))
    phoned = select(func.count()).select_from(attempts).where(attempts.c.to_key.in_(keys), *rang).scalar_subquery()
    waits = follow_ups.c.state == literal_column("'waiting'")
    allowed = (as_read, waits, ~blocked, on, phoned < _named("most"))
    dialling = {"state": literal_column("'dialling'"), "version": follow_ups.c.version + ONE}
    return update(follow_ups).where(*allowed).values(dialling)


def _block(upsert: Any) -> Any:
    """Of two times the later counts: whoever asked for a call in between is not called after all."""
    new = upsert(do_not_call).values(_given(do_not_call, BlockedRow._fields))
    later = {name: new.excluded[name] for name in BlockedRow._fields if name != "to_key"}
    return new.on_conflict_do_update(
        index_elements=["to_key"], set_=later, where=do_not_call.c.since <= new.excluded.since
    )


def _move_on(upsert: Any) -> Any:
    """When the flow dials next; nothing is written where another has dialled meanwhile."""
    new = upsert(counters).values(name=_named("name", counters), value=_named("dialled"))
    return new.on_conflict_do_update(
        index_elements=["name"], set_={"value": new.excluded.value}, where=counters.c.value == _named("next_dial")
    )


def outgoing_statements(upsert: Any) -> Mapping[str, Any]:
    """All others, by name."""
    f, a, d = follow_ups, attempts, do_not_call
    both = (*(a.c[name] for name in AttemptRow._fields), *(f.c[name] for name in FollowUpRow._fields))
    joined = select(*both).join(f, a.c.follow_up == f.c.follow_up)
    live = a.c.state.in_([literal_column(f"'{state}'") for state in LIVE])
    keys = (_named("key"), _named("other_key"))
    phoning = select(ONE).select_from(a).where(a.c.to_key == f.c.to_key, live).exists()
    due = (f.c.state == literal_column("'waiting'"), f.c.flow == _named("flow"), is_due(_named("now")))
    in_order = (f.c.due_at, f.c.made_at, f.c.follow_up)
    off: Any = literal_column("0")
    of_flow = select(func.count()).select_from(a).join(f, a.c.follow_up == f.c.follow_up)
    today = (a.c.intended_at >= _named("since"), f.c.flow == _named("flow"), a.c.state != literal_column("'refused'"))
    return {
        "read_follow_up": _all(f, FollowUpRow._fields).where(f.c.follow_up == _named("follow_up")),
        "follow_ups_of_case": _all(f, FollowUpRow._fields)
        .where(f.c.number == _named("number")).order_by(f.c.made_at, f.c.follow_up),
        "follow_ups_to": _all(f, FollowUpRow._fields)
        .where(f.c.to_key.in_(keys)).order_by(f.c.made_at.desc(), f.c.follow_up).limit(_named("most")).offset(off),
        "follow_ups_page": _all(f, FollowUpRow._fields).where(f.c.state.in_(_states()), f.c.follow_up > _named("after"))
        .order_by(f.c.follow_up).limit(_named("most")).offset(off),
        "read_attempt": joined.where(a.c.attempt == _named("attempt")),
        "attempts_of": _all(a, AttemptRow._fields).where(a.c.follow_up == _named("follow_up")).order_by(a.c.n),
        "live_attempts": joined.where(live, a.c.intended_at < _named("before"), a.c.state == _named("state"))
        .order_by(a.c.intended_at, a.c.attempt).limit(_named("most")).offset(off),
        "known_call": select(a.c.attempt).where(a.c.call == _named("call")),
        "due_follow_ups": _all(f, FollowUpRow._fields)
        .where(*due, f.c.simulated >= _named("least"), f.c.simulated <= _named("simulated", f), ~phoning)
        .order_by(*in_order)
        .limit(_named("most")).offset(off),
        "phoned_since": select(a.c.intended_at, a.c.state)
        .where(a.c.to_key.in_(keys), a.c.intended_at > _named("since")).order_by(a.c.intended_at),
        "dialled_since": of_flow.where(*today),
        "next_dial": select(counters.c.value).where(counters.c.name == _named("name", counters)),
        "blocked": _all(d, BlockedRow._fields).where(d.c.to_key.in_(keys)).order_by(d.c.since.desc()),
        "blocked_page": _all(d, BlockedRow._fields).where(d.c.to_key > _named("after"))
        .order_by(d.c.to_key).limit(_named("most")).offset(off),
        "unblock": delete(d).where(d.c.to_key.in_(keys)).returning(d.c.to_key),
        "revive": _revive(keys),
        "secret": select(secrets.c.value).where(secrets.c.name == _named("name", secrets)),
        "keep_secret": upsert(secrets).values(_given(secrets, ("name", "value"))).on_conflict_do_nothing(),
        "set_switch": _set_switch(upsert),
    }  # fmt: skip


def _states() -> tuple[Any, Any, Any]:
    return literal_column("'waiting'"), literal_column("'dialling'"), literal_column("'stopped'")


def _set_switch(upsert: Any) -> Any:
    new = upsert(switches).values(_given(switches, ("name", "on")))
    return new.on_conflict_do_update(index_elements=["name"], set_={"on": new.excluded.on})


def _revive(keys: Any) -> Any:
    f = follow_ups
    stopped = (f.c.state == literal_column("'stopped'"), f.c.reason == literal_column("'do_not_call'"))
    again = {"state": literal_column("'waiting'"), "reason": null(), "version": f.c.version + ONE}
    return update(f).where(f.c.to_key.in_(keys), *stopped).values(again).returning(f.c.follow_up)
