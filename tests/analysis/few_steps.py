"""A hotline whose flows are a few steps each, on the hotline.yaml of docs/small."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

from ivr.flow.compile import compile_release
from ivr.flow.model import Release
from ivr.flow.parse import parse

ROOT = Path(__file__).parents[2]
WORDS = "{zh-CN: 您好。, en-US: Hello.}"


def flows(hotline: tuple[str, str] = ("", ""), /, **steps: str) -> Release:
    """Flows of these steps, WORDS standing for a prompt; what begins with `flow:` is a whole file.

    `hotline` replaces a text of hotline.yaml. Mistakes that lint would refuse are compiled too.
    """
    written = {name: (ROOT / "docs" / "small" / f"{name}.yaml").read_text() for name in ("hotline", "agent")}
    written["hotline"] = written["hotline"].replace(*hotline)
    for name, text in steps.items():
        body = dedent(text)
        written[name] = body if body.startswith("flow:") else _whole(name, body)
    parsed = parse({f"{name}.yaml": text.replace("WORDS", WORDS).encode() for name, text in written.items()})
    assert not parsed.findings, [str(finding) for finding in parsed.findings]
    return compile_release(parsed)


def _whole(name: str, steps: str) -> str:
    return f"flow: {name}\ntitle: WORDS\nsteps:\n" + indent(steps, "  ")
