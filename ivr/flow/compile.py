"""From fields to a release: inheritance resolved, prompts cut into parts, all that the live turn looks up made once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from ivr.calendar.workdays import Workdays
from ivr.call.facts import CALL_VALUES, LANGUAGE, NAMED_FACTS
from ivr.flow.clock_fields import day_clock
from ivr.flow.hints import hints_of
from ivr.flow.hotline import HotlineFields
from ivr.flow.hotline_values import case_rule, closed_lists, opening_hours, phoned_by, spoken_language
from ivr.flow.language_forms import LanguageForms
from ivr.flow.model import Destination, Flow, Language, Limits, Part, Prompt, Release, Shortcut, Slot
from ivr.flow.outgoing import Outgoing, outgoing
from ivr.flow.outgoing_fields import OutgoingFields
from ivr.flow.parse import Parsed, ParsedFlow
from ivr.flow.prompts import compile_prompt
from ivr.flow.spoken_hours import hours_by_language
from ivr.flow.topics import TopicBook, topics_listed
from ivr.flow.triage_fields import triage_rules
from ivr.speech.by_topic import MenuTopics
from ivr.steps.fields import NoMatchFields, RetryFields
from ivr.steps.spoken import get_ready
from ivr.steps.step import GiveUp, Step
from ivr.steps.target import GOODBYE

CANNOT_CALL = {
    "zh": "抱歉，这个号码我们无法拨打，请换一个号码。",
    "yue": "對唔住，呢個號碼我哋打唔到，請畀過另一個號碼。",
    "en": "Sorry, we cannot call that number. Please give us another one.",
}
"""By language, for a hotline without `cannot_call`."""
NO_FORMS: Mapping[str, LanguageForms] = MappingProxyType({})


class FlowCompiler:
    """One flow's steps being compiled; each step sees it as `ivr.steps.compiling.Compiling`."""

    def __init__(self, release: ReleaseCompiler, parsed: ParsedFlow) -> None:
        self.release, self.parsed = release, parsed
        self.flow = parsed.head.flow
        self.step = ""
        self.languages: Sequence[str] = release.languages
        self.country, self.phoned = release.hotline.nation, release.phoned
        known = release.hotline.languages
        names = {tag: dict.fromkeys(known, fields.name) for tag, fields in known.items()}
        self.labels = {**closed_lists(parsed), LANGUAGE: names}

    def prompt(self, part: str, prompt: Any) -> str:
        if isinstance(prompt, str):
            name = f"prompts.{prompt}"
            written = self.release.hotline.prompts.get(prompt, {self.languages[0]: ""})
            if isinstance(written, str):
                written = {self.languages[0]: written}
            prompt = written
            if self.release.prompts.get(name) is None:
                self.release.prompts[name] = compile_prompt(prompt, {}, self.release.fixed)
            if not any(slot in self.labels for slot in self.release.prompts[name].slots):
                return name
        name = ".".join(filter(None, (self.flow, self.step, part)))
        self.release.prompts[name] = compile_prompt(prompt, self.labels, self.release.fixed)
        return name

    def promising(self, prompt: str) -> None:
        known = self.release.prompts[prompt]
        self.release.prompts[prompt] = replace(known, promises=True, says_so=True)

    def choice_prompt(self, name: str, label: Mapping[str, str], key: str, languages: Sequence[str]) -> str:
        return self.prompt(
            f"choice.{name}",
            {lang: self.release.announcement(label.get(lang, name), key, lang) for lang in languages},
        )

    def confirm_prompt(self, own: Any, form: str) -> str:
        """The confirmation of an entry, its {value} spoken in the entry's own form."""
        written = own if own is not None else self.release.hotline.defaults.confirm
        if isinstance(written, str):
            written = self.release.hotline.prompts.get(written, {})
        if form and isinstance(written, dict):
            written = {
                lang: text.replace("{value}", f"{{value:{form}}}") if isinstance(text, str) else text
                for lang, text in written.items()
            }
        return self.prompt("confirm", written)

    def topics(
        self, language: str, choices: Mapping[str, Sequence[str]], urgent: Collection[str], *, shortcuts: bool
    ) -> MenuTopics | None:
        keyed = self.release.hotline.shortcuts
        here = {str(key): fields.topics or () for key, fields in keyed.items() if shortcuts or key == "0"}
        return self.release.topics.at(language, choices, here, urgent)

    def give_up(self, how: str) -> GiveUp:
        return self.release.give_ups[how]

    def listen_words(
        self,
        words: Mapping[str, Mapping[str, Sequence[str]]],
        name: str = "",
        examples: Mapping[str, Sequence[str]] | None = None,
    ) -> str:
        name = name or f"{self.flow}.{self.step}"
        self.release.hints[name] = hints_of(words, examples or {})
        return name

    def waits(self, what: str, own: float | None) -> Mapping[str, float]:
        hotline = self.release.hotline
        inherited = getattr(hotline.defaults, what)
        return {
            tag: own if own is not None else (getattr(language, what) or inherited)
            for tag, language in hotline.languages.items()
        }

    def default(self, what: str, own: Any) -> Any:
        return own if own is not None else getattr(self.release.hotline.defaults, what)

    def language(self, tag: str) -> Any:
        """A language's own fields (its yes and no, its sentence that announces 1 and 2)."""
        return self.release.hotline.languages[tag]

    def destination(self, name: str) -> Destination | None:
        return self.release.destinations.get(name)

    def flow_gives(self, name: str) -> Mapping[str, str]:
        """What a flow hands back to the one that runs it."""
        found = self.release.parsed.flows.get(name)
        return found.head.gives if found else {}

    def slots(self, prompt: str) -> frozenset[str]:
        found = self.release.prompts.get(prompt)
        return found.slots if found else frozenset()

    def compile(self) -> Flow:
        head = self.parsed.head
        steps: dict[str, Step] = {}
        for name, fields in self.parsed.steps.items():
            self.step = name
            steps[name] = fields.compile(self)
        first = next(iter(steps))
        first_question = next((name for name, step in steps.items() if _is_come_back_to(step)), first)
        rewind = first if _only_decides(steps, first) else first_question
        return Flow(self.flow, first, first_question, rewind, steps, head.takes, head.gives, head.intake or "")


def _is_come_back_to(step: Step) -> bool:
    listening = step.declared.listening
    return step.kind.back == "remembered" and listening is not None and listening.back


def _only_decides(steps: Mapping[str, Step], first: str) -> bool:
    """Whether nothing but words, values and decisions stands before the first question asked."""
    seen, ahead = {first}, [first]
    while ahead:
        step = steps[ahead.pop()]
        if _is_come_back_to(step):
            continue
        said = step.declared
        if said.listening is not None or said.inputs or said.runs or step.kind.back == "barrier":
            return False
        for target in step.declared.exits.values():
            if target.to == "step" and target.name in steps and target.name not in seen:
                seen.add(target.name)
                ahead.append(target.name)
    return True


class ReleaseCompiler:
    """A whole folder being compiled."""

    def __init__(self, parsed: Parsed, hotline: HotlineFields, forms: Mapping[str, LanguageForms]) -> None:
        self.parsed, self.hotline = parsed, hotline
        self.languages = list(hotline.languages)
        self.speaks = {tag: spoken_language(tag, hotline, forms.get(tag)) for tag in hotline.languages}
        self.hours = {name: opening_hours(fields) for name, fields in hotline.hours.items()}
        self.fixed = hours_by_language(self.hours, self.speaks)
        self.topics = TopicBook(parsed.topics, hotline.speech, self.languages, topics_listed(parsed))
        self.prompts: dict[str, Prompt] = {}
        self.hints: dict[str, Mapping[str, Sequence[str]]] = {}
        self.workdays = Workdays(hotline.country, frozenset(), frozenset())
        self.destinations = {
            name: Destination(d.number or d.sip or "", d.hours or "", int(d.ring))
            for name, d in hotline.destinations.items()
        }
        defaults = hotline.defaults
        for name in ("confirm", "consent", "connecting"):
            self._hotline_prompt(name, getattr(defaults, name))
        for name in ("goodbye", "trouble"):
            self._hotline_prompt(name, getattr(hotline, name))
        self.prompts["hotline.yes_no"] = compile_prompt(
            {tag: language.yes_no for tag, language in hotline.languages.items()}, {}, self.fixed
        )
        self.give_ups = {how: self._give_up(how, getattr(defaults, how)) for how in ("no_input", "no_match")}
        self.phoned = phoned_by(hotline)
        self._cannot_call()

    def _hotline_prompt(self, name: str, written: Any) -> str:
        if isinstance(written, str):
            written = self.hotline.prompts.get(written) or {self.languages[0]: written}
        self.prompts[f"hotline.{name}"] = compile_prompt(written, {}, self.fixed)
        return f"hotline.{name}"

    def _cannot_call(self) -> None:
        """What is said of a number that may not be phoned: the hotline's words, else ours in languages we know, else
        what is said of any answer that is not understood."""
        if self.hotline.defaults.cannot_call is not None:
            self._hotline_prompt("cannot_call", self.hotline.defaults.cannot_call)
            return
        said = [self.prompts[name] for name in self.give_ups["no_match"].say[:1]]
        parts: dict[str, Sequence[Part]] = {}
        for tag in self.languages:
            ours = CANNOT_CALL.get(tag.split("-")[0].lower())
            parts[tag] = [ours] if ours else [part for prompt in said for part in prompt.parts.get(tag, ())]
        slots = frozenset(part.name for each in parts.values() for part in each if isinstance(part, Slot))
        self.prompts["hotline.cannot_call"] = Prompt(parts, slots)

    def _give_up(self, how: str, failure: RetryFields) -> GiveUp:
        say = tuple(self._hotline_prompt(f"{how}.{n}", p) for n, p in enumerate(failure.say or [], 1))
        spoken = failure.unclear if isinstance(failure, NoMatchFields) else None
        unclear = tuple(self._hotline_prompt(f"{how}.unclear.{n}", p) for n, p in enumerate(spoken or [], 1))
        return GiveUp(tries=failure.tries or 3, say=say, next=failure.next or GOODBYE, unclear=unclear)

    def announcement(self, label: str, key: str, language: str) -> str:
        """How a choice is announced in a language: "For {label}, press {key}."."""
        fields = self.hotline.languages.get(language)
        if fields is None:
            return label
        said = fields.keys.get(key, key)  # type: ignore[call-overload]
        return fields.announce.replace("{label}", label).replace("{key}", said)

    def _shortcut(self, key: str) -> Shortcut:
        fields = self.hotline.shortcuts[key]  # type: ignore[index]
        announced = ""
        if fields.announce:
            announced = f"hotline.shortcut.{key}"
            written = {tag: self.announcement(fields.label.get(tag, key), key, tag) for tag in self.languages}
            self.prompts[announced] = compile_prompt(written, {}, self.fixed)
        label, said = fields.label, fields.words
        words = {tag: (label.get(tag, ""), *said.get(tag, ()), *said.get("", ())) for tag in self.languages}
        return Shortcut(key, fields.next, announced, words)

    def _outgoing(self, flow: str, fields: OutgoingFields) -> Outgoing:
        written = {"name": fields.name, "goodbye": fields.goodbye, "message": fields.message}
        said = {
            what: self._hotline_prompt(f"outgoing.{flow}.{what}", prompt) if prompt is not None else ""
            for what, prompt in written.items()
        }
        return outgoing(flow, fields, **said)

    def compile(self) -> Release:
        hotline = self.hotline
        flows = {name: FlowCompiler(self, parsed).compile() for name, parsed in self.parsed.flows.items()}
        limits = hotline.limits
        reads = {read for flow in flows.values() for step in flow.steps.values() for read in step.declared.reads}
        facts = NAMED_FACTS | {f"switch.{name}" for name in hotline.switches}
        facts |= {fact for name in hotline.hours for fact in (f"hours.{name}", f"hours.{name}.opens")}
        call_names = CALL_VALUES | {f"call.{name}" for name in hotline.call}
        return Release(
            title=hotline.hotline,
            numbers=hotline.numbers,
            default=hotline.default,
            entries={
                **dict.fromkeys([hotline.default, *hotline.numbers.values()], "incoming"),
                **dict.fromkeys(hotline.outgoing, "outgoing"),
            },
            time_zone=hotline.time_zone,
            languages={tag: Language(tag, f.name, f.speak, f.listen, f.voice) for tag, f in hotline.languages.items()},
            speaks=self.speaks,
            flows=flows,
            prompts=self.prompts,
            hints=self.hints,
            shortcuts={key: self._shortcut(key) for key in hotline.shortcuts},
            limits=Limits(limits.steps_in_a_turn, limits.turns, int(limits.call), limits.next),
            call_values={f"call.{n}": v.starts for n, v in hotline.call.items() if v.starts is not None},
            hours=self.hours,
            workdays=self.workdays,
            destinations=self.destinations,
            clocks={name: day_clock(name, fields) for name, fields in hotline.clocks.items()},
            cases={kind: case_rule(rule) for kind, rule in hotline.cases.items()},
            triage=triage_rules(hotline.triage),
            outgoing={flow: self._outgoing(flow, fields) for flow, fields in hotline.outgoing.items()},
            switches=tuple(hotline.switches),
            reads=frozenset(reads & (facts | call_names)),
            phoned=self.phoned,
            topics=self.topics.languages,
            promises=tuple(hotline.promises),
            waive={promise: reason for promise, reason in hotline.waive.items()},
            facts=facts - call_names,
            call_names=call_names,
        )


def compile_release(parsed: Parsed, forms: Mapping[str, LanguageForms] = NO_FORMS) -> Release:
    """Compile a folder without findings of parsing. `forms` are those that a stored release keeps, by language."""
    assert parsed.hotline is not None
    get_ready()
    return ReleaseCompiler(parsed, parsed.hotline, forms).compile()
