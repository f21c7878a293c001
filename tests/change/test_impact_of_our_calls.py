"""Calls that the hotline placed, replayed under a draft: counted apart, and what is no longer recorded is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented_calls import recorded

from ivr.change.impact.compare_calls import BatchComparison
from ivr.change.impact.report import Report, data, text
from ivr.flow.release import Files, body_of, read_files
from ivr.lint.findings import compiled
from ivr.replay.both_ways import run_on_phone
from ivr.replay.fixture import read_fixture

ROOT = Path(__file__).parents[2]
