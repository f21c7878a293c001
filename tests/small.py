"""The small hotline of the manual (docs/small), as it is or with what a test needs otherwise.

It is the only hotline of the tests' own: a test says the steps, flows or keys it is about, and nothing else.
"""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from ivr.flow.compile import compile_release
from ivr.flow.model import Release
from ivr.flow.parse import parse
from ivr.flow.release import Files

SMALL = Path(__file__).parents[1] / "docs" / "small"
HEAD = "flow: main\ntitle: {zh-CN: 总, en-US: Main}\nsteps:\n"


def small_files(steps: str = "", /, *, keys: str = "", folder: str = "", **flows: str) -> Files:
    """The files of the small hotline, by name in `folder`.

    `steps` are the steps of flow `main` instead of its own; `flows` are flows by name, added or instead; `keys` are
    keys of hotline.yaml, each with all that is below it, added or instead.
    """
    files = {file.name: file.read_text(encoding="utf-8") for file in sorted(SMALL.glob("*.yaml"))}
    if steps:
        files["main.yaml"] = HEAD + textwrap.indent(textwrap.dedent(steps).strip("\n"), "  ") + "\n"
    files |= {f"{name}.yaml": textwrap.dedent(text) for name, text in flows.items()}
    files["hotline.yaml"] = with_keys(files["hotline.yaml"], textwrap.dedent(keys))
    return {f"{folder}{name}": text.encode() for name, text in files.items()}


def small_release(steps: str = "", /, *, keys: str = "", **flows: str) -> Release:
    """The same, compiled. Mistakes that lint alone would refuse are compiled too."""
    parsed = parse(small_files(steps, keys=keys, **flows))
    assert not parsed.findings, [str(finding) for finding in parsed.findings]
    return compile_release(parsed)


def with_keys(hotline: str, keys: str) -> str:
    """A hotline.yaml with some of its top keys written again."""
    written = set(re.findall(r"^(\w+):", keys, re.M))
    parts = re.split(r"^(?=\w+:)", hotline, flags=re.M)
    return "".join(part for part in parts if part.split(":", 1)[0] not in written) + keys
