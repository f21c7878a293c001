"""Services of any size: the shipped hotline with as many more departments as it takes, each an inquiry of its own."""

from __future__ import annotations

from pathlib import Path

FLOWS = Path(__file__).parent.parent / "flows"
CHOICES = 7
DIRECTORY = """\
flow: {name}
title: {{zh-CN: 部门{name}, en-US: Departments {name}}}
steps:
  which:
    menu:
      zh-CN: 请选择部门。
      en-US: Which department?
    choices:
{choices}
"""
CHOICE = '      {key}: {{label: {{zh-CN: "部门{name}", en-US: "department {name}"}}, next: flow {name}}}\n'


def service(steps: int) -> dict[str, bytes]:
    """Files of a release with about so many steps, by name; fewer than the shipped hotline has there are never."""
    files = {f"flows/{file.name}": file.read_bytes() for file in sorted(FLOWS.glob("*.yaml"))}
    inquiry = files["flows/inquiry.yaml"].decode()
    own = sum(_steps(text.decode()) for name, text in files.items() if not name.endswith("hotline.yaml"))
    count = max(0, (steps - own) // _steps(inquiry))
    departments = [f"department_{n}" for n in range(1, count + 1)]
    for name in departments:
        files[f"flows/{name}.yaml"] = inquiry.replace("flow: inquiry", f"flow: {name}", 1).encode()
    level, depth = departments, 0
    while len(level) > 1:
        depth += 1
        groups = [level[n : n + CHOICES] for n in range(0, len(level), CHOICES)]
        level = [f"directory_{depth}_{n}" for n in range(1, len(groups) + 1)]
        files |= {f"flows/{name}.yaml": _directory(name, group) for name, group in zip(level, groups, strict=True)}
    hotline = files["flows/hotline.yaml"].decode()
    files["flows/hotline.yaml"] = hotline.replace("at most: 3 menus", f"at most: {4 + depth} menus").encode()
    if level:
        main = files["flows/main.yaml"].decode()
        at = main.index("      5:\n")
        files["flows/main.yaml"] = (main[:at] + CHOICE.format(key=6, name=level[0]) + main[at:]).encode()
    return files


def _steps(text: str) -> int:
    """How many steps a flow's file has: the names two blanks in, below `steps:`."""
    below = text.split("\nsteps:\n", 1)[-1].splitlines()
    return sum(line.startswith("  ") and line[2:3].isalpha() and line.rstrip().endswith(":") for line in below)


def _directory(name: str, group: list[str]) -> bytes:
    choices = "".join(CHOICE.format(key=key, name=each) for key, each in enumerate(group, 1))
    return DIRECTORY.format(name=name, choices=choices.rstrip("\n")).encode()
