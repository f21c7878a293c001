"""An event of the log as one line of bytes, as JSON for programs or as text for people."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

from ivr.app.logs.masking import masked, told
from ivr.app.logs.one_line import one_line
from ivr.app.logs.trace import trace
from ivr.app.observed.seen import CURRENT, Seen

LONGEST_LINE = 4096
"""Bytes that a pipe takes whole, so that the lines of two processes do not mix."""
LONGEST_MESSAGE, LONGEST_TRACE, LONGEST_FIELD = 1000, 1500, 300
Form = Literal["json", "text"]
Field = str | int | float | bool


def line_of(record: logging.LogRecord, form: Form) -> bytes:
    """The event, with the request in which it happened; it fails at nothing. `record.fields` are further fields: their
    values are escaped and cut, but not masked, so they are for whoever knows what is in them."""
    try:
        fields = _fields(record)
    except Exception as failed:  # an argument whose text cannot be made
        fields = {**_head(record), "event": "an event could not be written", "error": type(failed).__name__}
    return WRITERS[form](fields)


def _fields(record: logging.LogRecord) -> dict[str, Field]:
    request = CURRENT.get()
    fields = {**_head(record), "event": _event(record, request)}
    if request is not None:
        fields["request"] = request.id
        if request.call:
            fields["call"] = request.call
        if request.turn:
            fields["turn"] = request.turn
    for name, value in getattr(record, "fields", {}).items():
        fields[name] = one_line(value, LONGEST_FIELD) if isinstance(value, str) else value
    failed = record.exc_info[1] if record.exc_info else None
    if failed is not None:
        fields["error"] = one_line(type(failed).__name__, LONGEST_FIELD)
        fields["trace"] = one_line(trace(failed), LONGEST_TRACE)
    return fields


def _event(record: logging.LogRecord, request: Seen | None) -> str:
    """The sentence, masked; that of a record that is `safe` holds nothing of a caller."""
    message = _message(record)
    if not getattr(record, "safe", False):
        message = masked(message, request.form if request else ())
    return one_line(message, LONGEST_MESSAGE)


def _head(record: logging.LogRecord) -> dict[str, Field]:
    at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    return {
        "at": at.replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "from": one_line(record.name, LONGEST_FIELD),
        "pid": record.process or 0,
    }


def _message(record: logging.LogRecord) -> str:
    if isinstance(record.args, Mapping):
        return str(record.msg) % {name: told(value) for name, value in record.args.items()}
    return str(told(record.msg)) % tuple(map(told, record.args)) if record.args else str(told(record.msg))


_json = msgspec.json.Encoder(enc_hook=lambda value: one_line(repr(value), LONGEST_FIELD)).encode
"""All texts are escaped by now, and this costs a tenth of what the standard library takes."""


def _text(fields: dict[str, Field]) -> bytes:
    sentence = str(fields["event"])
    shown = {name: value for name, value in fields.items() if name not in ("at", "level", "from", "pid", "event")}
    more = " ".join(f"{n}={v}" for n, v in shown.items() if not (isinstance(v, str) and v in sentence))
    head = f"{str(fields['level']).upper()} {fields['from']}: {fields['event']}"
    return one_line(f"{head} ({more})" if more else head, LONGEST_LINE).encode()


def _written(write: Callable[[dict[str, Field]], bytes]) -> Callable[[dict[str, Any]], bytes]:
    """A line that is not too long: the longest of its fields is halved until it fits."""

    def written(fields: dict[str, Any]) -> bytes:
        line = write(fields)
        while len(line) >= LONGEST_LINE:
            longest = max((name for name in fields if isinstance(fields[name], str)), key=lambda n: len(fields[n]))
            fields[longest] = fields[longest][: len(fields[longest]) // 2]
            line = write(fields)
        return line + b"\n"

    return written


WRITERS: Mapping[Form, Callable[[dict[str, Any]], bytes]] = {"json": _written(_json), "text": _written(_text)}
