"""Before calls can be taken: a database up to date, and a release in it."""

from __future__ import annotations

from datetime import datetime

from ivr.app.database import opened, prepare_database
from ivr.config import Settings
from ivr.flow.release import Files, body_of, hash_of, read_files
from ivr.lint.findings import compiled
from ivr.service.releases.publishing import first_release
from ivr.storage.database_url import file_is_missing


def prepare(settings: Settings, now: datetime) -> str:
    """Bring the database up to date; at the first start make the working flows live. The live release's name.

    `FlowInvalid` with the findings where there are errors and nothing is live yet. Later the files change nothing:
    that is what publishing is for.
    """
    prepare_database_for_flows(settings)
    with opened(settings) as database:
        return database.releases.live() or first_release(database.releases, read_files(settings.flows), now)


def prepare_database_for_flows(settings: Settings) -> None:
    """Bring the database up to date; make a new one only where there are flows to go live: whoever starts in a wrong
    folder is told so, and leaves nothing there. `SettingInvalid` else."""
    if file_is_missing(settings.database_url):
        read_files(settings.flows)
    prepare_database(settings)


def store_draft(settings: Settings, files: Files, now: datetime, *, serve: bool = False) -> str:
    """Store clean files as a draft; its name. `serve`: a watching sandbox's new calls get it. `FlowInvalid` else."""
    compiled(files)
    return put_draft(settings, files, now, serve=serve)


def put_draft(settings: Settings, files: Files, now: datetime, *, serve: bool = False) -> str:
    """The same of files that have been compiled already."""
    body = body_of(files)
    name = hash_of(body)
    with opened(settings) as database:
        database.releases.put_draft(name, body, now, serve=serve)
    return name
