"""Ten edits to copies of the shipped flows: what notices each, through the commands a tester types.

    python benchmarks/ten_edits.py [--calls 1000] [--quick]

Impact replays that many random calls of the shipped flows. `--quick` asks everything about one edit only, with 20
calls and three fixtures, in seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from mutations import Data, Flows, dump, load

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "change"))

from invented_calls import invented

from ivr.change.impact.compare_calls import BatchComparison
from ivr.change.impact.effects import ImpactTotals
from ivr.flow.compile import compile_release
from ivr.flow.parse import parse
from ivr.flow.release import body_of
from ivr.lint.findings import findings_of

FILES = {f"flows/{path.name}": path.read_bytes() for path in sorted((ROOT / "flows").glob("*.yaml"))}
Edit = Callable[[Flows], None]


def _steps(flows: Flows, name: str) -> Data:
    return flows[f"flows/{name}.yaml"]["steps"]  # type: ignore[no-any-return]


def _swapped(flows: Flows) -> None:
    choices = _steps(flows, "main")["menu"]["choices"]
    choices["2"], choices["3"] = choices["3"], choices["2"]


def _without_english(found: Any) -> Any:
    if isinstance(found, dict):
        return {key: _without_english(value) for key, value in found.items() if key != "en-US"}
    if isinstance(found, list):
        return [_without_english(value) for value in found if value != "en-US"]
    return found


def _no_english(flows: Flows) -> None:
    del _steps(flows, "main")["language"]["choices"]["2"]
    for name, data in flows.items():
        flows[name] = _without_english(data)


def _one_try(flows: Flows) -> None:
    flows["flows/hotline.yaml"]["defaults"]["no_match"] |= {"tries": "1"}
    del flows["flows/hotline.yaml"]["defaults"]["no_match"]["say"]


def _retargeted(flows: Flows) -> None:
    _steps(flows, "main")["menu"]["choices"]["2"]["next"] = "flow feedback"


def _no_story(flows: Flows) -> None:
    _steps(flows, "complaint")["product"]["next"] = "contact"


def _no_feedback_case(flows: Flows) -> None:
    _steps(flows, "feedback")["comment"] |= {
        "next": "thanks", "no_input": "thanks", "no_match": {"tries": "2", "next": "thanks"},
    }  # fmt: skip


def _no_intake(flows: Flows) -> None:
    del flows["flows/complaint.yaml"]["intake"]


def _zero_goes_home(flows: Flows) -> None:
    flows["flows/hotline.yaml"]["shortcuts"]["0"]["next"] = "flow main"


def _reworded(flows: Flows) -> None:
    _steps(flows, "complaint")["story"]["record"]["en-US"] = "Please tell us what happened, then press pound."


def _closes_at_six(flows: Flows) -> None:
    flows["flows/hotline.yaml"]["hours"]["agents"]["open"]["mon-fri"] = "08:30-18:00"


EDITS: dict[str, Edit] = {
    "keys 2 and 3 of the main menu swapped, labels and all": _swapped,
    "English deleted everywhere": _no_english,
    "a wrong key is forgiven once less often, everywhere": _one_try,
    "the main menu's 2 leads to feedback": _retargeted,
    "the story of a complaint is not asked for": _no_story,
    "feedback leaves no case": _no_feedback_case,
    "a complaint is no intake any more": _no_intake,
    "0 leads to the main menu": _zero_goes_home,
    "a prompt reworded": _reworded,
    "the desk closes at six": _closes_at_six,
}


FIXTURES = ("tests/calls", "tests/every_exit")
QUICK = tuple(f"tests/calls/{name}.call.yaml" for name in ("complaint_at_night", "feedback_in_silence",
                                                           "silence_at_the_menu"))  # fmt: skip


def main() -> None:
    """A row for each edit."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--calls", type=int, default=1000)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    count = 20 if options.quick else options.calls
    edits = {"nothing": lambda flows: None, **EDITS}
    if options.quick:
        edits = {name: edit for name, edit in edits.items() if edit is _no_story}
    calls = [call for call, _ in invented(compile_release(parse(FILES)), range(1, count + 1))]
    proof = "promises broken, places never reached"
    print(f"| edit | lint | fixtures failing | walked | {proof} | impact, of {count:,} calls |")
    print("|---|---|---|---|---|---|")
    for what, edit in edits.items():
        flows = load(FILES)
        edit(flows)
        files = dump(flows)
        wrong = [finding for finding in findings_of(files) if finding.severity == "error"]
        with tempfile.TemporaryDirectory() as folder:
            for name, raw in files.items():
                (Path(folder) / Path(name).name).write_bytes(raw)
            cells = [f"{len(wrong)} error{'s' * (len(wrong) != 1)}"]
            cells += _commands(folder, QUICK if options.quick else FIXTURES)
        totals = BatchComparison(lambda release: body_of(FILES), files).totals(calls) if not wrong else None
        print(f"| {what} | {' | '.join([*cells, _impact(totals) if totals else 'refused'])} |", flush=True)


def _impact(totals: ImpactTotals) -> str:
    names = {"diverted": "diverted", "moved": "by another key", "words": "words only", "unknown": "unknown"}
    found = [f"{totals.outcomes[name]:,} {words}" for name, words in names.items() if totals.outcomes[name]]
    return ", ".join(found) or "0"


def _commands(folder: str, fixtures: Sequence[str]) -> list[str]:
    played = _ivr(folder, "replay", *fixtures)
    failing = sum(line.startswith("failed") for line in played.stdout.splitlines())
    covered = _ivr(folder, "coverage", *fixtures, "--format", "json")
    proof = _ivr(folder, "explore", "--json", "--save", str(Path(folder) / "broken"))
    return [str(failing) if played.returncode < 2 else "refused", _coverage(covered), _broken(proof)]


def _coverage(done: subprocess.CompletedProcess[str]) -> str:
    if not done.stdout.startswith("{"):
        return "refused"
    data = json.loads(done.stdout)
    return f"{data['walked']} of {data['possible']}"


def _broken(done: subprocess.CompletedProcess[str]) -> str:
    if not done.stdout.startswith("{"):
        return "refused"
    data = json.loads(done.stdout)
    broken = sum(not promise["holds"] for promise in data["promises"])
    return f"{broken}, {len(data['never_reached'])}"


def _ivr(flows: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "ivr"), *arguments]
    return subprocess.run(command, cwd=ROOT, env=os.environ | {"IVR_FLOWS": flows}, capture_output=True, text=True)  # noqa: S603


if __name__ == "__main__":
    main()
