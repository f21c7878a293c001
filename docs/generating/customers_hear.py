"""docs/what-customers-hear.md and its Chinese twin: every sentence of the shipped flows that phone customers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

DOCS = Path(__file__).parents[1]
FLOWS = DOCS.parent / "flows"
CALLS = {"followup": ("followup",), "survey": ("survey", "opinion")}
"""The flows of each kind of call, in the order in which they are heard."""
SAID = ("menu", "yes_no", "collect", "record", "say", "hangup", "again")
# ruff: noqa: E501 - sentences are not broken
WORDS: Mapping[str, Mapping[str, str]] = {
    "en-US": {
        "head": "# What customers hear when they are phoned\n\nEvery sentence of the calls that the example hotline places,"
        " made of [flows](../flows) by `docs/generate.py`. A value stands in braces. [Before a house phones]"
        "(calls-to-customers.md) says when they are placed; the calls as dialogues: [tests/dialogues]"
        "(../tests/dialogues/dialogues.md).\n",
        "followup": "Follow-up: does the customer accept the answer?", "survey": "Survey: how was our service?",
        "first": "first, always", "last": "last, where nothing else ends the call",
        "table": "| step | the customer hears |", "machine": "An answering machine that `detection` recognises hears nothing; one that\nnobody recognises hears the first question.",
        "everywhere": "At every question", "silence": "nothing heard", "key": "a key that is no choice",
        "speech": "not understood", "person": "a key in every question", "repeat": "Key star says the last words again.",
    },
    "zh-CN": {
        "head": "# 回访和调查电话里说的每一句话\n\n示例热线主动打给客户的电话里会说的全部内容，由 `docs/generate.py` 从 [flows](../../flows) 生成，"
        "花括号里是临时填入的值。什么时候打、打给谁，见[给客户打电话之前](calls-to-customers.md)；完整的对话见"
        "[tests/dialogues](../../tests/dialogues/dialogues.md)。\n",
        "followup": "回访：客户是否接受答复", "survey": "满意度调查",
        "first": "接通后先说", "last": "最后说（没有别的结束语时）",
        "table": "| 步骤 | 客户听到 |", "machine": "设了 `detection` 并识别出是机器接听的，什么也不说；没有识别出来的，只听到第一个问题。",
        "everywhere": "每个问题都一样", "silence": "没有听到回答", "key": "按的键不在选项里",
        "speech": "没有听懂", "person": "每个问题都能按的键", "repeat": "按星号键重听。",
    },
}  # fmt: skip


class HeardPage(NamedTuple):
    """The page of a language."""

    language: str

    @property
    def PAGE(self) -> Path:
        """The file."""
        return (DOCS if self.language == "en-US" else DOCS / "zh-CN") / "what-customers-hear.md"

    def page(self) -> str:
        """Its text as it must read."""
        words, hotline = WORDS[self.language], _read("hotline")
        parts = [words["head"]]
        for call, flows in CALLS.items():
            ours = hotline["outgoing"][call]
            rows = [(words["first"], ours["name"][self.language])]
            rows += [row for flow in flows for row in _sentences(flow, self.language, hotline)]
            rows.append((words["last"], ours["goodbye"][self.language]))
            parts.append(f"## {words[call]}\n\n{_table(words['table'], rows)}")
        parts.append(f"{words['machine']}\n")
        parts.append(f"## {words['everywhere']}\n\n{_table(words['table'], _everywhere(hotline, self.language))}")
        return "\n".join([*parts, f"{words['repeat']}\n"])


def _read(name: str) -> Any:
    """A flow as plain data; keys and values stay text, so that a yes is no truth value."""
    return yaml.load((FLOWS / f"{name}.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506


def _table(head: str, rows: list[tuple[str, str]]) -> str:
    return "\n".join([head, "|---|---|", *(f"| {name} | {' '.join(said.split())} |" for name, said in rows)]) + "\n"


def _sentences(flow: str, language: str, hotline: Any) -> Iterator[tuple[str, str]]:
    """What each step of a flow says, its choices as they are announced."""
    spoken = hotline["languages"][language]
    for step, keys in _read(flow)["steps"].items():
        for key in SAID:
            said = keys.get(key)
            if isinstance(said, Mapping) and language in said:
                name = f"`{flow}.{step}`" if key != "again" else f"`{flow}.{step}`, `again`"
                told = [said[language]]
                if key == "menu" and isinstance(keys.get("choices"), Mapping):
                    told += [
                        spoken["announce"].format(label=choice["label"][language], key=number)
                        for number, choice in keys["choices"].items()
                        if "label" in choice
                    ]
                if "yes_no" in (key, *keys):
                    told.append(spoken["yes_no"])
                yield name, " ".join(told) if language == "en-US" else "".join(told)


def _everywhere(hotline: Any, language: str) -> list[tuple[str, str]]:
    words, defaults, spoken = WORDS[language], hotline["defaults"], hotline["languages"][language]
    again = (("silence", "no_input", "say"), ("key", "no_match", "say"), ("speech", "no_match", "unclear"))
    rows = [(words[name], said[language]) for name, key, which in again for said in defaults[key][which]]
    person = hotline["shortcuts"]["0"]
    rows.append((words["person"], spoken["announce"].format(label=person["label"][language], key="0")))
    return rows


HEARD_PAGES = tuple(HeardPage(language) for language in WORDS)
