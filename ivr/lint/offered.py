"""The names a flow may speak, test or hand on: what its steps save, what it takes, and the facts of the call."""

from __future__ import annotations

from ivr.flow.parse import ParsedFlow, did_you_mean
from ivr.lint.context import LintContext
from ivr.messages.message import Message


class Offered:
    """By flow, the names there are; a fact of the hotline is offered everywhere."""

    def __init__(self, context: LintContext) -> None:
        release = context.release
        self.everywhere = release.facts | release.call_names
        for name in context.hotline.hours:  # those too that could not be compiled
            self.everywhere |= {f"hours.{name}", f"hours.{name}.opens"}
        self.own: dict[str, frozenset[str]] = {}
        self.unread: set[str] = {name for name in context.flows if name not in context.release.flows}
        for flow in release.flows.values():
            saved = {name for step in flow.steps.values() for name in step.declared.sets if release.is_of_run(name)}
            self.own[flow.name] = frozenset(saved | set(flow.takes))
            if any(ran in context.names - context.release.flows.keys() for ran in _run_by(context, flow.name)):
                self.unread.add(flow.name)  # what an unreadable flow gives is not known

    def has(self, parsed: ParsedFlow | None, name: str) -> bool:
        """Whether a name exists in a flow (None: in the hotline's own words)."""
        if name in self.everywhere or (parsed is not None and parsed.head.flow in self.unread):
            return True
        return name in self._own(parsed)

    def nearest(self, parsed: ParsedFlow | None, name: str) -> str:
        """A hint: the name likeliest meant, or the names there are."""
        own = sorted(self._own(parsed))
        meant = did_you_mean(name, [*own, *sorted(self.everywhere)])
        if meant or not own:
            return meant or Message("lint.shared.nothing-saved")
        return Message("lint.shared.flow-saves", names=tuple(own))

    def _own(self, parsed: ParsedFlow | None) -> frozenset[str]:
        return self.own.get(parsed.head.flow, frozenset()) if parsed is not None else frozenset()


def _run_by(context: LintContext, flow: str) -> set[str]:
    return {step.declared.runs for step in context.release.flows[flow].steps.values()}
