"""The manual names every setting there is, and none that nothing reads, in each of its languages."""

from __future__ import annotations

import re

import pytest
from small_flows import DOCS, ROOT

from ivr.messages import reader

NAME = r"\b(?:IVR|TWILIO)_[A-Z_]+\b"
READ = re.compile(rf'"({NAME})"')


def settings() -> set[str]:
    """The names that ivr/config.py reads, and the reader's language, which every command reads for itself."""
    found = set(READ.findall((ROOT / "ivr" / "config.py").read_text(encoding="utf-8")))
    assert {"IVR_PUBLIC_URL", "IVR_WORKERS", "TWILIO_AUTH_TOKEN"} <= found
    assert reader.asked_for([], {"IVR_LANG": "en"}) == ("en", "IVR_LANG")
    return {*found, "IVR_LANG"}


@pytest.mark.parametrize(("page", "heading"), [("operating.md", "Settings"), ("zh-CN/operating.md", "设置")])
def test_the_table_has_every_setting(page: str, heading: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    table = text.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`.*?) \|", table, re.M)

    assert sorted(name for row in rows for name in re.findall(NAME, row)) == sorted(settings())
