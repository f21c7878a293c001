"""Words under a language they are not written in, and opening hours said in words beside a calendar."""

from __future__ import annotations

import pytest
from small import small_files

from ivr.errors import Finding
from ivr.lint.findings import findings_of
from ivr.lint.scripts import foreign_script
from ivr.lint.times_in_words import spans_in

HOURS = "hours: {agents: {open: {mon-fri: 08:30-20:00}}, night: {open: {mon-fri: 20:00-06:00}}}\n"


@pytest.mark.parametrize(
    ("tag", "text", "script"),
    [
        ("en-US", "请选择产品。", "CJK"),
        ("zh-CN", "Please choose a product.", "LATIN"),
        ("zh-CN", "Hello", "LATIN"),
        ("en-US", "Здравствуйте", "CYRILLIC"),
        ("ru-RU", "Please choose.", "LATIN"),
        ("ru-RU", "请选择", "CJK"),
        ("ja-JP", "안녕하세요", "HANGUL"),
        ("ko-KR", "ご用件をお選びください", "HIRAGANA"),
        ("zh-CN", "ご用件をお選びください", "HIRAGANA"),
        ("de-DE", "Καλημέρα", "GREEK"),
        ("el-GR", "Guten Tag", "LATIN"),
        ("ar-SA", "Bitte wählen Sie", "LATIN"),
        ("en-GB", "مرحبا بكم", "ARABIC"),
        ("th-TH", "请选择产品", "CJK"),
        ("hi-IN", "Namaste doston", "LATIN"),
        ("he-IL", "ยินดีต้อนรับ", "THAI"),
    ],
)
def test_a_text_in_another_script_is_recognized(tag: str, text: str, script: str) -> None:
    assert foreign_script(tag, text) == script


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("zh-CN", "请下载APP，或访问官网。"),
        ("zh-CN", "VIP"),
        ("zh-CN", "iPhone"),
        ("zh-CN", "请按1。"),
        ("zh-CN", ""),
        ("zh-HK", "請選擇服務。"),
        ("ja-JP", "東京支店"),
        ("ja-JP", "ご用件をお選びください"),
        ("ko-KR", "상담원 연결"),
        ("en-US", "Welcome to Café Zürich"),
        ("fr-FR", "Bienvenue, pressez 1"),
        ("vi-VN", "Xin chào quý khách"),
        ("sr-RS", "Dobar dan"),
        ("sr-RS", "Добар дан"),
        ("ru-RU", "Добро пожаловать в Illustrative Bank"),
        ("ar-SA", "مرحبا بكم"),
    ],
)
def test_a_text_in_its_own_script_is_left_alone(tag: str, text: str) -> None:
    assert foreign_script(tag, text) == ""


@pytest.mark.parametrize(
    "steps",
    [
        "a: {say: {zh-CN: Good day to you., en-US: Hello.}, next: goodbye}",
        "a: {say: {zh-CN: 您好。, en-US: 您好。}, next: goodbye}",
        "a: {menu: WORDS, choices: {1: {label: {zh-CN: 卡, en-US: 卡}, next: goodbye}}}",
        "a: {menu: WORDS, choices: {1: {label: LABEL, words: {zh-CN: [lost, stolen], en-US: [x]}, next: goodbye}}}",
        "a: {menu: WORDS, again: {zh-CN: Once more, en-US: Again?}, choices: {1: {label: LABEL, next: goodbye}}}",
    ],
)
def test_words_under_another_language_are_found_wherever_they_stand(steps: str) -> None:
    steps = steps.replace("WORDS", "{zh-CN: 您好, en-US: Hi.}").replace("LABEL", "{zh-CN: 卡, en-US: cards}")

    found = [finding for finding in findings_of(small_files(steps)) if finding.code == "other-script"]

    assert len(found) == 1 and "script, and" in found[0].message


def test_two_halves_of_a_question_that_were_swapped_are_told_to_be() -> None:
    steps = """
        ask:
          menu: {zh-CN: How can we help you?, en-US: 请问有什么可以帮您？}
          again: {zh-CN: 请选择。, en-US: Please choose.}
          choices: {1: {label: {zh-CN: 卡, en-US: cards}, next: goodbye}}
    """
    chinese, english = (finding for finding in findings_of(small_files(steps)) if finding.code == "other-script")

    assert chinese.message == "these words are in Latin script, and zh-CN is written in Chinese script."
    assert chinese.hint == "The words under zh-CN and en-US look swapped."
    assert english.message.in_language("zh-CN") == "这里写的是汉字，而 en-US 用的是拉丁字母。"
    assert english.hint.in_language("zh-CN") == "en-US 和 zh-CN 的话术像是写反了。"


def test_words_copied_from_the_other_language_are_not_called_swapped() -> None:
    steps = "ask: {say: {zh-CN: 您好。, en-US: 您好。}, next: goodbye}"
    (found,) = (finding for finding in findings_of(small_files(steps)) if finding.code == "other-script")

    assert found.hint == "Write the words in en-US, or put them under their own language."


@pytest.mark.parametrize(
    "choice",
    [
        "{label: {zh-CN: English, en-US: Chinese}, next: goodbye}",
        "{label: {zh-CN: VIP, en-US: VIP}, next: goodbye}",
        "{label: {zh-CN: 卡, en-US: cards}, words: {zh-CN: [lost], en-US: [x]}, next: goodbye}",
    ],
)
def test_a_name_or_one_word_in_latin_letters_may_be_meant(choice: str) -> None:
    steps = f"a: {{menu: {{zh-CN: 您好, en-US: Hi.}}, choices: {{1: {choice}}}}}"

    assert [finding for finding in findings_of(small_files(steps)) if finding.code == "other-script"] == []


def test_one_foreign_word_among_others_may_be_said() -> None:
    choice = "{label: {zh-CN: 卡, en-US: cards}, words: {zh-CN: [visa卡, lost], en-US: [x]}, next: goodbye}"
    steps = f"a: {{menu: {{zh-CN: 您好, en-US: Hi.}}, choices: {{1: {choice}}}}}"

    assert [finding for finding in findings_of(small_files(steps)) if finding.code == "other-script"] == []


@pytest.mark.parametrize(
    "text",
    [
        "人工服务时间是上午八点半到晚上八点。",
        "营业时间8:30至20:00。",
        "8点半到20点",
        "早上8点30分至晚上8点",
        "We are open from 8:30 to 20:00.",
        "Our hours are 8:30 a.m. to 8 p.m., Monday to Friday.",
        "Call us from half past eight to eight in the evening.",
        "Open 8.30am-8pm.",
        "Wir sind von 8:30 bis 20 Uhr da.",
    ],
)
def test_hours_in_words_that_repeat_a_calendar_are_told_to_let_it_speak(text: str) -> None:
    (found,) = told(text)

    assert found.message.endswith('repeats the hours "agents" and stays as it is when they change.')
    assert found.hint == "Let the calendar speak: {hours.agents}."


@pytest.mark.parametrize(
    ("text", "is_"),
    [
        ("我们的营业时间是上午9点到下午5点。", "09:00-17:00"),
        ("每天九点至十七点", "09:00-17:00"),
        ("We are open 9 to 5.", "09:00-17:00"),
        ("We are open from nine to five.", "09:00-17:00"),
        ("Call between 9:00 and 17:00.", "09:00-17:00"),
        ("Open 9am to noon.", "09:00-12:00"),
        ("Nous sommes là de 9h à 17h.", "09:00-17:00"),
    ],
)
def test_hours_in_words_that_differ_from_every_calendar_are_found(text: str, is_: str) -> None:
    (found,) = told(text)

    assert f" is {is_}, and no hours of hotline.yaml are so." in found.message
    assert found.hint.endswith("let the calendar speak: {hours.agents}.")


def test_hours_over_midnight_are_known_in_words_too() -> None:
    (found,) = told("夜间服务时间是晚上8点到凌晨6点。")

    assert 'repeats the hours "night"' in found.message


@pytest.mark.parametrize(
    "text",
    [
        "请按1到5打分。",
        "Press 1 to 5. Five is best.",
        "It takes 20 to 30 minutes.",
        "We open at 8:30.",
        "Our hours are long; a visit takes two to three hours.",
        "You hear from us within three to five working days.",
        "Each of our 2 or 3 branches.",
        "比分是3:2到4:2的",
        "Open 24 hours a day.",
        "Rooms 9 to 5 are free.",
    ],
)
def test_what_is_no_time_of_day_is_left_alone(text: str) -> None:
    assert [words for words, _ in spans_in(text) if "3:2" not in words] == []


def told(text: str) -> list[Finding]:
    tag = (
        "zh-CN" if not text.isascii() and "’" not in text and any("\u4e00" <= c <= "\u9fff" for c in text) else "en-US"
    )
    other = "{zh-CN: 您好, en-US: Hi.}".replace({"zh-CN": "您好", "en-US": "Hi."}[tag], f'"{text}"')
    found = findings_of(small_files(f"a: {{say: {other}, next: goodbye}}", keys=HOURS))
    return [finding for finding in found if finding.code == "hours-in-words"]


@pytest.mark.parametrize(
    "step",
    [
        "{menu: HI, choices: {1: {label: CARD, words: {zh-CN: [丢卡], en-US: [lost, 丢卡]}, next: goodbye}}}",
        "{menu: HI, choices: {1: {label: CARD, words: {zh-CN: [丢卡], en-US: [lost, 卡 + 丢]}, next: goodbye}}}",
        "{menu: HI, choices: {1: {label: CARD, words: {zh-CN: [lost card], en-US: [lost]}, next: goodbye}}}",
        "{yes_no: HI, words: {yes: {zh-CN: [办吧], en-US: [go, 办吧]}}, yes: goodbye, no: goodbye}",
        "{yes_no: HI, words: {no: {zh-CN: [some other time]}}, yes: goodbye, no: goodbye}",
    ],
)
def test_a_word_that_its_language_never_hears_is_found_among_others(step: str) -> None:
    steps = "a: " + step.replace("HI", "{zh-CN: 您好, en-US: Hi.}").replace("CARD", "{zh-CN: 卡, en-US: cards}")

    assert len([finding for finding in findings_of(small_files(steps)) if finding.code == "other-script"]) == 1
