"""The blocks of the manual's pages, and the small hotline (docs/small) they are put into to be read and compiled."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from small import small_files, with_keys

from ivr.errors import Finding
from ivr.flow.hotline import HotlineFields
from ivr.lint.findings import findings_of
from ivr.lint.rule import Profile

JUNE = date(2026, 6, 1)
ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), ROOT / "tests" / "dialogues" / "dialogues.md"])
FENCE = re.compile(r"^```(.*)$")
STEP = re.compile(r'goes to "([a-z][a-z0-9_]*)", and there is no such step')
OF_ITS_FLOW = "outside-outgoing"
"""What is wrong with the flow a step stands in: the reader imagines it in one that it belongs to."""
CHINESE = "zh-CN"
ENGLISH = re.compile(r", en-US: [^}]*")
"""What the steps below say in English."""

BEFORE = """\
flow: main
title: {zh-CN: 试验, en-US: A trial}
steps:
  before_1:
    menu: {zh-CN: 请选择产品。, en-US: Which product?}
    save: product
    choices:
      1: {is: card, label: {zh-CN: 银行卡, en-US: cards}}
      2: {is: loan, label: {zh-CN: 贷款, en-US: loans}}
    next: before_2
  before_2:
    collect: {zh-CN: 请输入电话。, en-US: Enter a phone number.}
    type: phone
    speech: no
    save: phone
    no_input: goodbye
    no_match: goodbye
    next: before_3
  before_3:
    record: {zh-CN: 请说明情况。, en-US: Tell us what happened.}
    save: story
    no_input: goodbye
    no_match: goodbye
    next: before_4
  before_4:
    case: complaint
    with: [product, phone, story]
    next: FIRST
"""
AFTER = """\
  NAME:
    say: {zh-CN: 谢谢。, en-US: Thank you.}
    next: goodbye
"""
CONTACT = """\
flow: contact
title: {zh-CN: 联系电话, en-US: A number to reach you}
gives: {phone: phone}
steps:
  ask:
    collect: {zh-CN: 请输入电话。, en-US: Enter a phone number.}
    type: phone
    speech: no
    save: phone
    no_input: return none
    no_match: return none
    next: return
"""
FOLLOW_UP = """\
flow: followup
title: {zh-CN: 回访, en-US: Follow-up call}
takes: {case: case}
steps:
  ask: {yes_no: {zh-CN: 您满意吗？, en-US: Are you content?}, yes: accepted, no: refused}
  accepted: {follow_up: accepted, next: goodbye}
  refused: {follow_up: not_accepted, next: goodbye}
"""
"""The flow that a page's `outgoing` begins in."""
OUTGOING = """\
outgoing: {followup: {name: {zh-CN: 这里是银行。, en-US: This is the bank.}, from: "+862155500000"}}
cases: {complaint: {clock: cn-2020, follow_up: followup}}
"""
ABOUT = """\
flow: about
title: {zh-CN: 产品介绍, en-US: About a product}
takes: {product: text}
steps:
  told:
    say: {zh-CN: 谢谢。, en-US: Thank you.}
    next: return
"""


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: where it begins, what is said behind its fence, and its text."""

    page: Path
    line: int
    info: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks(page: Path) -> Iterator[Block]:
    """Every fenced block of a page."""
    begun, info, text = 0, "", []
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        fence = FENCE.match(line)
        if fence and not begun:
            begun, info, text = number, fence[1].strip(), []
        elif fence:
            yield Block(page, begun, info, "\n".join(text) + "\n")
            begun = 0
        elif begun:
            text.append(line)


def findings(block: Block) -> list[Finding]:
    """What lint says of a block, put into the small hotline as its info string says; `zh-CN`: in Chinese alone."""
    _, kind, *more = block.info.split()
    files = _in_chinese(_small_hotline()) if CHINESE in more else _small_hotline()
    more = [word for word in more if word != CHINESE]
    if kind == "hotline":
        files["small/hotline.yaml"] = with_keys(files["small/hotline.yaml"], block.text)
        if "outgoing:" in block.text:
            files["small/followup.yaml"] = FOLLOW_UP
    elif kind == "topics":
        files["small/topics.yaml"] = block.text
    elif kind == "flow":
        if "takes: {case: case}" in block.text:
            files["small/hotline.yaml"] = with_keys(files["small/hotline.yaml"], OUTGOING)
        name = re.search(r"^flow: *(\w+)", block.text, re.M)
        files[f"small/{more[0] if more else name[1] if name else 'main'}.yaml"] = block.text
    elif kind == "step":
        if "topics" in more:
            said = [each for each in blocks(block.page) if each.info == "yaml topics" and each.line < block.line]
            files["small/topics.yaml"] = said[-1].text
        return _in_a_flow(files, block.text, alone="alone" in more)
    else:
        raise AssertionError(f'{block}: "{block.info}": write yaml step, flow or hotline')
    return _lint(files)


def in_small_hotline(example: str, profile: Profile, today: date) -> list[Finding]:
    """What lint says of a rule's example: steps, flows, topics and keys of hotline.yaml, divided by lines `---`."""
    files = _small_hotline()
    for text in re.split(r"^---\n", example, flags=re.M):
        key = text.split(":", 1)[0]
        if key == "flow":
            files[f"small/{text.split(':', 1)[1].split()[0]}.yaml"] = text
        elif key == "topics":
            files["small/topics.yaml"] = text
        elif key in HotlineFields.model_fields:
            files["small/hotline.yaml"] = with_keys(files["small/hotline.yaml"], text)
        else:
            files["small/main.yaml"] = _behind_others(text)
    return _lint(files, profile, today)


def told(example: str, code: str, today: date = JUNE) -> list[str]:
    """What a rule says of an example in the small hotline before callers hear it."""
    found = in_small_hotline(textwrap.dedent(example).lstrip("\n"), "live", today)
    assert not any(finding.code in ("unknown-key", "bad-value", "missing-key") for finding in found), found
    return [str(finding) for finding in found if finding.code == code]


def _small_hotline() -> dict[str, str]:
    files = small_files(folder="small/", contact=CONTACT, about=ABOUT)
    return {name: raw.decode() for name, raw in files.items()}


def _behind_others(text: str, before: str = BEFORE) -> str:
    """Steps behind others that have saved some values."""
    return before.replace("FIRST", text.split(":", 1)[0].strip()) + re.sub("^(?=.)", "  ", text, flags=re.M)


def _in_a_flow(files: dict[str, str], text: str, *, alone: bool) -> list[Finding]:
    """The steps behind others that have saved some values; a step the reader only imagines is added, unless `alone`."""
    before, after = BEFORE, AFTER
    if "en-US" not in files["small/hotline.yaml"]:
        before, after = ENGLISH.sub("", BEFORE), ENGLISH.sub("", AFTER)
    files["small/main.yaml"] = _behind_others(text, before)
    found = [each for each in _lint(files) if each.code != OF_ITS_FLOW]
    if alone:
        return found
    for name in {match[1] for finding in found if (match := STEP.search(finding.message))}:
        files["small/main.yaml"] += after.replace("NAME", name)
    return [each for each in _lint(files) if each.code != OF_ITS_FLOW]


def _in_chinese(files: dict[str, str]) -> dict[str, str]:
    """The same files without a word of English, as a hotline that speaks one language has them."""
    return {
        name: yaml.dump(_without_english(yaml.load(text, yaml.BaseLoader)), allow_unicode=True, sort_keys=False)
        for name, text in files.items()
    }


def _without_english(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _without_english(value) for key, value in data.items() if key != "en-US"}
    return [_without_english(each) for each in data] if isinstance(data, list) else data


def _lint(files: dict[str, str], profile: Profile = "draft", today: date | None = None) -> list[Finding]:
    return findings_of({name: text.encode() for name, text in files.items()}, profile, today)
