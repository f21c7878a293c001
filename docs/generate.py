"""Writes the pages that are made of the kinds of step, the rules of lint and the moves of cases, and the pictures of
the shipped flows: `python docs/generate.py`."""

from __future__ import annotations

from generating import case_picture, case_tables, chinese_steps, customers_hear, flow_pictures, rules, steps

PAGES = (
    steps,
    chinese_steps,
    rules,
    *case_picture.PICTURES,
    *case_tables.CASES_PAGES,
    *flow_pictures.FLOW_PICTURES,
    *customers_hear.HEARD_PAGES,
)
"""Each has a `PAGE`, the file, and `page()`, its text as it must read."""


if __name__ == "__main__":
    for made in PAGES:
        made.PAGE.parent.mkdir(exist_ok=True)
        made.PAGE.write_text(made.page(), encoding="utf-8")
