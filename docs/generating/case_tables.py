"""The tables in docs/cases.md and docs/zh-CN/cases.md: what may be done with a case, and every refusal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from generating.case_edges import Edge, edges
from generating.case_terms import LANGUAGES, TERMS, role_word, status_word, term

from ivr.case.case import FINAL, LIVING, STATUSES, UNDECIDED, Status
from ivr.case.move_fields import Field
from ivr.case.moves import MOVES, RESULTS, MoveRow
from ivr.cli.shared.move_commands import COMMANDS, MoveCommand
from ivr.messages.catalogue import ENGLISH, catalogue

DOCS = Path(__file__).parents[1]
GROUPS = {STATUSES: "any", LIVING: "living", FINAL: "final", UNDECIDED: "undecided"}
MARKED = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.S)
WANTED = re.compile(r"\{(\w+)(?::[^{}]*)?\}")
REFUSED = ("move.refused.", "people.refused.")
NOT_OF_MOVES = ("no-lead", "not-a-risk", "exists", "name-length", "name-characters", "name-taken")
"""Refusals of `ivr people add`."""
SHORT = 80
"""Names, numbers and codes: their limit is said once."""


class CasesPage(NamedTuple):
    """The page in one language: written by hand but for the tables between its marks."""

    language: str

    @property
    def PAGE(self) -> Path:  # noqa: N802
        return DOCS / ("cases.md" if self.language == ENGLISH else f"{self.language}/cases.md")

    def page(self) -> str:
        """The page with its tables as they must read."""
        text = self.PAGE.read_text(encoding="utf-8")
        wanted = {"staff": self._staff, "system": self._system, "refusals": self._refusals, "kept": self._kept}
        if sorted(name for _, name, _ in MARKED.findall(text)) != sorted(wanted):
            raise ValueError(f"{self.PAGE}: write the marks of the tables {', '.join(wanted)}, each once")
        return MARKED.sub(lambda mark: f"{mark[1]}{self._table(mark[2], wanted[mark[2]]())}{mark[3]}", text)

    def _say(self, name: str) -> str:
        return term("tables", name, self.language)

    def _table(self, name: str, rows: Iterator[str]) -> str:
        head = self._say(name)
        return "\n".join([head, "|" + "---|" * (head.count("|") - 1), *rows, ""])

    def _staff(self) -> Iterator[str]:
        """The moves that have a command."""
        for name, command in COMMANDS.items():
            does = [_help(name, command, self.language), *self._needs(command)]
            does += [self._optional("besides", command.move), self._event(command.move)]
            yield f"| `{_typed(name, command)}` | {self._joined(does)} | {self._ways(command.move)} |"

    def _system(self) -> Iterator[str]:
        """The events of calls and of the system."""
        by_hand = {command.move for command in COMMANDS.values()}
        for move in (name for name in MOVES if name not in by_hand):
            event = f"`{move}`" if self.language == ENGLISH else f"`{move}`（{term('moves', move, self.language)}）"
            yield f"| {event} | {term('does', move, self.language)} | {self._ways(move)} |"

    def _refusals(self) -> Iterator[str]:
        """Every sentence with which a move is refused."""
        sentences = catalogue(self.language).sentences
        codes = [code for code in sentences if code.startswith(REFUSED) and code.split(".")[-1] not in NOT_OF_MOVES]
        if codes != list(TERMS["refusals"]):
            raise ValueError(f"cases.yaml: the refusals are {codes}, in this order")
        for code in codes:
            said = WANTED.sub(lambda wanted: wanted[1].upper(), sentences[code])
            yield f"| {said[0].upper()}{said[1:]} | {term('refusals', code, self.language)} |"

    def _ways(self, move: str) -> str:
        """Who, from where, to where."""
        row = MOVES[move]
        roles = self._say("comma").join(role_word(role, self.language) for role in row.roles)
        return f"{roles} | {self._sources(row)} | {self._targets(move)}"

    def _sources(self, row: MoveRow) -> str:
        group = GROUPS.get(_ordered(row.leads))
        if not row.leads:
            return self._say("none")
        if group:
            return self._say(group)
        return self._say("semicolon").join(status_word(each, self.language) for each in _ordered(row.leads))

    def _targets(self, move: str) -> str:
        if move == "attempted":
            found = [(edge.target, self._aside(term("results", edge.word, self.language))) for edge in _results()]
        else:
            found = [(target, "") for target in _ordered({edge.target for edge in edges() if edge.word == move})]
        if not found:
            return self._say("same")
        said = [f"{status_word(target, self.language)}{result}" for target, result in found]
        return self._say("or").join(said) + self._optional("leads", move)

    def _needs(self, command: MoveCommand) -> Iterator[str]:
        row = MOVES[command.move]
        for name, needed in (("needs", True), ("may", False)):
            fields = [
                self._field(self._written(command, field), of)
                for field, of in (row.fields or {}).items()
                if of.needed is needed
            ]
            if fields:
                yield self._say(name).format(fields=self._say("semicolon").join(fields))

    def _field(self, name: str, field: Field) -> str:
        if field.one_of:
            words = self._say("comma").join(f"`{word}`" for word in field.one_of)
            return f"{name}{self._say('words').format(words=words)}"
        return name if field.most <= SHORT else f"{name}{self._say('most').format(most=field.most)}"

    def _kept(self) -> Iterator[str]:
        """The fields of staff's moves, by what becomes of them when the customer is erased."""
        for name, command in COMMANDS.items():
            fields = MOVES[command.move].fields or {}
            kept, goes = (
                self._say("comma").join(
                    self._written(command, field) for field, of in fields.items() if of.fact is fact
                )
                for fact in (True, False)
            )
            if fields:
                yield f"| `{name}` | {kept} | {goes} |"

    def _aside(self, text: str) -> str:
        return self._say("aside").format(text=text)

    def _written(self, command: MoveCommand, field: str) -> str:
        """A field as the command line has it, and its name where that is another one."""
        if field in [word.strip("[]") for word in command.words]:
            return f"`{field.upper()}`"
        options = [written.partition("=") for written, _ in command.options]
        option = next(option for option, _, name in options if (name or option) == field)
        return f"`--{option}`" if option == field else f"`--{option}`{self._aside(f'`{field}`')}"

    def _event(self, move: str) -> str:
        return self._say("event").format(name=move, word=TERMS["moves"][move].get(self.language))

    def _optional(self, subject: str, name: str) -> str:
        return term(subject, name, self.language) if name in TERMS[subject] else ""

    def _joined(self, sentences: list[str]) -> str:
        return (" " if self.language == ENGLISH else "").join(filter(None, sentences))


CASES_PAGES = tuple(map(CasesPage, LANGUAGES))


def _ordered(statuses: Mapping[Status, Status] | set[str]) -> tuple[Status, ...]:
    return tuple(status for status in STATUSES if status in statuses)


def _results() -> list[Edge]:
    """Where the results of a call to the customer lead while their word is waited for."""
    return [edge for result in RESULTS for edge in edges() if edge[0] == "follow_up_due" and edge.word == result]


def _typed(name: str, command: MoveCommand) -> str:
    """The command as somebody types it."""
    options = [f"--{written.partition('=')[0]}" for written, _ in command.options]
    flag = [f"--{command.flag[0]}"] if command.flag[0] else []
    return " ".join([f"ivr cases {name} NUMBER", *(word.upper() for word in command.words), *flag, *options])


def _help(name: str, command: MoveCommand, language: str) -> str:
    return command.help if language == ENGLISH else catalogue(language).help[f"cases.{name}."]
