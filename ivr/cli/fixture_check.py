"""The check that plays the fixtures on a draft before it goes live."""

from __future__ import annotations

from pathlib import Path

from ivr.cli.fixtures import fixture_files
from ivr.errors import IvrError, SettingInvalid
from ivr.flow.model import Release
from ivr.replay.both_ways import run_engine
from ivr.replay.fixture import read_fixture
from ivr.service.releases.publishing import Checking, Draft
from ivr.service.releases.release_ports import Check

USUAL = "tests"


def fixture_check(folder: str | None, flows: str) -> Checking:
    """Plays the fixtures in `folder` through the engine, or those of `tests`. `SettingInvalid` where it has none.

    A fixture that names flows of its own says nothing about these and is left out.
    """
    files = fixture_files(Path(folder or USUAL))
    if folder and not files:
        raise SettingInvalid(f'there is no fixture (*.call.yaml) in "{folder}".')

    def check(draft: Draft) -> Check:
        results = [_failure(file, draft.release, flows) for file in files]
        played = [result for result in results if result is not None]
        failures = [result for result in played if result]
        elsewhere = len(results) - len(played)
        others = f", {elsewhere} for other flows left out" if elsewhere else ""
        if not played:
            return Check("fixtures", True, f"there are none to play{others}")
        if failures:
            return Check("fixtures", False, f"{len(failures)} of {len(played)} failed{others}", failures)
        return Check("fixtures", True, f"{len(played)} passed{others}")

    return check


def _failure(file: Path, release: Release, flows: str) -> str | None:
    """Why a fixture failed, empty where it passed, None where it is about other flows."""
    try:
        fixture, findings = read_fixture(str(file), file.read_bytes())
        if fixture is None:
            return "\n  ".join(map(str, findings))
        named = fixture.fields.flows
        if named and (file.parent / named).resolve() != Path(flows).resolve():
            return None
        return run_engine(fixture, release)[0].failure
    except OSError as failed:
        return f"{file} cannot be read: {failed.strerror}."
    except IvrError as failed:
        return str(failed)
