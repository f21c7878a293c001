"""What commands print for programs."""

from __future__ import annotations

import json

import click


def print_json(data: object) -> None:
    """JSON as every command prints it: indented, Chinese characters as they are."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))
