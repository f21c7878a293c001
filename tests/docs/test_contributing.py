"""What contributing.md says is in a file is in that file, and the packages it lists are all there are."""

from __future__ import annotations

import re

import pytest
from small_flows import DOCS, ROOT

TEXT = (DOCS / "contributing.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| .*\|$", TEXT.split("\n## How to\n")[1].split("\n## ")[0], re.M)[1:]
NAMED = [
    (file, name)
    for row in ROWS
    for file, names in re.findall(r"\]\(\.\./([\w/]+\.py)\)((?:,? `[^`]+`)*)", row)
    for name in re.findall(r"`([^`]+)`", names)
]


@pytest.mark.parametrize(("file", "name"), NAMED, ids=" ".join)
def test_a_name_is_in_the_file_beside_it(file: str, name: str) -> None:
    assert re.search(rf"\b{re.escape(name)}\b", (ROOT / file).read_text(encoding="utf-8"))


def test_each_row_says_where_to_look() -> None:
    assert len(ROWS) >= 10 and len(NAMED) > len(ROWS)


def test_every_package_is_in_the_table() -> None:
    table = TEXT.split("\n## Packages and imports\n")[1].split("\n## ")[0]
    packages = [file.parent.name for file in (ROOT / "ivr").glob("*/__init__.py")]

    assert [name for name in packages if not re.search(rf"`(ivr/)?{name}`", table)] == []
