"""`unknown-tag`: `speak` or `listen` is no language tag that Twilio knows.

With a wrong `listen` no question understands speech; with a wrong `speak` the voice may keep silent. One language has
two tags: Mandarin is spoken as `cmn-CN` and listened to as `cmn-Hans-CN`.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.flow.parse import did_you_mean
from ivr.lint.context import LintContext
from ivr.lint.hints import meant
from ivr.lint.prompts.unknown_voice import PASSES
from ivr.lint.rule import Rule
from ivr.lint.voices import LISTEN, SPEAK
from ivr.messages.message import Message

FAILS = PASSES.replace("listen: cmn-Hans-CN", "listen: cmn-CN").replace("speak: en-US", "speak: en-UK")


def check(context: LintContext) -> Iterable[Finding]:
    """Both tags of each language."""
    for tag, language in context.hotline.languages.items():
        for key, written, known in (("speak", language.speak, SPEAK), ("listen", language.listen, LISTEN)):
            if written not in known:
                message = Message(
                    "lint.unknown-tag.speak" if key == "speak" else "lint.unknown-tag.listen", tag=written
                )
                hint = _same_tongue(written, tag, known) or did_you_mean(written, sorted(known))
                path = ("languages", tag, key)
                yield context.source.finding(path, Problem("unknown-tag", message, hint, "warning"))


def _same_tongue(written: str, tag: str, known: frozenset[str]) -> str:
    """The tags of the same language and region, which a likeness of letters does not find."""
    tongues = {"zh": {"zh", "cmn"}, "cmn": {"zh", "cmn"}}.get(written.split("-")[0], {written.split("-")[0]})
    region = written.split("-")[-1]
    found = sorted(each for each in known if each.split("-")[0] in tongues and each.split("-")[-1] == region)
    return meant(found[0]) if found and written != tag.split("-")[0] else ""


RULE = Rule(
    codes=("unknown-tag",), severity="warning", profile="live", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="write a tag from Twilio's list; the hint names the likeliest.",
)  # fmt: skip
