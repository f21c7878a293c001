"""A service of any size, made of the small hotline's frame and flows of thirty steps that run each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

SMALL = Path(__file__).parents[1] / "docs" / "small"
EACH = 30
MENU = """\
  {n}_told:
    say:
      zh-CN: 第{n}段说明，请仔细听。
      en-US: This is part {n}, please listen to it.
    next: {n}_menu
  {n}_menu:
    menu:
      zh-CN: 请选择下一项服务。
      en-US: What would you like to do next?
    choices:
      1: {{label: {{zh-CN: 甲{n}, en-US: option a{n}}}, words: {{zh-CN: [甲甲{n}], en-US: [first {n}]}}, next: {n}_ask}}
      2: {{label: {{zh-CN: 乙{n}, en-US: option b{n}}}, next: {after}}}
    no_match: {{tries: 2, next: {after}}}
  {n}_ask:
    yes_no:
      zh-CN: 是否继续？
      en-US: Shall we go on?
    yes: {after}
    no: goodbye
"""
FIRST = """\
flow: main
title: {zh-CN: 总入口, en-US: Front door}
steps:
  menu:
    menu: {zh-CN: 请选择。, en-US: How can we help?}
    choices:
      1: {label: {zh-CN: 服务, en-US: our services}, next: flow part_1}
      2: {label: {zh-CN: 投诉, en-US: a complaint}, next: flow complaint}
"""


def large_service(steps: int) -> dict[str, str]:
    """The files of a service with about so many steps, by name; nothing is wrong with them."""
    frame = ("hotline.yaml", "agent.yaml", "complaint.yaml")
    files = {name: (SMALL / name).read_text(encoding="utf-8") for name in frame}
    count = max(1, steps // EACH)
    files["main.yaml"] = FIRST
    for part in range(1, count + 1):
        files[f"part_{part}.yaml"] = "".join(_part(part, last=part == count))
    return files


def _part(part: int, *, last: bool) -> Iterator[str]:
    yield f"flow: part_{part}\ntitle: {{zh-CN: 第{part}部分, en-US: Part {part}}}\nsteps:\n"
    rounds = EACH // 3
    for n in range(1, rounds + 1):
        after = f"s{n + 1}_told" if n < rounds else "goodbye" if last else "on"
        yield MENU.format(n=f"s{n}", after=after)
    if not last:
        yield f"  on:\n    run: part_{part + 1}\n"
