"""docs/zh-CN/steps.md from the kinds of step and the Chinese of docs/zh-CN/steps.yaml."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import yaml
from generating import steps
from pydantic import BaseModel

from ivr.steps.compiling import AskingFields
from ivr.steps.kinds import EXAMPLES, KINDS

FOLDER = steps.DOCS / "zh-CN"
PAGE = FOLDER / "steps.md"
NEEDS_TWO_LANGUAGES = "language"
"""The kind whose example stays in both languages."""
ENGLISH = re.compile(r"^ +en-US: .*\n|, en-US: (?:\[[^\]]*\]|[^,}]*)", re.M)
NO_EXITS = "无，通话到此结束"


@cache
def _chinese() -> Any:
    return yaml.safe_load((FOLDER / "steps.yaml").read_text(encoding="utf-8"))


def page() -> str:
    """The page as it must read. KeyError or ValueError where a kind, a key or a word has no Chinese."""
    chinese = _chinese()
    if list(chinese["kinds"]) != list(KINDS):
        raise ValueError(f"steps.yaml: the kinds are {list(KINDS)}, in this order")
    asking = [f"`{kind}`" for kind, model in KINDS.items() if issubclass(model, AskingFields)]
    about = chinese["asking"]["about"].replace("{asking}", "、".join(asking))
    shared = [
        f"## 所有提问共用的键\n\n{about}",
        _table("", AskingFields, chinese["asking"]),
        chinese["asking"]["notes"],
    ]
    return "\n".join([chinese["head"], *shared, *(_section(kind, model) for kind, model in KINDS.items())])


def _section(kind: str, model: type[BaseModel]) -> str:
    chinese = _chinese()["kinds"][kind]
    declared = steps.declared_by(kind)
    about = chinese["about"]
    if issubclass(model, AskingFields):
        about += "[共用的键](#所有提问共用的键)在这里都能用。"
    said = f"出口：{'、'.join(f'`{name}`' for name in declared.exits) or NO_EXITS}。"
    if declared.inputs:
        said += f"可能收到：{'、'.join(_chinese()['inputs'][each] for each in declared.inputs)}。"
    parts = [f"## {kind}", about, _example(kind), said, _table(kind, model, chinese)]
    return "\n\n".join(parts) + f"\n{chinese['notes']}"


def _example(kind: str) -> str:
    if kind == NEEDS_TWO_LANGUAGES:
        return f"```yaml step\n{EXAMPLES[kind]}```"
    return f"```yaml step zh-CN\n{ENGLISH.sub('', EXAMPLES[kind])}```"


def _table(kind: str, model: type[BaseModel], chinese: Any) -> str:
    """The keys of a kind: what each is for, what stands there, and what holds without it."""
    rows = {name: (what, without) for name, what, without in steps.fields_of(kind, model)}
    purposes = chinese["fields"]
    if list(purposes) != list(rows):
        raise ValueError(f"steps.yaml: the keys of {kind or 'asking'} are {list(rows)}, in this order")
    lines = [
        f"| `{name}` | {purposes[name]} | {_what(what)} | {_without(without)} |"
        for name, (what, without) in rows.items()
    ]
    return "\n".join(["| 键 | 用途 | 写什么 | 不写时 |", "|---|---|---|---|", *lines, ""])


def _what(english: str) -> str:
    only_code = not re.sub(r"`[^`]*`|, ", "", english)
    return english.replace(", ", "、") if only_code else str(_chinese()["words"][english])


def _without(english: str) -> str:
    return str(_chinese()["left"][english]) if english else ""
