"""The call to a customer that the READMEs quote: what is in italics is heard, what is bold is keyed."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from small_flows import ROOT

sys.path.append(str(ROOT / "tests" / "cli"))
from command_here import command_here  # noqa: E402

LANGUAGE = {"README.md": "en-US", "README.zh-CN.md": "zh-CN"}


@pytest.mark.parametrize("page", LANGUAGE)
def test_a_customer_who_says_no_hears_what_is_quoted(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (quoted,) = re.findall(r"^> (\*.+)$", (ROOT / page).read_text(encoding="utf-8"), re.M)
    heard, keys = re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", quoted), re.findall(r"\*\*([^*]+)\*\*", quoted)
    assert (len(heard), keys) == (4, ["1", "2", "#"])
    turns = [{"hear": said, "press": key.replace("#", "pound")} for said, key in zip(heard, keys, strict=False)]
    turns.append({"hear": heard[-1], "hang up": "yes"})
    call = {
        "call": "as quoted", "outgoing": "followup", "language": LANGUAGE[page], "at": "2026-03-11T10:00",
        "case": {"kind": "complaint", "opened": "2026-03-02", "told": "2026-03-10"},
        "turns": turns, "ends": {"disposition": "abandoned", "follow_up": "not_accepted"},
    }  # fmt: skip
    (tmp_path / "quoted.call.yaml").write_text(json.dumps(call, ensure_ascii=False), encoding="utf-8")
    ivr = command_here(tmp_path, monkeypatch, capsys)

    done = ivr("replay", "quoted.call.yaml", IVR_FLOWS=str(ROOT / "flows"))

    assert done.returncode == 0, done.stdout + done.stderr
