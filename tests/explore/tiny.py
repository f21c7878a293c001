"""Hotlines of a few steps, each compiled from YAML as an author would write it."""

from __future__ import annotations

import textwrap
from datetime import date

from small import small_files

from ivr.explore.promise_result import PromiseResult
from ivr.explore.prove import Proof, prove
from ivr.explore.state_walk import Scope
from ivr.flow.compile import compile_release
from ivr.flow.model import Release
from ivr.flow.parse import parse

SINCE = date(2026, 1, 1)
AGENT = """\
flow: agent
title: {zh-CN: 人工, en-US: A person}
steps:
  desk: {transfer: agents, otherwise: offer}
  offer:
    yes_no: {zh-CN: 需要回电吗？, en-US: Shall we call you back?}
    yes: book
    no: goodbye
    no_input: {tries: 2, next: goodbye}
    no_match: {tries: 2, next: goodbye}
  book: {case: callback, next: goodbye}
"""


def files(main: str, /, *, promises: str = "", hotline: tuple[str, str] = ("", ""), **flows: str) -> dict[str, bytes]:
    """The files of a hotline whose `main` has these steps; `hotline` replaces a text of the small hotline.yaml."""
    written = textwrap.indent(textwrap.dedent(promises).strip(), "  ")
    found = small_files(main, keys=f"promises:\n{written}\n" if promises else "", **{"agent": AGENT, **flows})
    if "complaint" not in flows:
        del found["complaint.yaml"]
    return found | {"hotline.yaml": found["hotline.yaml"].decode().replace(*hotline).encode()}


def compiled_tiny(main: str, /, *, promises: str = "", hotline: tuple[str, str] = ("", ""), **flows: str) -> Release:
    """Such a hotline, compiled; mistakes that lint would refuse are compiled too."""
    parsed = parse(files(main, promises=promises, hotline=hotline, **flows))
    assert not parsed.findings, [str(finding) for finding in parsed.findings]
    return compile_release(parsed)


def proof_of(main: str, /, *, promises: str = "", hotline: tuple[str, str] = ("", ""), **flows: str) -> Proof:
    """The proof of such a hotline, checked by a few random calls."""
    return prove(compiled_tiny(main, promises=promises, hotline=hotline, **flows), Scope(since=SINCE), calls=200)


def broken(proof: Proof) -> list[PromiseResult]:
    """The promises that do not hold."""
    assert proof.complete, proof.checked.unknown_turn
    return [result for result in proof.results if not result.holds]


def moves(result: PromiseResult) -> list[str]:
    """What the caller and the world did in the call that breaks a promise, in turn."""
    assert result.example is not None
    return [edge.way.means for edge in result.example.edges[1:]]


def asked_twice(letters: str) -> tuple[str, tuple[str, str]]:
    """Steps that save a whole-call value for each letter and ask each twice, with what they replace in hotline.yaml.

    No call comes to `bad`; to know that, all the values must be told apart.
    """
    ask, look = "", ""
    for letter, after in zip(letters, [*letters[1:], ""], strict=True):
        asked, looked = (f"q_{after}", f"x_{after}") if after else (f"x_{letters[0]}", "goodbye")
        ask += f"""\
q_{letter}: {{yes_no: {{zh-CN: {letter}？, en-US: {letter}?}}, yes: set_{letter}, no: {asked}}}
set_{letter}: {{set: {{call.{letter}: "yes"}}, next: {asked}}}
"""
        look += f"""\
x_{letter}: {{branch: [{{when: {{call.{letter}: "yes"}}, next: y_{letter}}}, {{next: {looked}}}]}}
y_{letter}: {{yes_no: {{zh-CN: {letter} 吗？, en-US: "{letter}, still?"}}, next: z_{letter}}}
z_{letter}: {{branch: [{{when: {{call.{letter}: "yes"}}, next: {looked}}}, {{next: bad}}]}}
"""
    values = "".join(f'  {letter}: {{type: text, starts: "no"}}\n' for letter in letters)
    bad = "bad: {say: {zh-CN: 不。, en-US: Not so.}, next: goodbye}\n"
    return ask + look + bad, ("cases:\n", f"call:\n{values}cases:\n")
