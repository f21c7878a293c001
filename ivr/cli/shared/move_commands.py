"""A command for each move of a case: what stands on the command line, and the fields of the move it fills."""

from __future__ import annotations

import os
from typing import NamedTuple

import click

from ivr.app.database import opened
from ivr.case.moves import MOVES, OUTCOMES, TOLD_BY, Move
from ivr.case.refused import Refused
from ivr.cli.shared.case_lines import case_line, echo_line
from ivr.cli.shared.case_list import case_number_of
from ivr.cli.shared.command_line import exit_code, print_json
from ivr.cli.shared.echo import echo
from ivr.cli.shared.moved import changed_lines
from ivr.config import read_settings
from ivr.messages.message import Message
from ivr.service.cases.keep_move import Changed
from ivr.service.cases.staff_move import Wish, staff_move
from ivr.service.rows import CaseRow


class MoveCommand(NamedTuple):
    """A command: the move it makes; the fields that are words of the command line, and those that are options with
    their help. A field is called as in the move, an option also otherwise (`option=field`). Without its `flag` a
    command does nothing."""

    move: str
    help: str
    words: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    flag: tuple[str, str] = ("", "")


NAMING = ("name", "names", "known")
"""Values of a refusal that may be fields of the move."""
OF_FIELDS = frozenset((
    "move.refused.missing", "move.refused.unknown-field", "move.refused.takes-nothing", "move.refused.not-one-of",
    "move.refused.too-long", "move.refused.control-character", "move.refused.one-line", "move.refused.not-a-time",
))  # fmt: skip
"""Refusals of which these are about fields: of others `name` is a person's."""
WHY = ("reason", "Why, for the log of the case.")
COMMANDS = {
    "take": MoveCommand("taken", "Take the case NUMBER: from now on you handle it."),
    "assign": MoveCommand(
        "assigned", "Assign the case NUMBER to a person, a team, or a person of a team.", (),
        (("to=owner", "Who handles it from now on."), ("team", "Whose people may take it.")),
    ),
    "note": MoveCommand("noted", "Add a note to the case NUMBER.", ("text",)),
    "contact": MoveCommand("contact", "Put right the PHONE on which the customer is reached.", ("phone",)),
    "decide": MoveCommand(
        "decided", f"Decide the case NUMBER. OUTCOME: {', '.join(OUTCOMES)}.", ("outcome",),
        (("reasons", "Why it is decided so, for the house."), ("answer", "What the customer is told, in a sentence.")),
    ),
    "tell": MoveCommand(
        "told", "The customer was told the decision of the case NUMBER.", (),
        (("by=how", f"How they were told: {', '.join(TOLD_BY)}."),),
    ),
    "extend": MoveCommand(
        "extended", "Extend the deadline of the case NUMBER to the next rung of its clock.", (),
        (("to", "The extension, such as cn-2020+30."), ("approver", "Who has approved it; not you, nor its owner."),
         WHY, ("told=told_at", "The day the customer was told of it.")),
    ),
    "pause": MoveCommand("paused", "Stop the clock of the case NUMBER while we wait for the customer.", (), (WHY,)),
    "resume": MoveCommand("resumed", "Let the clock of the case NUMBER go on.", (), (WHY,)),
    "conflict": MoveCommand(
        "conflicted", "Declare a conflict of interest in the case NUMBER, of yourself or of PERSON.", ("[person]",),
        (WHY,),
    ),
    "code": MoveCommand(
        "coded", "Code the case NUMBER by channel, business, reason and root cause.", (),
        (("channel", "The channel it is about."), ("business", "The business it is about."),
         ("reason", "What it complains of."), ("root-cause=root_cause", "What lies behind it.")),
    ),
    "escalate": MoveCommand("escalated", "Escalate the case NUMBER: its priority rises.", (), (WHY,)),
    "priority": MoveCommand("prioritized", "Set the PRIORITY of the case NUMBER.", ("priority",), (WHY,)),
    "represent": MoveCommand(
        "represented", "Somebody speaks for the customer of the case NUMBER, or for a group.", (),
        (("role=as", "In which role: proxy, heir or group."), ("names", "Who; of a group up to five, with ; between.")),
    ),
    "link": MoveCommand("linked", "Link the case NUMBER to another CASE.", ("case",), (WHY,)),
    "withdraw": MoveCommand("withdrawn", "The customer has withdrawn the case NUMBER.", (), (WHY,)),
    "close": MoveCommand(
        "unreached", "Close the case NUMBER without the customer's word. With it, their answer closes it.", (), (WHY,),
        ("unconfirmed", "The customer could not be reached: the only way to close by hand."),
    ),
    "reopen": MoveCommand("reopened", "Reopen the case NUMBER with a clock that begins anew.", (), (WHY,)),
}  # fmt: skip


def add_move_commands(group: click.Group) -> None:
    """Add all of them to `ivr cases`."""
    for name, row in COMMANDS.items():
        group.add_command(_command(name, row))


def _command(name: str, row: MoveCommand) -> click.Command:
    params: list[click.Parameter] = [click.Argument(["number"])]
    params += [click.Argument([word.strip("[]")], required=word[0] != "[") for word in row.words]
    for written, text in row.options:
        option, _, field = written.partition("=")
        params.append(click.Option([f"--{option}", field or option], metavar="TEXT", help=text))
    if row.flag[0]:
        params.append(click.Option([f"--{row.flag[0]}", "sure"], is_flag=True, help=row.flag[1]))

    def run(number: str, **given: str | None) -> None:
        """Made of its row."""
        if not given.pop("sure", True):
            echo(Message("command.failed", why=Message("cases-command.close-how")), err=True)
            exit_code(1)
        acts, version, as_json = given.pop("acts"), given.pop("version"), given.pop("as_json")
        wanted = Move(row.move, {field: text for field, text in given.items() if text})
        make(Wish(case_number_of(number), wanted, acts or "", int(version) if version else None), bool(as_json))

    return click.Command(name, params=[*params, *_common()], callback=run, help=row.help)


def _common() -> list[click.Parameter]:
    return [
        click.Option(["--as", "acts"], metavar="NAME", envvar="IVR_STAFF", help="Who acts; default IVR_STAFF."),
        click.Option(
            ["--version"], type=click.IntRange(1), help="Only if the case still is this version; see `cases show`."
        ),
        click.Option(["--json", "as_json"], is_flag=True, help="The case afterwards, as a JSON object."),
    ]


def make(wish: Wish, as_json: bool) -> None:
    """Make a move and print the case, or why nothing was done. Exit code 1 where it is refused."""
    assert wish.move.kind in MOVES
    with opened(read_settings(os.environ)) as database:
        done = staff_move(database.ports, database.people, wish)
        if isinstance(done, Refused):
            echo(Message("command.failed", why=as_typed(done.why, wish.move.kind)), err=True)
            exit_code(1)
        if isinstance(done, Changed):
            echo_line(changed_lines(done), err=True)
            exit_code(1)
        assert isinstance(done, CaseRow)
        case = database.reports().one(wish.number, done.version)
    if as_json:
        print_json(case)
    else:
        echo_line(case_line(case))


def as_typed(why: Message, move: str) -> Message:
    """A refusal with the command and the options that were typed, in place of the move and its fields."""
    name, row = next((name, row) for name, row in COMMANDS.items() if row.move == move)
    typed = {field or option: f"--{option}" for option, _, field in (text.partition("=") for text, _ in row.options)}
    typed |= {word.strip("[]"): word.strip("[]").upper() for word in row.words}

    def in_command(value: object) -> object:
        if isinstance(value, tuple):
            return tuple(typed.get(each, each) for each in value)
        return typed.get(str(value), value)

    fields = NAMING if why.code in OF_FIELDS else ()
    changed = {"move": name} | {each: in_command(why.values[each]) for each in fields if each in why.values}
    return Message(why.code, **{**why.values, **{each: changed[each] for each in changed if each in why.values}})
