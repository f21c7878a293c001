"""The small hotline of the manual with a flow that asks for an entry of each type, and one that knows its callers."""

from __future__ import annotations

from small import small_files

ENTRIES = """\
flow: main
title: {zh-CN: 试验, en-US: A trial}
steps:
  menu:
    menu: {zh-CN: 请选择。, en-US: What is it?}
    choices:
      1: {label: {zh-CN: 登记, en-US: an entry}, next: flow entries}
      2: {label: {zh-CN: 结束, en-US: the end}, next: goodbye}
"""
ASKED = """\
flow: entries
title: {zh-CN: 登记, en-US: Entries}
intake: inquiry
steps:
  phone: {collect: {zh-CN: 电话。, en-US: A phone number.}, type: phone, save: phone, next: born}
  born: {collect: {zh-CN: 生日。, en-US: A date.}, type: date, save: born, next: code}
  code: {collect: {zh-CN: 密码。, en-US: A code.}, type: digits, length: 6, sensitive: yes, save: code, next: card}
  card: {collect: {zh-CN: 卡号末四位。, en-US: Four digits.}, type: digits, length: 4, save: card, next: sum}
  sum: {collect: {zh-CN: 金额。, en-US: How much?}, type: money, save: sum, next: large}
  large:
    branch:
      - {when: {sum: {at_least: 500000}}, next: where}
      - {next: goodbye}
  where:
    collect: {zh-CN: 地址。, en-US: Where?}
    type: text
    save: where
    next: count
  count: {collect: {zh-CN: 笔数。, en-US: How many?}, type: number, save: count, next: told}
  told:
    menu:
      zh-CN: 已登记{phone:phone}，{born:date}，{card:digits}，{sum:money}，{where}，{count:number}。
      en-US: We have {phone:phone}, {born:date}, {card:digits}, {sum:money}, {where}, {count:number}.
    choices:
      1: {label: {zh-CN: 保存, en-US: keep it}, next: keep}
    no_match: keep
  keep:
    case: inquiry
    with: [phone, born, card, sum, where]
    next: done
  done:
    hangup: {zh-CN: 再见。, en-US: Goodbye.}
"""
AGAIN = """\
flow: again
title: {zh-CN: 老客户, en-US: Called before}
steps:
  known:
    branch:
      - {when: {caller.visits: {at_least: 3}}, next: often}
      - {next: goodbye}
  often:
    hangup: {zh-CN: 您好。, en-US: Hello again.}
"""


def files() -> dict[str, bytes]:
    """Its files."""
    return dict(small_files(folder="small/", main=ENTRIES, entries=ASKED, again=AGAIN))
