"""The pages that docs/generate.py makes are what it makes of the kinds and rules as they are."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest
from small_flows import DOCS, blocks

from ivr.steps.kinds import KINDS

sys.path.append(str(DOCS))
from generate import PAGES  # noqa: E402

HEAD_ROWS = ("field", "键")


@pytest.mark.parametrize("made", PAGES, ids=lambda made: str(made.PAGE.relative_to(DOCS)))
def test_they_are_up_to_date(made: Any) -> None:
    assert made.PAGE.read_text(encoding="utf-8") == made.page(), "run: .venv/bin/python docs/generate.py"


def keys_by_section(page: Path) -> list[tuple[str, list[str]]]:
    """The first columns of the tables of keys, in order, each with the heading above it."""
    found: list[tuple[str, list[str]]] = []
    for section in re.split(r"^## ", page.read_text(encoding="utf-8"), flags=re.M)[1:]:
        table = re.search(rf"^\| (?:{'|'.join(HEAD_ROWS)}) \|.*\n\|[-|]+\n((?:\|.*\n)+)", section, re.M)
        assert table, section
        found.append((section.splitlines()[0], re.findall(r"^\| `(\w+)` \|", table[1], re.M)))
    return found


def test_the_chinese_page_names_every_kind_and_key_of_the_english_one() -> None:
    english, chinese = keys_by_section(DOCS / "reference-steps.md"), keys_by_section(DOCS / "zh-CN" / "steps.md")

    assert [head for head, _ in english[1:]] == [head for head, _ in chinese[1:]] == list(KINDS)
    assert [keys for _, keys in english] == [keys for _, keys in chinese]


def test_its_examples_are_in_chinese_but_for_the_choice_of_a_language() -> None:
    examples = [block for block in blocks(DOCS / "zh-CN" / "steps.md") if block.info.startswith("yaml ")]

    assert len(examples) > len(KINDS)
    assert [block.text.split(":")[0] for block in examples if not block.info.endswith("zh-CN")] == ["language"]
