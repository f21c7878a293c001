"""One line of what a process has printed says why it ended."""

from __future__ import annotations

import pytest

from ivr.app.serving.first_words import reason_of

INNER = """Traceback (most recent call last):
  File "/opt/ivr/lib/ivr/a.py", line 3, in f
    g()
KeyError: 'x'

During handling of the above exception, another exception occurred:

"""
OUTER = """Traceback (most recent call last):
  File "<frozen runpy>", line 198, in _run_module_as_main
  File "/opt/ivr/lib/python3/site-packages/ivr/b.py", line 7, in <module>
    import c
ValueError: first line
second line
"""
SYNTAX = """Traceback (most recent call last):
  File "/opt/ivr/a.py", line 1, in <module>
    import b
  File "/opt/ivr/b.py", line 2
    def (
        ^
SyntaxError: invalid syntax
"""
LOGGED = '{"at":"2026","pid":7,"event":"an error that nobody caught","error":"E","trace":"E < a/b.py:3 f < c.py:1 g"}\n'


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("", ""),
        ("\n \n", ""),
        ("a warning\nivr: IVR_PORT is a number.\n", "IVR_PORT is a number."),
        ("python: Error while finding module\n", "python: Error while finding module"),
        (OUTER, "ValueError: first line (site-packages/ivr/b.py:7)"),
        (INNER + OUTER, "ValueError: first line (site-packages/ivr/b.py:7)"),
        (SYNTAX, "SyntaxError: invalid syntax (opt/ivr/b.py:2)"),
        ("Traceback (most recent call last):\n", ""),
        (LOGGED, "E < a/b.py:3 f"),
        ('{"event": "not ready"}', "not ready"),
        ("{1}", "{1}"),
        ("[]", "[]"),
        ("x" * 1000, "x" * 300 + " ..."),
    ],
)
def test_the_reason_is_the_last_error_and_its_place_or_the_last_line(said: str, reason: str) -> None:
    assert reason_of(said) == reason
