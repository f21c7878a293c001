"""A folder of flows before its files are read: which belong to it, which links lead out of it, which names clash."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ivr.errors import Finding, FlowInvalid, SettingInvalid
from ivr.messages.message import Message

Stamp = frozenset[tuple[str, int, int, int]]


def flow_files(folder: str) -> list[Path]:
    """The files with flows, in order. `SettingInvalid` where there are none, `FlowInvalid` for links that lead out."""
    if not folder:
        raise SettingInvalid(Message("source.folder.unnamed"))
    root = Path(folder)
    if not root.is_dir():
        raise SettingInvalid(Message("source.folder.missing", folder=folder))
    named = [path for path in sorted(root.glob("*.yaml")) if not path.name.endswith(".call.yaml")]
    strays = [finding for path in named if path.is_symlink() and (finding := _stray(path, root))]
    strays += _other_endings(root)
    if strays:
        raise FlowInvalid(strays)
    found = [path for path in named if path.is_file()]
    if not found:
        raise SettingInvalid(Message("source.folder.no-flows", folder=folder))
    return found


def twins(files: Sequence[str]) -> list[Finding]:
    """A finding for each file whose name differs from another's by capital letters only."""
    first: dict[str, str] = {}
    found = []
    for file in sorted(files, key=str.swapcase):  # the one in small letters is right
        other = first.setdefault(file.casefold(), file)
        if other != file:
            message, hint = Message("source.folder.twins", other=other), Message("source.folder.rename-one")
            found.append(Finding(file, 1, 1, "flow-name", "error", message, hint))
    return found


def stamp_of(folder: str) -> Stamp:
    """What changes when a file is saved: name, time, size and place on the disk of each; empty without a folder."""
    found = set()
    for path in Path(folder).glob("*.yaml"):
        try:
            at = path.stat()
        except OSError:  # a link to nothing, or removed just now
            found.add((path.name, 0, 0, 0))
        else:
            found.add((path.name, at.st_mtime_ns, at.st_size, at.st_ino))
    return frozenset(found)


def _other_endings(root: Path) -> list[Finding]:
    """Files that look like flows and would be left out without a word: their author would wait for a change to show."""
    endings = (".yml", ".yaml")
    return [
        Finding(
            str(path), 1, 1, "file-ending", "error", Message("source.folder.ending", ending=path.suffix),
            Message("source.folder.rename", name=f"{path.stem}.yaml"),
        )
        for path in sorted(root.iterdir())
        if path.suffix != ".yaml" and path.suffix.lower() in endings and not path.stem.lower().endswith(".call")
    ]  # fmt: skip


def _stray(link: Path, root: Path) -> Finding | None:
    """A release is the folder: what lies elsewhere changes, and may be read, by other rules than its own."""
    written = link.readlink()
    hint = Message("source.folder.put-file")
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        message = Message("source.folder.link-nowhere", target=str(written))
        return Finding(str(link), 1, 1, "link-outside", "error", message, hint)
    if target.is_relative_to(root.resolve()):
        return None
    message = Message("source.folder.link-outside", target=str(written))
    return Finding(str(link), 1, 1, "link-outside", "error", message, hint)
