"""What lint and proof find of mistakes planted in the flows that calls of our own begin in, by operator and place.

    python benchmarks/planted_calls.py [--jobs N] [--most N] [--save FILE] [--quick]

The hotline is cut down to those flows and what they lead to, so that a mutant takes seconds. `equivalent`: no call can
tell the mutant from the original. `a choice`: well-formed and another decision of the house, by the list below, which
says why. What is left over, found by nobody, is printed; nothing may be.
"""

from __future__ import annotations

import argparse
import copy
import json
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import date
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from mutations import Flows, conditions, dump, exits, failures, load
from mutations.our_calls import OPERATORS, hotline_edits
from planted import image

from ivr.explore.prove import prove
from ivr.explore.state_walk import Scope
from ivr.flow.compile import compile_release
from ivr.flow.parse import parse
from ivr.lint.findings import findings_of

ROOT = Path(__file__).parent.parent
KEPT = ("followup", "survey", "opinion", "agent", "contact", "feedback")
OURS = ("followup", "survey", "opinion")
SINCE = date(2026, 1, 1)
WAYS = ("lint", "built in", "written")
MAIN = """\
flow: main
title: {zh-CN: 总, en-US: Main}
steps:
  told: {say: {zh-CN: 八点。, en-US: At eight.}, next: elderly}
  elderly: {set: {call.elderly: "yes"}, next: flow agent}
"""
OTHERS = {
    **{f"exits: {name}": edit for name, edit in exits.OPERATORS.items() if name != "an exit leads to another step"},
    **{f"failures: {name}": edit for name, edit in failures.OPERATORS.items() if "tries" not in name},
    **{f"conditions: {name}": edit for name, edit in conditions.OPERATORS.items()},
}
AGAIN = "whoever says nothing is phoned again, as later or as unclear, or is asked in other words"
NOTHING = "nothing was said, so nothing is noted"
DEFAULT = "the hotline's own default: whoever says nothing speaks to a person"
KNOWN = "the customer has said who they are, or it is the case of this very call: its number may be spoken"
OVER = "the call ends there in any case"
CHOICES = {
    "followup.person no_*": AGAIN,
    "followup.nameless no_*": AGAIN,
    "survey.may_we no_*": AGAIN,
    "followup.why no_match.next to keep_why": NOTHING,
    "followup.rating no_input to rated": NOTHING,
    "followup.rating no_match.next to rated": NOTHING,
    "followup.why no_match": DEFAULT,
    "followup.rating no_*": DEFAULT,
    **dict.fromkeys(("followup.accept", "followup.why", "followup.reopened", "followup.rating"), KNOWN),
    **dict.fromkeys(("opinion.rating", "opinion.resolved"), KNOWN),
    "opinion.keep branch.2.next to goodbye": OVER,
    "opinion.on_record next to goodbye": OVER,
}
"""Mutants that are another decision of the house and no mistake: the form of their place, and why."""


class Found(NamedTuple):
    """Who found a mutant; `equivalent` where there is nothing to find."""

    operator: str
    place: str
    by: tuple[str, ...]
    equivalent: bool = False


@lru_cache(maxsize=1)
def shipped() -> Flows:
    """The flows of our own calls, with a hotline that has no others."""
    files = {f"{name}.yaml": (ROOT / "flows" / f"{name}.yaml").read_bytes() for name in (*KEPT, "hotline")}
    flows = load({**files, "main.yaml": MAIN.encode()})
    hotline = flows["hotline.yaml"]
    hotline["promises"] = [each for each in hotline["promises"] if _about_ours(each)]
    hotline.pop("waive", None)
    return flows


def _about_ours(promise: Any) -> bool:
    return any(f"{name}" in str(promise) for name in (*OURS, "follow_up"))


def planted() -> list[tuple[str, str, Flows]]:
    """Every mistake of every operator."""
    flows, found = shipped(), []
    for name in (f"{flow}.yaml" for flow in OURS):
        for step, fields in flows[name]["steps"].items():
            for operator, change in {**OPERATORS, **OTHERS}.items():
                for what, edit in change(name, step, fields, flows[name]):
                    changed = copy.deepcopy(flows)
                    edit(changed)
                    found.append((operator, f"{flows[name]['flow']}.{step} {what}".strip(), changed))
    for operator, what, edit in hotline_edits(flows):
        changed = copy.deepcopy(flows)
        edit(changed)
        found.append((operator, what, changed))
    return found


def judge(case: tuple[str, str, Flows]) -> Found:
    """What lint and proof say of one mutant."""
    operator, place, flows = case
    by, files = [], dump(flows)
    new = [finding for finding in findings_of(files) if (finding.code, finding.file) not in known_findings()]
    if new:
        by.append("lint")
    if any(finding.severity == "error" for finding in new):
        return Found(operator, place, tuple(by))
    release = compile_release(parse(files))
    proof = prove(release, Scope(since=SINCE, most=30_000), calls=60)
    written = {str(promise) for promise in release.promises}
    broken = [result.name for result in proof.results if not result.holds]
    if proof.unreached or not proof.complete or any(name not in written for name in broken):
        by.append("built in")
    if any(name in written for name in broken):
        by.append("written")
    same = not by and proof.walked is not None and image(proof.walked) == original()
    return Found(operator, place, tuple(by), same)


@lru_cache(maxsize=1)
def known_findings() -> frozenset[tuple[str, str]]:
    """What lint says of the cut hotline without any mistake: it is not about the mistake."""
    return frozenset((finding.code, finding.file) for finding in findings_of(dump(shipped())))


@lru_cache(maxsize=1)
def original() -> int:
    """The image of the flows as they are; every promise holds of them."""
    proof = prove(compile_release(parse(dump(shipped()))), Scope(since=SINCE), calls=60)
    assert proof.holds, [result for result in proof.results if not result.holds] or proof.unreached
    assert proof.walked is not None
    return image(proof.walked)


def main() -> None:
    """The table, then what nobody found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--most", type=int, default=10_000, help="mutants of an operator, spread over its places")
    parser.add_argument("--save", type=Path, default=Path("planted_calls.jsonl"))
    parser.add_argument("--quick", action="store_true", help="five mutants")
    asked = parser.parse_args()
    known = {(one.operator, one.place): one for one in _saved(asked.save)}
    chosen = _chosen(1)[:5] if asked.quick else _chosen(asked.most)
    with ProcessPoolExecutor(asked.jobs) as pool, asked.save.open("a", encoding="utf-8") as save:
        judged = [pool.submit(judge, case) for case in chosen if case[:2] not in known]
        for future in as_completed(judged):
            one = future.result()
            known[one[:2]] = one
            print(json.dumps(one, ensure_ascii=False), file=save, flush=True)
    show([known[case[:2]] for case in chosen])


def _chosen(most: int) -> list[tuple[str, str, Flows]]:
    by_operator: dict[str, list[tuple[str, str, Flows]]] = {}
    for case in planted():
        by_operator.setdefault(case[0], []).append(case)
    return [case for cases in by_operator.values() for case in cases[:: max(1, len(cases) // most)][:most]]


def _saved(file: Path) -> list[Found]:
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return [Found(operator, place, tuple(by), same) for operator, place, by, same in map(json.loads, lines)]


def a_choice(one: Found) -> str:
    """Why a mutant is another decision of the house, empty where it is none."""
    return next((why for place, why in CHOICES.items() if fnmatchcase(one.place, place)), "")


def show(found: list[Found]) -> None:
    """A row for each operator, then what is left over."""
    columns = ("planted", *WAYS, "any", "equivalent", "a choice", "nobody")
    print("| operator | " + " | ".join(columns) + " |")
    print("|---" * (len(columns) + 1) + "|")
    total: Counter[str] = Counter()
    for operator in dict.fromkeys(one.operator for one in found):
        count = _counted([one for one in found if one.operator == operator])
        print(f"| {operator} |" + "".join(f" {count[name]} |" for name in columns))
        total += count
    print("| all |" + "".join(f" {total[name]} |" for name in columns))
    for one in found:
        if not one.by and not one.equivalent:
            print(f"{a_choice(one) or 'found by nobody'}: {one.operator}: {one.place}")


def _counted(found: list[Found]) -> Counter[str]:
    count = Counter({way: sum(way in one.by for one in found) for way in WAYS})
    left = [one for one in found if not one.by and not one.equivalent]
    count |= Counter({"planted": len(found), "any": sum(bool(one.by) for one in found),
                      "equivalent": sum(one.equivalent for one in found),
                      "a choice": sum(bool(a_choice(one)) for one in left)})  # fmt: skip
    count["nobody"] = len(left) - count["a choice"]
    return count


if __name__ == "__main__":
    main()
