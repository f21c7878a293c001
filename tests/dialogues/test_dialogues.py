"""dialogues.md is what dialogues.py makes of the fixtures as they are."""

from __future__ import annotations

import dialogues


def test_every_fixture_is_a_dialogue_that_is_up_to_date() -> None:
    shown = dialogues.PAGE.read_text(encoding="utf-8")

    assert shown == dialogues.page(), "run: .venv/bin/python tests/dialogues/dialogues.py"
    assert shown.count("\n### ") == len(list(dialogues.CALLS.glob("*.call.yaml")))
