"""`ivr graph`: a flow as a picture."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

import click

from ivr.cli.shared.command_line import options_as
from ivr.cli.shared.echo import echo
from ivr.cli.shared.graph_layers import LayerOptions, layer, layer_options
from ivr.cli.shared.pictures import FORMATS, Pictures, written
from ivr.errors import InvalidArgument
from ivr.messages.message import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphOptions(LayerOptions):
    """The argument and options of `ivr graph`."""

    flow: str | None
    opened: str
    language: str | None
    shape: str
    out: Path | None
    folder: Path | None


@click.command()
@click.argument("flow", required=False)
@click.option("--open", "opened", default="", metavar="FLOWS", help="Open these flows in place: a,b, or all.")
@click.option("--lang", "language", metavar="TAG", help="The language of the words; default: yours, or the first one.")
@click.option("--format", "shape", type=click.Choice(list(FORMATS)), default="svg", help="What is written.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write into this file.")
@click.option("--all", "folder", type=click.Path(file_okay=False, path_type=Path), help="Every flow, into this folder.")
@layer_options
@options_as(GraphOptions)
def command(options: GraphOptions) -> None:
    """Draw FLOW as a picture: a card for each step, a row for each way out.

    With --all every flow is drawn, and a page shows them all. Flows with errors are drawn as far as they are known,
    and the steps that are wrong are marked.

    One layer can be laid over it: --diff [A B] as `ivr diff` has them, --findings, --coverage [TESTS], --traffic 30d.

    Exit code 0: it is drawn. 2: it could not be drawn.
    """
    if options.folder and options.flow is not None and (options.diff or options.coverage):
        options = replace(options, flow=None, words=(options.flow, *options.words))
    if (options.flow is None) == (options.folder is None) or (options.folder and options.out):
        raise InvalidArgument(Message("graph-command.flow-or-all"))
    laid = layer(options, os.environ.get("IVR_FLOWS", "flows"))
    pictures = Pictures(laid, options.language or "", options.opened)
    if options.folder:
        for path in pictures.write_all(options.folder, options.shape):
            echo(Message("graph-command.written", path=str(path)))
    else:
        drawn = pictures.drawn(options.flow or "", options.shape)
        if options.out is None or str(options.out) == "-":
            click.echo(drawn, nl=False)
        else:
            written(options.out, drawn)
            echo(Message("graph-command.written", path=str(options.out)))
    for note in pictures.not_opened(options.flow or "", options.shape):
        echo(note, err=True)
    if pictures.errors:
        echo(Message("graph-command.errors", errors=pictures.errors), err=True)
