"""Which values conditions tell apart: a value's class is the answers of all tests it can ever meet.

A value may travel: be copied by `set`, handed to a flow by `run`, given back under `gives`. Then the tests it meets
there are tests of where it came from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ivr.call.condition import Test
from ivr.flow.model import Release
from ivr.steps.step import Later, Step


class ValueKey(NamedTuple):
    """A value of a flow's runs; with no flow, a fact or a value of the whole call."""

    flow: str
    name: str


class Classes:
    """The tests of every name, and one value to stand for each class."""

    def __init__(self, release: Release, more: Mapping[str, Sequence[Test]] | None = None) -> None:
        self.release = release
        self.tests: dict[ValueKey, dict[Test, None]] = {}
        self._stands_for: dict[tuple[ValueKey, tuple[bool, ...]], str] = {}
        travels: list[tuple[ValueKey, ValueKey]] = []
        for flow in release.flows.values():
            for step in flow.steps.values():
                for name, tests in step.declared.tests.items():
                    self.tests.setdefault(self._key(flow.name, name), {}).update(dict.fromkeys(tests))
                travels += self._travels(flow.name, step)
        for name, tests in (more or {}).items():
            self.tests.setdefault(ValueKey("", name), {}).update(dict.fromkeys(tests))
        growing = True
        # Invariant: each test noted of a value is met by it, or by a copy of it, somewhere. Tests are only added.
        while growing:
            growing = any([self._carry_back(source, to) for source, to in travels])

    def _carry_back(self, source: ValueKey, to: ValueKey) -> bool:
        new = self.tests.get(to, {}).keys() - self.tests.get(source, {}).keys()
        self.tests.setdefault(source, {}).update(dict.fromkeys(new))
        return bool(new)

    def later(self, flow: str, name: str) -> Later:
        """What conditions further on tell apart in a value of a flow."""
        key = self._key(flow, name)
        tests = self.tests.get(key, {})
        samples = dict.fromkeys(sample for test in tests for sample in test.samples)
        return Later(tuple(samples), lambda value: self._class(key, value))

    def _class(self, key: ValueKey, value: str) -> tuple[bool, ...]:
        return tuple(test(value) for test in self.tests.get(key, ()))

    def standing_for(self, flow: str, name: str, value: str) -> str:
        """The value that stands for the class of a value: always the same one."""
        key = self._key(flow, name)
        return self._stands_for.setdefault((key, self._class(key, value)), value)

    def _key(self, flow: str, name: str) -> ValueKey:
        return ValueKey(flow if self.release.is_of_run(name) else "", name)

    def _travels(self, flow: str, step: Step) -> Iterator[tuple[ValueKey, ValueKey]]:
        """From where to where a value can be copied by a step."""
        declared = step.declared
        for name, source in declared.sets.items():
            if source.startswith("="):
                yield self._key(flow, source[1:]), self._key(flow, name)
        if declared.runs in self.release.flows:
            for name, source in declared.hands.items():
                if source.startswith("="):
                    yield self._key(flow, source[1:]), self._key(declared.runs, name)
            for name in self.release.flows[declared.runs].gives:
                yield self._key(declared.runs, name), self._key(flow, name)
