"""What can be compiled of files that may have errors, for tools that show flows while they are being written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ivr.flow.compile import compile_release
from ivr.flow.hotline import HotlineFields
from ivr.flow.known import Known
from ivr.flow.model import Release
from ivr.flow.parse import Parsed
from ivr.lint.check import readable_hours

_LANGUAGE = {"announce": "{label} {key}", "yes_no": "1 2", "yes": ["1"], "no": ["2"]}


def partly_compiled(known: Known) -> Release:
    """Every step that is known, with the hotline's own rules where those could be read too. Never to be served."""
    return compile_release(with_hotline(known.parsed))


def with_hotline(parsed: Parsed) -> Parsed:
    """The flows that have steps, with a hotline of which at least the languages are known."""
    hotline = parsed.hotline if parsed.hotline and parsed.hotline.languages else None
    if hotline is not None and parsed.hotline_source is not None:
        _, hours = readable_hours(hotline, parsed.hotline_source)
        hotline = hotline.model_copy(update={"hours": hours})
    flows = {name: flow for name, flow in parsed.flows.items() if flow.steps}
    return replace(parsed, hotline=hotline or _stand_in(parsed), flows=flows, findings=[], sources=[])


def _stand_in(parsed: Parsed) -> HotlineFields:
    """A hotline with the languages of the flows' titles, in place of one that cannot be read."""
    tags = dict.fromkeys(tag for flow in parsed.flows.values() for tag in flow.head.title) or {"en-US": None}
    said: dict[str, Any] = dict.fromkeys(tags, "…")
    given_up: dict[str, Any] = {"tries": 3, "say": [said], "next": "goodbye"}
    return HotlineFields.model_validate(
        {
            "hotline": "…",
            "default": next(iter(parsed.flows), "main"),
            "time_zone": "UTC",
            "languages": {tag: {"name": tag, "speak": tag, "listen": tag, "voice": tag, **_LANGUAGE} for tag in tags},
            "defaults": {
                "no_input": given_up, "no_match": given_up, "confirm": said, "consent": said, "connecting": said,
            },
            "limits": {"next": "goodbye"},
            "trouble": said,
            "goodbye": said,
        }
    )  # fmt: skip
