"""What callers say: stories for voice messages, and words a hotline may or may not know."""

from __future__ import annotations

from random import Random

STORIES_ZH = (
    "信用卡被重复扣费，请帮我查一下", "贷款利率和合同上写的不一样", "理财到期了钱还没有到账", "网点排队等了两个小时",
    "手机银行登录不上，提示系统繁忙", "自动取款机吞了我的卡", "客服答应回电，一直没有人打来",
    "账单上有一笔我不认识的消费",
    "提前还款的手续费没有事先告诉我", "柜台的工作人员很有耐心，谢谢",
)  # fmt: skip
STORIES_EN = (
    "I was charged twice on my credit card", "The rate is not the one in my contract",
    "My deposit matured and the money has not arrived", "I waited two hours at the branch",
    "The app says the system is busy", "The cash machine kept my card", "Nobody called me back as promised",
    "There is a payment on my bill that I did not make", "The staff were very patient, thank you",
)  # fmt: skip
WORDS_ZH = ("人工", "投诉", "信用卡", "贷款", "是的", "不是", "一", "没有", "我想问一下", "听不清楚")
WORDS_EN = ("yes", "no", "complaint", "agent", "my card", "a loan", "what was that", "hello")
HOSTILE = ("{x}<&>", "</Say><Dial>+12025550199</Dial>", "'; DROP TABLE calls;--", "{case.number}", "１２３", "]]>", "0")


def chinese(language: str) -> bool:
    """Whether a language of the line is a Chinese one."""
    return language[:2] in ("zh", "cm", "yu")


def story(chance: Random, language: str) -> str:
    """What a voice message tells."""
    return chance.choice(STORIES_ZH if chinese(language) else STORIES_EN)


def word(chance: Random, language: str) -> str:
    """Something said at a question; now and then what no hotline expects."""
    if chance.random() < 0.1:
        return chance.choice(HOSTILE)
    return chance.choice(WORDS_ZH if chinese(language) else WORDS_EN)


def speaking_seconds(text: str) -> float:
    """How long it takes to say: some 4.5 Chinese or 14 other characters a second."""
    wide = sum(ord(c) > 0x2E7F for c in text)
    return wide / 4.5 + (len(text) - wide) / 14
