"""Lint knows no kind of step: each rule finds the same in a copy of a kind under another name."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

sys.path += [str(Path(__file__).parents[1] / folder) for folder in ("change", "docs")]
from copied_kinds import NAME, copied_kind  # noqa: E402
from small_flows import in_small_hotline  # noqa: E402
from test_rules_page import a_december  # noqa: E402

from ivr.errors import Finding  # noqa: E402
from ivr.lint.table import RULES  # noqa: E402
from ivr.steps.kinds import KINDS  # noqa: E402

DECEMBER = a_december()
END = "bye:\n  hangup: {zh-CN: 再见。, en-US: Goodbye {nobody}., fr-FR: Adieu.}\n"
"""No rule's example ends a call with words of its own."""
Places = list[tuple[str, str, int]]


def places(found: Sequence[Finding]) -> Places:
    return sorted((finding.code, finding.file, finding.line) for finding in found)


@cache
def usual(example: str) -> Places:
    return places(in_small_hotline(example, "live", DECEMBER))


def copied(example: str, kind: str) -> str:
    """The example's steps of a kind as steps of its copy; keys of hotline.yaml may be called as a kind, and stay."""
    parts = re.split(r"^(?=---\n)", example, flags=re.M)
    steps = re.compile(rf"^(  (?:  )?){kind}:(?=\s)", re.M)
    hotline = re.compile(r"(?:---\n)?(?:languages|hours|limits|destinations|shortcuts|defaults|prompts|cases|call):")
    return "".join(part if hotline.match(part) else steps.sub(rf"\1{NAME}:", part) for part in parts)


@pytest.mark.parametrize("kind", KINDS)
def test_each_rule_finds_the_same_in_a_copied_kind(kind: str) -> None:
    every = (END, *(rule.fails for rule in RULES))
    examples = [(example, text) for example in every if (text := copied(example, kind)) != example]
    assert examples
    expected = {example: usual(example) for example, _ in examples}

    with copied_kind(kind):
        found = {example: places(in_small_hotline(text, "live", DECEMBER)) for example, text in examples}

    assert found == expected
