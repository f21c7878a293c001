"""A kind of step copied under another name, as a developer adds a kind: one file, one row."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from unittest import mock

import yaml

from ivr.source.yaml_file import read_source
from ivr.steps.kinds import KINDS

NAME = "copied"


@contextmanager
def copied_kind(kind: str) -> Iterator[None]:
    """The table of kinds with one more row: `kind` under the name `copied`."""
    fields = KINDS[kind]
    file = sys.modules[fields.__module__].__file__
    assert file is not None
    head, step = f"class {fields.__name__}(", f"class {fields.__name__.removesuffix('Fields')}Step:"
    code = Path(file).read_text(encoding="utf-8")
    before, own = code.split(head)
    own, after = own.split(step)
    assert f"    {kind}: " in own and f'name="{kind}"' in before
    for old in ("    {}: ", "self.{}", 'field_validator("{}")'):
        own = own.replace(old.format(kind), old.format(NAME))
    code = before.replace(f'name="{kind}"', f'name="{NAME}"') + head + own + step + after
    copy = ModuleType(f"ivr.steps.{NAME}")
    with mock.patch.dict(sys.modules, {copy.__name__: copy}), mock.patch.dict(KINDS):
        exec(compile(code.replace(f"fields.{kind}", f"fields.{NAME}"), f"{NAME}.py", "exec"), copy.__dict__)
        KINDS[NAME] = getattr(copy, fields.__name__)
        yield


def written(files: Mapping[str, bytes], kind: str = "") -> dict[str, bytes]:
    """The files in another layout, every step of a kind written as a step of its copy."""
    found = {}
    for name, raw in files.items():
        data = read_source(name, raw).data
        steps = {
            step: {NAME if key == kind else key: value for key, value in fields.items()}
            for step, fields in data.get("steps", {}).items()
        }
        if steps:
            data = {**data, "steps": steps}
        found[name] = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, default_style='"').encode()
    return found
