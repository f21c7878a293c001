"""docs/reference-steps.md and docs/rules.md are what docs/generate.py makes of the kinds and rules as they are."""

from __future__ import annotations

import importlib.util

from small_flows import DOCS


def test_they_are_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec and spec.loader
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    for page, wanted in ((generate.PAGE, generate.page()), (generate.RULES_PAGE, generate.rules_page())):
        assert page.read_text(encoding="utf-8") == wanted, "run: .venv/bin/python docs/generate.py"
