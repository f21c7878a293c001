"""The menu copied to a kind called `choose`: every tool treats its steps as it treats menus, for it asks the kind."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from ivr.explore.coverage import possible
from ivr.explore.prove import Proof, prove
from ivr.explore.state_walk import Scope
from ivr.lint.findings import compiled
from ivr.replay.both_ways import run_engine
from ivr.replay.fixture import read_fixture
from ivr.steps import menu
from ivr.steps.kinds import EXAMPLES, KINDS

ROOT = Path(__file__).parents[2]
FILES = {f"flows/{path.name}": path.read_bytes() for path in sorted((ROOT / "flows").glob("*.yaml"))}


def copy_of(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files with each menu turned into a `choose`."""
    return {name: re.sub(rb"^    menu:", b"    choose:", raw, flags=re.M) for name, raw in files.items()}


COPIED = copy_of(FILES)
SINCE = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def choose(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One file copied under another name, one row added."""
    assert menu.__file__ is not None
    code = Path(menu.__file__).read_text(encoding="utf-8")
    code = code.replace('name="menu"', 'name="choose"').replace("    menu: Prompt", "    choose: Prompt")
    code = code.replace("self.menu", "self.choose")
    copy = ModuleType("ivr.steps.choose")
    monkeypatch.setitem(sys.modules, "ivr.steps.choose", copy)
    exec(compile(code, "choose.py", "exec"), copy.__dict__)
    monkeypatch.setitem(KINDS, "choose", copy.MenuFields)
    monkeypatch.setitem(EXAMPLES, "choose", copy.EXAMPLE.replace("  menu:", "  choose:"))
    yield


def shown(proof: Proof) -> list[tuple[str, bool, str]]:
    return [(result.name, result.holds, result.why) for result in proof.results]


def test_every_fixture_hears_the_same() -> None:
    """`back`, announced choices, spoken labels and shortcuts among it."""
    release = compiled(COPIED)
    fixtures = [read_fixture(str(path), path.read_bytes())[0] for path in sorted((ROOT / "tests/calls").glob("*.yaml"))]
    own = [fixture for fixture in fixtures if fixture is not None and not fixture.fields.flows]

    assert len(own) > 40
    assert [run_engine(fixture, release)[0].failure for fixture in own] == [""] * len(own)


def test_proof_and_coverage_treat_its_questions_as_menus() -> None:
    promises = b"promises:\n  - {at most: 0 menus, before: the end}\n  - {at most: 9 menus, before: the end}\n"
    small = {f"small/{path.name}": path.read_bytes() for path in sorted((ROOT / "docs" / "small").glob("*.yaml"))}
    small["small/hotline.yaml"] += promises
    usual, copied = (prove(compiled(files), Scope(since=SINCE), calls=50) for files in (small, copy_of(small)))

    assert len(copied.walked.graph.states) == len(usual.walked.graph.states)
    assert shown(copied) == shown(usual)
    assert [holds for name, holds, _ in shown(copied) if "menu" in name] == [False, True]
    assert possible(copied.walked).keys() == possible(usual.walked).keys()


def test_the_reference_tells_it_as_a_question() -> None:
    spec = importlib.util.spec_from_file_location("steps", ROOT / "docs" / "generating" / "steps.py")
    assert spec is not None and spec.loader is not None
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)

    page = generate.page()

    assert "`language` and `choose` ask, and share these fields." in page
    assert page.split("## choose\n")[1].count("`choices`") == page.split("## menu\n")[1].split("\n## ")[0].count(
        "`choices`"
    )
