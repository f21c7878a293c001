"""A release as stored: all files together, named by their content, and compiled when first needed.

Beside the author's files it keeps what its languages need to speak values (`FORMS`), so that it sounds alike for ever.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import msgspec

from ivr.errors import FlowInvalid, NoSuch, SettingInvalid
from ivr.flow.cldr import forms_of
from ivr.flow.compile import NO_FORMS, compile_release
from ivr.flow.language_forms import LanguageForms
from ivr.flow.model import Release
from ivr.flow.parse import parse
from ivr.messages.message import Message
from ivr.source.folder import flow_files

Files = Mapping[str, bytes]
FORMS = "languages.json"
"""Where a stored release keeps the forms of its languages, by tag. No file of an author's can bear the name."""
_decode_forms = msgspec.json.Decoder(dict[str, LanguageForms]).decode


def read_files(folder: str) -> dict[str, bytes]:
    """The author's files in a folder, by their path as the author would write it.

    `SettingInvalid` if there is no folder or nothing in it, or a file cannot be read; `FlowInvalid` for links that
    lead out of it.
    """
    found: dict[str, bytes] = {}
    for path in flow_files(folder):
        try:
            found[str(path)] = path.read_bytes()
        except OSError as failed:
            raise SettingInvalid(Message("flow.file.unreadable", path=str(path), why=failed.strerror or "")) from failed
    return found


def body_of(files: Files) -> str:
    """The files as a release keeps them, by name, in order; with the forms of its languages as they are known today."""
    kept = {Path(name).name: raw.decode("utf-8-sig") for name, raw in sorted(files.items())}
    hotline = parse({name: raw for name, raw in files.items() if Path(name).name == "hotline.yaml"}).hotline
    if hotline is not None:
        forms = {tag: forms_of(tag, hotline.nation) for tag in hotline.languages}
        kept[FORMS] = msgspec.json.encode(forms, order="sorted").decode()
    return json.dumps(kept, sort_keys=True)


def same_files(body: str, files: Files) -> bool:
    """Whether a stored release was made of these files."""
    return files_of(body) == {Path(name).name: raw.decode("utf-8-sig").encode() for name, raw in files.items()}


def hash_of(body: str) -> str:
    """The name of a release: the hash of its content."""
    return hashlib.sha256(body.encode()).hexdigest()


def files_of(body: str) -> dict[str, bytes]:
    """The files a release was stored as. `NoSuch` where they have been damaged since."""
    try:
        return {str(name): text.encode() for name, text in json.loads(body).items() if name != FORMS}
    except (ValueError, AttributeError) as failed:
        raise NoSuch(Message("flow.file.damaged")) from failed


def _forms_in(body: str) -> Mapping[str, LanguageForms]:
    """The forms a release keeps; none where it was stored by a version that kept none, or they have been damaged."""
    try:
        return _decode_forms(json.loads(body).get(FORMS, "{}"))
    except (ValueError, AttributeError, TypeError):
        return NO_FORMS


def from_body(body: str) -> Release:
    """A stored release, compiled. It was checked before it was stored; later rules do not unmake it. `NoSuch` where it
    has been damaged since."""
    parsed = parse(files_of(body))
    if parsed.hotline is None:
        raise FlowInvalid(parsed.findings)
    return compile_release(parsed, _forms_in(body))


def why_unusable(body: str) -> str:
    """Why this version cannot run a stored release, empty where it can. Later rules of lint do not unmake it, but what
    cannot be read any more is missing from it."""
    try:
        files = files_of(body)
    except NoSuch as damaged:
        return damaged.message
    parsed = parse(files)
    steps_read = all(set(flow.steps) == set(flow.source.data["steps"]) for flow in parsed.flows.values())
    topics_read = (parsed.topics is None) == (parsed.topics_source is None)
    all_read = len(parsed.flows) + 1 + (parsed.topics is not None) == len(files)
    if parsed.hotline is None or not (all_read and topics_read and steps_read):
        said = (found.sentence() for found in parsed.findings if found.severity == "error")
        return next(said, Message("flow.file.not-readable"))
    try:
        compile_release(parsed, _forms_in(body))
    except Exception as failed:
        return Message("flow.file.not-compiled", why=f"{type(failed).__name__}: {failed}")
    return ""
