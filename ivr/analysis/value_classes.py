"""Which values conditions tell apart: a value's class is the answers of all tests it can ever meet.

A value may travel: be copied by `set`, handed to a flow by `run`, given back under `gives`. Then the tests it meets
there are tests of where it came from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ivr.call.condition import Test
from ivr.flow.model import Release
from ivr.steps.step import Later, Step

Name = tuple[str, str]
"""A flow and a value of it; no flow where the name has a dot."""


class Classes:
    """The tests of every name, and one value to stand for each class."""

    def __init__(self, release: Release, more: Mapping[str, Sequence[Test]] | None = None) -> None:
        self.tests: dict[Name, dict[Test, None]] = {}
        self._stands_for: dict[tuple[Name, tuple[bool, ...]], str] = {}
        travels: list[tuple[Name, Name]] = []
        for flow in release.flows.values():
            for step in flow.steps.values():
                for name, tests in step.declared.tests.items():
                    self.tests.setdefault(_name(flow.name, name), {}).update(dict.fromkeys(tests))
                travels += _travels(release, flow.name, step)
        for name, tests in (more or {}).items():
            self.tests.setdefault(_name("", name), {}).update(dict.fromkeys(tests))
        growing = True
        while growing:
            growing = any([self._carry_back(source, to) for source, to in travels])

    def _carry_back(self, source: Name, to: Name) -> bool:
        new = self.tests.get(to, {}).keys() - self.tests.get(source, {}).keys()
        self.tests.setdefault(source, {}).update(dict.fromkeys(new))
        return bool(new)

    def later(self, flow: str, name: str) -> Later:
        """What conditions further on tell apart in a value of a flow."""
        key = _name(flow, name)
        tests = self.tests.get(key, {})
        samples = dict.fromkeys(sample for test in tests for sample in test.samples)
        return Later(tuple(samples), lambda value: self._class(key, value))

    def _class(self, key: Name, value: str) -> tuple[bool, ...]:
        return tuple(test(value) for test in self.tests.get(key, ()))

    def standing_for(self, flow: str, name: str, value: str) -> str:
        """The value that stands for the class of a value: always the same one."""
        key = _name(flow, name)
        return self._stands_for.setdefault((key, self._class(key, value)), value)


def _name(flow: str, name: str) -> Name:
    return ("" if "." in name else flow, name)


def _travels(release: Release, flow: str, step: Step) -> Iterator[tuple[Name, Name]]:
    """From where to where a value can be copied by a step."""
    declared = step.declared
    for name, source in declared.sets.items():
        if source.startswith("="):
            yield _name(flow, source[1:]), _name(flow, name)
    if declared.runs in release.flows:
        for name, source in declared.hands.items():
            if source.startswith("="):
                yield _name(flow, source[1:]), _name(declared.runs, name)
        for name in release.flows[declared.runs].gives:
            yield _name(declared.runs, name), _name(flow, name)
