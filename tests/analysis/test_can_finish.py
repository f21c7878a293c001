"""Where a caller can reach an end: the same places as when every step is looked at until nothing changes."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest
from small import small_release
from work import calls_made

from ivr.analysis.can_finish import CanFinish
from ivr.analysis.reach import Reach
from ivr.analysis.transitions import Transitions
from ivr.flow.compile import compile_release
from ivr.flow.model import Release, StepKey
from ivr.flow.parse import parse

FLOWS = Path(__file__).parents[2] / "flows"
TARGETS = ("return", "back", "repeat", "goodbye", "flow main", "flow agent", "flow complaint")


def rewired(seed: int) -> Release:
    """The shipped flows with every third `next` leading somewhere else."""
    chance = Random(seed)
    files = {}
    for path in FLOWS.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        steps = re.findall(r"^  (\w+):", text, re.M)
        if path.name != "hotline.yaml":
            text = re.sub(
                r"next: [\w ]+",
                lambda found, steps=steps: (
                    f"next: {chance.choice((*steps, *TARGETS))}" if chance.random() < 0.3 else found[0]
                ),
                text,
            )
        files[path.name] = text.encode()
    return compile_release(parse(files))


class EveryStepAgain(CanFinish):
    """The definition: from no places on, every step is looked at again until none is added."""

    def __init__(self, reach: Reach) -> None:
        self.reach, self.transitions = reach, reach.transitions
        self.places = set()
        self._found_in = {}
        keys = [StepKey(flow.name, step.name) for flow, step in self.transitions.release.steps()]
        growing = True
        while growing:
            new = [key for key in keys if key not in self.places and self._out(key)]
            growing = bool(new)
            self.places |= set(new)
            for key in new:
                self._found_in.setdefault(key.flow, set()).add(key.step)


@pytest.mark.parametrize("seed", range(40))
def test_it_finds_the_places_its_definition_finds(seed: int) -> None:
    reach = Reach(Transitions(rewired(seed)))

    assert CanFinish(reach).places == EveryStepAgain(reach).places


def test_a_chain_of_twice_the_steps_is_twice_the_work() -> None:
    def chain(steps: int) -> Reach:
        said = [f"s{n}: {{say: {{zh-CN: 好。, en-US: Good.}}, next: s{n + 1}}}" for n in range(steps)]
        return Reach(
            Transitions(
                small_release("\n".join([*said, f"s{steps}: {{say: {{zh-CN: 完。, en-US: Over.}}, next: goodbye}}"]))
            )
        )

    short, long = chain(100), chain(200)

    assert calls_made(lambda: CanFinish(long)) < 2.5 * calls_made(lambda: CanFinish(short))
