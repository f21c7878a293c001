"""The pages of cases say of moves what the moves do, and of the JSON what `ivr cases show --json` prints."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import msgspec
import pytest
from small_flows import DOCS, ROOT

sys.path.append(str(ROOT / "tests" / "cli"))
sys.path.append(str(DOCS))
from command_here import command_here  # noqa: E402
from generating.case_edges import edges  # noqa: E402
from generating.case_picture import PICTURES  # noqa: E402

from ivr.case.case import STATUSES, By, Case, CaseEvent  # noqa: E402
from ivr.case.case_fold import fold  # noqa: E402
from ivr.case.move_checks import ROLES, STATUS_WORDS  # noqa: E402
from ivr.case.moves import MOVES, Move, move  # noqa: E402
from ivr.case.refused import Refused  # noqa: E402
from ivr.cli.main import commands  # noqa: E402
from ivr.flow.triage_fields import TriageFields  # noqa: E402
from ivr.messages.message import Message  # noqa: E402

PAGE = DOCS / "cases.md"
PAGES = (PAGE, DOCS / "zh-CN" / "cases.md")
AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
STATUS_REFUSALS = {
    "ended", "not-ended", "not-now", "take-before-decide", "decided-already", "nothing-to-tell", "told-already",
    "take-before-pause", "opened-before", "not-opened",
}  # fmt: skip
GROUPS = {
    "any": STATUSES, "not ended": STATUSES[:5], "ended": STATUSES[5:], "not decided yet": STATUSES[:3], "none": (),
}  # fmt: skip


def rows() -> Iterator[tuple[str, str, str]]:
    """Of each row of the two tables of moves: the move, who may, and from where."""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if len(cells) == 5 and (
            found := re.search(r"Event `(\w+)`\.$", cells[1]) or re.fullmatch(r"`(\w+)`", cells[0])
        ):
            yield found[1], cells[2], cells[3]


def a_case(status: str) -> Case:
    opened = Move("opened", {"kind": "complaint", "clock": "none", "opened_at": AT.isoformat()})
    event = move(None, opened, By("caller", "caller"), AT)
    assert isinstance(event, CaseEvent)
    return msgspec.structs.replace(fold(None, event), status=status)


def refusal(case: Case | None, name: str, role: str) -> str:
    """The last part of the code with which a bare move is refused; empty where it is not."""
    done = move(case, Move(name), By("li", role), AT)
    return done.why.code.rpartition(".")[2] if isinstance(done, Refused) and isinstance(done.why, Message) else ""


def test_the_tables_have_every_move_once() -> None:
    assert sorted(name for name, _, _ in rows()) == sorted(MOVES)


@pytest.mark.parametrize(("name", "who", "sources"), [row for row in rows() if row[0] != "opened"])
def test_a_row_says_who_may_and_from_where(name: str, who: str, sources: str) -> None:
    may = {role for role in ROLES if refusal(a_case("open"), name, role) != "other-role"}
    role = MOVES[name].roles[0]
    possible = {status for status in STATUSES if refusal(a_case(status), name, role) not in STATUS_REFUSALS}
    words = {str(Message(code)): status for status, code in STATUS_WORDS.items()}

    assert {str(Message(ROLES[each])) for each in may} == set(who.split(", "))
    assert possible == set(GROUPS.get(sources) or (words[word] for word in sources.split("; ")))


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.language)
def test_the_picture_has_every_status_and_a_word_for_every_arrow(picture: Any) -> None:
    drawn = picture.PAGE.read_text(encoding="utf-8")

    assert [status for status in STATUSES if f">{status}</text>" not in drawn] == []
    assert drawn.count('class="arrow') <= len(edges())
    assert f"]({picture.PAGE.name})" in (picture.PAGE.parent / "cases.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=["en", "zh-CN"])
def test_a_page_explains_every_status_and_every_option_of_the_list(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    found = re.findall(r"^\| `(\w+)`(?: \S+)? \| ", text, re.M)
    group = commands.get_command(click.Context(commands), "cases")
    assert isinstance(group, click.Group)
    options = {name for each in group.commands["list"].params for name in (*each.opts, *each.secondary_opts)}

    assert [status for status in STATUSES if status not in found] == []
    assert [option for option in sorted(options) if f"`{option}`" not in text] == []


def test_both_pages_have_the_same_sections_and_the_same_commands() -> None:
    heads, typed = (
        [re.findall(pattern, page.read_text(encoding="utf-8"), re.M) for page in PAGES]
        for pattern in (r"^## ", r"^\$ (ivr \w+ ?[a-z]*)")
    )

    assert len(heads[0]) == len(heads[1]) + 1, "the JSON is explained in English only"
    assert typed[0] == typed[1]


def keys(of: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """The names of an object's keys, with those of the objects in it."""
    for name, value in of.items():
        yield f"{path}{name}"
        if isinstance(value, dict) and path != "events.":
            yield from keys(value, f"{name}.")
        elif name == "events":
            yield from keys(value[0], "events.")


def test_the_page_has_every_key_of_the_json_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = command_here(tmp_path, monkeypatch, capsys)
    environ = {"IVR_FLOWS": str(ROOT / "flows"), "IVR_DATABASE_URL": "sqlite:///trial.db", "IVR_STAFF": "li"}
    run("people", "add", "li", "--role", "lead", **environ)
    said = "2\n/silence\n3\n1\n/record I was charged twice and will sue; somebody stole my card.\n1\n2\n"
    made = run("call", "--lang", "en-US", "--from", "+12025550123", given=said, **environ)
    number = made.stdout.split()[-1]
    codes = [f"--{name}={name}" for name in ("channel", "business", "reason", "root-cause")]
    shown = run("cases", "code", number, *codes, "--json", **environ)
    text = PAGE.read_text(encoding="utf-8").partition("## JSON")[2]
    first = re.findall(r"^\| (`.*?`) \| ", text, re.M)
    nested = re.findall(r"`((?:story|clock|triage|codes|events)\.\w+)`", text)

    assert set(keys(json.loads(shown.stdout))) == {*re.findall(r"`([\w.]+)`", "".join(first)), *nested}


def test_the_page_of_the_first_analysis_has_every_key_of_a_rule() -> None:
    text = (DOCS / "triage.md").read_text(encoding="utf-8")

    assert re.findall(r"^\| `(\w+)` \|", text, re.M) == list(TriageFields.model_fields)
