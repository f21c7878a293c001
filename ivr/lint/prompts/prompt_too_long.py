"""`prompt-too-long`: a caller has to listen for more than 45 seconds without a word of their own.

Callers forget the beginning, impatient ones hang up, old ones lose the thread. A menu's announced choices are counted
with its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext, PromptAt
from ivr.lint.rule import Rule
from ivr.lint.spoken_length import seconds_of
from ivr.messages.message import Message

LONGEST = 45
UNHEARD = ("title", "label")
FAILS = """\
terms:
  say:
    zh-CN: >-
      理财产品不是存款，有投资风险，过往业绩不代表将来收益，请您在购买之前仔细阅读产品说明书，了解产品的期限、
      收益方式、赎回规则和费用，并完成风险承受能力评估。评估结果的有效期是一年，过期需要重新评估。
      如果您的评估结果低于产品的风险等级，您将无法购买该产品。产品到期之前一般不能提前赎回，
      资金在到期后三个工作日之内划入您的账户，遇到节假日顺延。如果您对收益有疑问，请先查看持有的产品份额，
      再按照当日公布的净值计算，也可以到任意一家网点的柜台打印持有证明。
    en-US: >-
      Investment products are not deposits and carry risk, and past performance says nothing about the future. Before
      you buy, please read the product sheet with care, and make sure that you understand its term, how it earns, when
      it can be sold and what it costs, and complete the questionnaire about the risks you are ready to take. Its
      result holds for one year, and after that you will have to answer it again. If your result is below the risk
      class of a product, you will not be able to buy it. Before their end most products cannot be sold, and the money
      reaches your account within three working days after the end, or later where there is a holiday. If you have a
      question about what you earned, look up your holdings first.
  next: goodbye
"""
PASSES = """\
terms:
  say:
    zh-CN: 理财产品不是存款，有投资风险。购买前请先完成风险测评。
    en-US: Investment products are not deposits and carry risk. Please complete the risk questionnaire first.
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """The seconds of every prompt, a menu's choices and the shortcuts with it."""
    for written in context.prompts:
        if written.said.whisper or set(UNHEARD) & set(written.path):
            continue
        for path, tag, text in written.said.in_languages(written.path):
            seconds = seconds_of(text) + sum(map(seconds_of, _announced(context, written, tag)))
            if seconds > LONGEST:
                message = Message("lint.prompt-too-long.found", language=tag, seconds=round(seconds), most=LONGEST)
                hint = Message("lint.prompt-too-long.hint")
                yield written.source.finding(path, Problem("prompt-too-long", message, hint, "warning"))


def _announced(context: LintContext, written: PromptAt, tag: str) -> Iterator[str]:
    """What is announced behind the words of a menu."""
    match written.path:
        case ("steps", step, kind) if written.parsed is not None:
            flow = context.release.flows.get(written.parsed.head.flow)
            asked = flow.steps[str(step)] if flow is not None else None
            announced = asked.declared.announces.get(tag, ()) if asked and asked.kind.name == kind else ()
            shortcuts = [shortcut.announced for shortcut in context.release.shortcuts.values() if shortcut.announced]
            for prompt in [*announced, *(shortcuts if announced else ())]:
                parts = context.release.prompts[prompt].parts.get(tag, ())
                yield "".join(part for part in parts if isinstance(part, str))


RULE = Rule(
    codes=("prompt-too-long",), severity="warning", profile="live", page=__doc__, fails=FAILS, passes=PASSES,
    check=check, fix="say what matters first, and offer the rest as a choice.",
)  # fmt: skip
