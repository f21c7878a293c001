"""docs/dialogues.md is what docs/dialogues.py makes of the fixtures as they are."""

from __future__ import annotations

import importlib.util

from small_flows import DOCS, ROOT


def test_every_fixture_is_a_dialogue_that_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("dialogues", DOCS / "dialogues.py")
    assert spec and spec.loader
    dialogues = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(dialogues)

    shown = dialogues.PAGE.read_text(encoding="utf-8")

    assert shown == dialogues.page(), "run: .venv/bin/python docs/dialogues.py"
    assert shown.count("\n### ") == len(list((ROOT / "tests" / "calls").glob("*.call.yaml")))
