"""One value out of a column that holds JSON as text, spelt as each database does."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class _JsonText(FunctionElement[str]):
    name = "json_text"
    type = String()
    inherit_cache = True


@compiles(_JsonText, "sqlite")
def _sqlite(element: _JsonText, compiler: Any, **how: Any) -> str:
    column, key = element.clauses
    return f"json_extract({compiler.process(column, **how)}, '$.' || {compiler.process(key, **how)})"


@compiles(_JsonText, "postgresql")
def _postgresql(element: _JsonText, compiler: Any, **how: Any) -> str:
    column, key = element.clauses
    return f"(CAST({compiler.process(column, **how)} AS json) ->> {compiler.process(key, **how)})"


def json_text(column: ColumnElement[Any], key: str) -> ColumnElement[str]:
    """The text under `key`; null where there is none, or where the column is null."""
    return _JsonText(column, key)
