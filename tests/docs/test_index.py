"""docs/README.md leads to every page."""

from __future__ import annotations

import re

from small_flows import DOCS, PAGES, ROOT

INDEX = DOCS / "README.md"


def test_every_page_is_linked_from_the_index() -> None:
    links = re.findall(r"\]\(([^)#\s]+)", INDEX.read_text(encoding="utf-8"))
    linked = {(DOCS / link).resolve() for link in links}

    assert [str(page) for page in PAGES if page not in {*linked, INDEX, ROOT / "README.md"}] == []


def test_the_readmes_lead_to_the_index() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        assert "(docs/README.md" in (ROOT / name).read_text(encoding="utf-8")
