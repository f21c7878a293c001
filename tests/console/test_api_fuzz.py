"""The running API, fuzzed from its own document; `benchmarks/api_fuzz.py` does the same for longer."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
from api_fuzz import FEW, fuzzed  # noqa: E402


def test_whatever_is_sent_the_answer_is_one_that_the_document_names(tmp_path: Path) -> None:
    ran = fuzzed(tmp_path, FEW)

    assert ran.code == 0, ran.said
    assert "11 selected / 11 total" in ran.said and ran.moves > 1
