"""A database of another version is refused with what to do; it is never taken for one of this version."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from ivr.errors import StoreUnavailable
from ivr.storage.schema import engine, upgrade, why_not_current


@pytest.mark.parametrize("revision", ["0001", "0002", "9999"])
def test_a_revision_this_version_does_not_know_is_refused_and_left_as_it_is(revision: str, tmp_path: Path) -> None:
    (tmp_path / "other.db").touch()
    url = f"sqlite:///{tmp_path / 'other.db'}"
    made = engine(url)
    with made.begin() as connection:
        connection.execute(sa.text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(sa.text("INSERT INTO alembic_version VALUES (:found)"), {"found": revision})
    said = f"of another version of ivr (schema {revision}), and this version cannot upgrade it"

    with pytest.raises(StoreUnavailable, match="start with a new database"):
        upgrade(url)

    assert said in (why_not_current(url) or "")
    with made.connect() as connection:
        assert sa.inspect(connection).get_table_names() == ["alembic_version"]
    made.dispose()


def test_a_file_without_a_schema_can_be_upgraded(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    url = f"sqlite:///{tmp_path / 'empty.db'}"

    assert "is older than this version of ivr. Run `ivr db upgrade`." in (why_not_current(url) or "")
    upgrade(url)
    assert why_not_current(url) is None
