"""The pages do not lie: their flows compile, their links lead somewhere, the commands they name exist."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from small_flows import DOCS, PAGES, ROOT, Block, blocks, findings

from ivr.cli.main import commands
from ivr.flow.hotline import HotlineFields
from ivr.replay.fixture import read_fixture
from ivr.steps.kinds import KINDS

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
SPAN = re.compile(r"`([^`\n]+)`")
COMMAND = re.compile(r"^(?:[A-Z_]+=\S+ )*(?:\.venv/bin/)?ivr(?: |$)")
WRONG_ON_PURPOSE = DOCS / "findings.md"
YAML = [block for page in PAGES if page != WRONG_ON_PURPOSE for block in blocks(page) if block.info.startswith("yaml ")]


@pytest.mark.parametrize(
    "block", [b for b in YAML if b.info.split()[1] in ("step", "flow", "hotline", "topics")], ids=str
)
def test_a_flow_compiles(block: Block) -> None:
    assert [str(finding) for finding in findings(block) if finding.severity == "error"] == []


@pytest.mark.parametrize("block", [b for b in YAML if b.info.startswith("yaml wrong ")], ids=str)
def test_what_is_called_wrong_is_wrong(block: Block) -> None:
    right = Block(block.page, block.line, block.info.replace("wrong ", ""), block.text)

    assert any(finding.severity == "error" for finding in findings(right))


@pytest.mark.parametrize("block", [b for b in YAML if b.info == "yaml call"], ids=str)
def test_a_fixture_can_be_read(block: Block) -> None:
    fixture, found = read_fixture(str(block), block.text.encode())

    assert fixture is not None, found


def test_every_yaml_block_says_what_it_is() -> None:
    known = re.compile(
        r"yaml (wrong )?(step( alone| zh-CN| topics)?|topics|flow( zh-CN| \w+)?|hotline|call)\Z|yaml( example)?\Z"
    )

    assert [str(b) for page in PAGES for b in blocks(page) if b.info.startswith("y") and not known.match(b.info)] == []


def test_the_small_hotline_has_no_findings() -> None:
    block = Block(DOCS / "small" / "main.yaml", 1, "yaml flow", (DOCS / "small" / "main.yaml").read_text("utf-8"))

    assert [str(finding) for finding in findings(block) if "unreachable-flow" not in str(finding)] == []


def without_blocks(page: Path) -> str:
    return re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)


def anchors(page: Path) -> set[str]:
    """As the usual renderers make them of headings."""
    heads = re.findall(r"^#+ (.*)$", without_blocks(page), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for link in (first or second for first, second in LINK.findall(without_blocks(page))):
        if link.startswith(("http:", "https:")):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def named_commands(page: Path) -> Iterator[str]:
    for line in SPAN.findall(without_blocks(page)):
        if COMMAND.match(line):
            yield line
    for block in blocks(page):
        for line in block.text.splitlines():
            plain = line.split("|")[-1].strip()
            if block.info == "console" and line.startswith("$ "):
                plain = line.removeprefix("$ ")
            elif block.info != "sh":
                continue
            if COMMAND.match(plain):
                yield plain


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_named_commands_exist(page: Path) -> None:
    for line in named_commands(page):
        words = shlex.split(line, comments=True)
        words = words[next(n for n, word in enumerate(words) if word.endswith("ivr")) + 1 :]
        context = click.Context(commands)
        found: click.Command = commands
        while words and isinstance(found, click.Group) and not words[0].startswith("-"):
            inner = found.get_command(context, words.pop(0))
            assert inner is not None, line
            found = inner
        params = found.get_params(context)
        options = {name for param in params for name in (*param.opts, *param.secondary_opts)}
        for word in words:
            assert not word.startswith("--") or word.split("=")[0] in options, line


def test_they_say_nothing_of_this_machine() -> None:
    for page in PAGES:
        found = re.search(r"/root/|/home/|/tmp/tmp\.", page.read_text(encoding="utf-8"))
        assert found is None, f"{page}: {found}"


def test_every_note_on_a_step_is_of_a_kind_there_is() -> None:
    heads = re.findall(r"^## (.+)$", (DOCS / "notes-on-steps.txt").read_text(encoding="utf-8"), re.M)

    assert heads and set(heads) <= set(KINDS)


def test_every_key_of_hotline_yaml_is_in_the_reference() -> None:
    page = (DOCS / "reference-hotline.md").read_text(encoding="utf-8")
    keys = {field.alias or name for name, field in HotlineFields.model_fields.items()}

    assert keys - set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", page, re.M)))) == set()


def test_every_dependency_has_its_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (DOCS / "adr" / "dependencies.md").read_text(encoding="utf-8").lower()

    for wanted in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
        name = re.split(r"[<>=;\[ ]", wanted)[0].lower()
        assert re.search(rf"^\|[^|]*\b{re.escape(name)}\b", page, re.M), name


def test_the_readme_is_short() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert text.count("\n") <= 120
        assert "benchmarks/README.md" in text and "<!--" not in text


def test_the_figures_of_the_readme_are_in_the_table_of_benchmarks() -> None:
    table = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8").partition("## In process")[0]
    assert "benchmarks/turns.py" in table
    assert all(figure in table for figure in ("0.63x (d)", "0, 0, 0 of 94,025 turns", "0 of 5,132"))
    for name in ("README.md", "README.zh-CN.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "0.63" in text and "5,132" in text
