"""The one migration makes the same tables on both databases."""

from __future__ import annotations

import io

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory

from ivr.storage.schema import _config, _revisions
from ivr.storage.tables import metadata


def ddl(dialect: str) -> str:
    """What the migrations send to a database of this kind."""
    written = io.StringIO()
    context = MigrationContext.configure(dialect_name=dialect, opts={"as_sql": True, "output_buffer": written})
    with Operations.context(context):
        for script in ScriptDirectory.from_config(_config()).walk_revisions():
            script.module.upgrade()
    return written.getvalue()


def test_postgresql_gets_defaults_and_keys_it_can_take() -> None:
    written = ddl("postgresql")

    assert "DEFAULT 0" not in written and written.count("BOOLEAN DEFAULT false NOT NULL") == 1
    assert "seq BIGSERIAL NOT NULL" in written and "WHERE ended_at IS NULL" in written


def test_both_databases_get_every_table() -> None:
    for dialect in ("postgresql", "sqlite"):
        written = ddl(dialect)
        assert {table for table in metadata.tables if f"CREATE TABLE {table} (" in written} == set(metadata.tables)


def test_a_revision_is_the_number_its_file_s_name_begins_with() -> None:
    """So a process knows them without Alembic."""
    assert _revisions() == tuple(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())
