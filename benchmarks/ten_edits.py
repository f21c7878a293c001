"""Ten edits to copies of the shipped flows: what each is noticed by, through the commands a tester types.

    python benchmarks/ten_edits.py [CALLS]

Impact is asked on CALLS (1,000) random calls of the shipped flows.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mutations import Data, Flows, dump, load

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "change"))

from invented_calls import invented

from ivr.change.impact.judges import Judges
from ivr.change.impact.tally import Tally
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


def _told_once(flows: Flows) -> None:
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
    "a wrong key is forgiven once less often, everywhere": _told_once,
    "the main menu's 2 leads to feedback": _retargeted,
    "the story of a complaint is not asked for": _no_story,
    "feedback leaves no case": _no_feedback_case,
    "a complaint is no intake any more": _no_intake,
    "0 leads to the main menu": _zero_goes_home,
    "a prompt reworded": _reworded,
    "the desk closes at six": _closes_at_six,
}


def main() -> None:
    """A row for each edit."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    calls = [call for call, _ in invented(compile_release(parse(FILES)), range(1, count + 1))]
    proof = "promises broken, places never reached"
    print(f"| edit | lint | fixtures failing | walked | {proof} | impact, of {count:,} calls |")
    print("|---|---|---|---|---|---|")
    for what, edit in {"nothing": lambda flows: None, **EDITS}.items():
        flows = load(FILES)
        edit(flows)
        files = dump(flows)
        wrong = [finding for finding in findings_of(files) if finding.severity == "error"]
        with tempfile.TemporaryDirectory() as folder:
            for name, raw in files.items():
                (Path(folder) / Path(name).name).write_bytes(raw)
            cells = [f"{len(wrong)} error{'s' * (len(wrong) != 1)}", *_commands(folder)]
        tally = Judges(lambda release: body_of(FILES), files).tally(calls) if not wrong else None
        led = _led(tally) if tally else "refused"
        print(f"| {what} | {' | '.join(cells)} | {led} |", flush=True)


def _led(tally: Tally) -> str:
    told = {"diverted": "led elsewhere", "moved": "by another key", "words": "words only", "unknown": "not to be told"}
    return ", ".join(f"{tally.outcomes[name]:,} {words}" for name, words in told.items() if tally.outcomes[name]) or "0"


def _commands(folder: str) -> list[str]:
    played = _ivr(folder, "replay", "tests/calls", "tests/every_exit")
    failing = sum(line.startswith("failed") for line in played.stdout.splitlines())
    covered = _ivr(folder, "coverage", "tests/calls", "tests/every_exit", "--format", "json")
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
