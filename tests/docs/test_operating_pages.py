"""The pages of operating name every setting there is and no other, and their commands are the same."""

from __future__ import annotations

import re

import pytest
from small_flows import DOCS, ROOT, blocks

from ivr.messages import reader

NAME = r"\b(?:IVR|TWILIO)_[A-Z_]+\b"
READ = re.compile(rf'"({NAME})"')


def settings() -> set[str]:
    """The names that ivr/config.py reads, and the reader's language, which every command reads for itself."""
    found = set(READ.findall((ROOT / "ivr" / "config.py").read_text(encoding="utf-8")))
    assert {"IVR_PUBLIC_URL", "IVR_WORKERS", "TWILIO_AUTH_TOKEN"} <= found
    assert reader.asked_for([], {"IVR_LANG": "en"}) == ("en", "IVR_LANG")
    return {*found, "IVR_LANG"}


def section_of(page: str, heading: str) -> str:
    """What is below a heading of a page, to the next."""
    return (DOCS / page).read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize(("page", "heading"), [("operating.md", "Settings"), ("zh-CN/operating.md", "设置")])
def test_the_table_has_every_setting(page: str, heading: str) -> None:
    rows = re.findall(r"^\| (`.*?) \|", section_of(page, heading), re.M)

    assert sorted(name for row in rows for name in re.findall(NAME, row)) == sorted(settings())


def test_the_chinese_page_has_the_commands_of_the_english_one() -> None:
    english, chinese = (
        [
            line.partition("   #")[0].rstrip()
            for block in blocks(DOCS / page)
            if block.info == "sh"
            for line in block.text.splitlines()
        ]
        for page in ("operating.md", "zh-CN/operating.md")
    )

    assert len(chinese) > 30
    assert [line for line in chinese if line not in english] == []


@pytest.mark.parametrize(("english", "chinese"), [("The doctor", "自检"), ("At the number", "号码")])
def test_the_chinese_page_has_the_rows_of_the_english_one(english: str, chinese: str) -> None:
    rows = [
        re.findall(r"^\| ([a-z][a-z-]*(?:[,、] ?[a-z-]+)*) \||^\|.*(`https://[^`]+`) \|$", section, re.M)
        for section in (section_of("operating.md", english), section_of("zh-CN/operating.md", chinese))
    ]
    names = [
        [name for row in found for name in re.findall(r"[^,、 ]+", "".join(row)) if name != "lines"] for found in rows
    ]

    assert names[0] == names[1] and len(names[0]) > 2
