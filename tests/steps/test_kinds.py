"""What each kind says of itself for tools that show it."""

from __future__ import annotations

import sys

import pytest

from ivr.steps.kind import Kind
from ivr.steps.kinds import KINDS


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_has_an_icon_of_one_character_of_its_own(name: str) -> None:
    kinds: dict[str, Kind] = {each: sys.modules[fields.__module__].KIND for each, fields in KINDS.items()}  # type: ignore[attr-defined]

    assert len(kinds[name].icon) == 1
    assert [each for each, kind in kinds.items() if kind.icon == kinds[name].icon] == [name]
