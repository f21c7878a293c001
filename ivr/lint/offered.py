"""The names a flow may speak, test or hand on: what its steps save, what it takes, and the facts of the call."""

from __future__ import annotations

from ivr.flow.parse import ParsedFlow, did_you_mean
from ivr.lint.context import LintContext

FACTS = frozenset(
    {"call.language", "call.from", "call.started", "call.answered_by", "call.recording", "caller.phone",
     "caller.visits", "caller.open_cases", "queue.ahead", "case.number", "case.kind", "case.opened", "case.due"}
)  # fmt: skip


class Offered:
    """By flow, the names there are; a fact of the hotline is offered everywhere."""

    def __init__(self, context: LintContext) -> None:
        hotline = context.hotline
        self.everywhere = FACTS | {f"call.{name}" for name in hotline.call}
        self.everywhere |= {f"switch.{name}" for name in hotline.switches}
        for name in hotline.hours:
            self.everywhere |= {f"hours.{name}", f"hours.{name}.opens"}
        self.own: dict[str, frozenset[str]] = {}
        self.unread: set[str] = {name for name in context.flows if name not in context.release.flows}
        for flow in context.release.flows.values():
            saved = {name for step in flow.steps.values() for name in step.declared.sets if "." not in name}
            self.own[flow.name] = frozenset(saved | set(flow.takes))
            if any(ran in context.names - context.release.flows.keys() for ran in _run_by(context, flow.name)):
                self.unread.add(flow.name)  # what an unreadable flow gives is not known

    def has(self, parsed: ParsedFlow | None, name: str) -> bool:
        """Whether a name exists in a flow (None: in the hotline's own words)."""
        if name in self.everywhere or (parsed is not None and parsed.head.flow in self.unread):
            return True
        own = self._own(parsed)
        return name in own or name.partition(".")[0] in own

    def nearest(self, parsed: ParsedFlow | None, name: str) -> str:
        """A hint: the name likeliest meant, or the names there are."""
        own = sorted(self._own(parsed))
        meant = did_you_mean(name, [*own, *sorted(self.everywhere)])
        return meant or (f"This flow saves {', '.join(own)}." if own else "Nothing is saved in this flow.")

    def _own(self, parsed: ParsedFlow | None) -> frozenset[str]:
        return self.own.get(parsed.head.flow, frozenset()) if parsed is not None else frozenset()


def _run_by(context: LintContext, flow: str) -> set[str]:
    return {step.declared.runs for step in context.release.flows[flow].steps.values()}
