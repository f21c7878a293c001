"""Gives the pytest plugin its hotlines: the webhooks, in this process, on a fresh database for each fixture.

It is loaded into every pytest run where ivr is installed: nothing of ivr is imported before there is a fixture.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from ivr.replay.both_ways import FixtureHotlines


@pytest.hookimpl(optionalhook=True)
def pytest_fixture_hotlines(workspace: Path) -> FixtureHotlines:
    """One hotline after another, their databases in this folder."""
    from ivr.cli.shared.in_process_hotline import HotlinePool

    return HotlinePool(workspace)
