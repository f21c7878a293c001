"""docs/reference-steps.md is what docs/generate.py makes of the kinds as they are."""

from __future__ import annotations

import importlib.util

from small_flows import DOCS


def test_it_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec and spec.loader
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    assert generate.PAGE.read_text(encoding="utf-8") == generate.page(), "run: .venv/bin/python docs/generate.py"
