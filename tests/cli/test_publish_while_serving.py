"""Publishing while calls go on, against the real server with two workers: new calls get it, the others finish."""

from __future__ import annotations

import json
from pathlib import Path

from served_hotline import Served, heard, serving

from ivr.carrier.phone_call import PhoneCall

STORY = """\
  story:
    record:
      zh-CN: 请在提示音后说明情况，说完请按井号键。
      en-US: After the tone, tell us what happened, then press pound.
    save: story
    at_most: 3m
    no_input: {tries: 2, next: contact}
    next: contact
"""
ASKED = {"same": "take_it", "unasked": "ask"}
"""What asks for the number a caller phones from, and the step behind each."""


def change(file: Path, *edits: tuple[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def without_story(flows: Path) -> None:
    """The next release: two steps are gone, one of them in a flow that a flow runs, and the greeting is another."""
    change(
        flows / "complaint.yaml",
        (STORY, ""), ("    next: story\n", "    next: contact\n"), ("[product, story, phone]", "[product, phone]"),
    )  # fmt: skip
    contact = (flows / "contact.yaml").read_text(encoding="utf-8")
    gone = [contact[contact.index(f"\n  {step}:") : contact.index(f"\n  {behind}:")] for step, behind in ASKED.items()]
    change(flows / "contact.yaml", ("next: same}", "next: take_it}"), *((step, "") for step in gone))
    change(flows / "main.yaml", ("Welcome to Illustrative Bank", "Good day from Illustrative Bank"))


def at_the_story(served: Served) -> PhoneCall:
    """A caller in the complaint flow, asked for their story."""
    phone = served.phone()
    phone.dial()
    phone.press("2")
    phone.silence()
    phone.press("3")
    phone.press("1")
    assert "tell us what happened" in heard(phone)
    return phone


def greeting(served: Served) -> str:
    phone = served.phone()
    phone.dial()
    found = heard(phone)
    phone.hang_up()
    return found


def test_a_call_at_a_step_that_a_publish_removes_finishes_on_its_release(folder: Path, ivr) -> None:
    with serving(folder) as served:
        at_story, at_contact = at_the_story(served), at_the_story(served)
        at_contact.record(3, text="charged twice")
        assert "May we call you back on" in heard(at_contact)
        without_story(folder / "flows")

        published = ivr("publish", "-m", "no story any more", "--author", "Ops")
        greetings = [greeting(served) for _ in range(8)]

        assert published.returncode == 0, published.stdout + published.stderr
        first = json.loads(ivr("releases", "--json").stdout)[1]["release"]
        assert f"2 calls in progress finish on {first[:12]}." in published.stdout
        assert all("Good day from Illustrative Bank" in words for words in greetings)
        at_story.record(5, text="charged twice")
        assert "May we call you back on" in heard(at_story)
        for phone in (at_story, at_contact):
            phone.press("1")
            assert "Your complaint is on record" in heard(phone)
            phone.hang_up()
            assert phone.refused == []
        cases = json.loads(ivr("cases", "list", "--json").stdout)
        assert [case["release"] for case in cases] == [first, first]
        assert all(case["story"]["text"] == "charged twice" and not case["partial"] for case in cases)
        shown = [json.loads(ivr("cases", "show", case["number"], "--json").stdout) for case in cases]
        assert all("complaint.story:next" in case["path"] for case in shown)


def test_a_rollback_reaches_every_worker_at_once_and_calls_on_the_newer_one_go_on(folder: Path, ivr) -> None:
    with serving(folder) as served:
        without_story(folder / "flows")
        assert ivr("publish", "-m", "another greeting").returncode == 0
        phone = served.phone()
        phone.dial()
        assert "Good day" in heard(phone)

        back = ivr("rollback", "-m", "callers got lost")
        greetings = [greeting(served) for _ in range(8)]

        assert back.returncode == 0 and "1 call in progress finishes on" in back.stdout
        assert all("Welcome to Illustrative Bank" in words for words in greetings)
        phone.press("2")
        phone.silence()
        phone.press("3")
        phone.press("1")
        assert "May we call you back" not in heard(phone) and "Your complaint is on record" in heard(phone)
        phone.hang_up()
        assert phone.refused == []


def test_a_broken_draft_is_not_published_and_the_calls_hear_nothing_of_it(folder: Path, ivr) -> None:
    with serving(folder) as served:
        change(folder / "flows" / "complaint.yaml", (STORY, ""))

        refused = ivr("publish", "-m", "half an edit", "--force")

        assert refused.returncode == 1
        assert 'goes to "story", and there is no such step' in refused.stdout
        assert refused.stdout.splitlines()[-1].endswith("--force does not override them.")
        assert "Welcome to Illustrative Bank" in greeting(served)
        at_the_story(served).hang_up()
