"""Two hundred calls are all over a hotline when a publish removes steps: each finishes on its own release."""

from __future__ import annotations

from small_hotline import COMPLAINT, MAIN, NOW, House

from ivr.app.database import Database, opened
from ivr.flow.release import read_files
from ivr.service.releases.publishing import Published, publish
from ivr.service.releases.release_ports import PublishPorts, PublishRequest
from ivr.service.releases.roll_back import roll_back

STORY = """\
  story:
    record: {en-US: Tell us what happened.}
    save: story
    no_input: {tries: 2, next: open}
    next: open
"""
PIN = """\
  pin:
    collect: {en-US: Enter your code and press pound.}
    type: digits
    length: 4-8
    sensitive: yes
    next: thanks
"""


def publish_without_steps(house: House) -> Published:
    """The next release has neither the story nor the code, and its menu asks otherwise."""
    flows = house.path.parent / "flows"
    main = MAIN.replace(PIN, "").replace("next: pin", "next: thanks").replace("How can we help?", "What shall it be?")
    complaint = COMPLAINT.replace(STORY, "").replace("    next: story\n", "    next: open\n")
    complaint = complaint.replace("[product, story]", "[product]")
    assert main != MAIN and "story" not in complaint
    (flows / "main.yaml").write_text(main, encoding="utf-8")
    (flows / "complaint.yaml").write_text(complaint, encoding="utf-8")
    with opened(house.settings) as database:
        return publish(at_once(database), read_files(str(flows)), [], PublishRequest("Ops", "shorter"))


def at_once(database: Database) -> PublishPorts:
    """What publishing is given here: nobody waits until servers have compiled a release."""
    return PublishPorts(database.releases, lambda: NOW, pause=lambda seconds: None)


def call_id(number: int) -> str:
    return f"CA{number:032x}"


def stand(house: House, number: int) -> None:
    """Call `number` at one of four places: the menu, the product or the story of the flow it runs, the code."""
    call = call_id(number)
    house.voice("/voice", call=call)
    for turn, keys in enumerate(([], ["1"], ["1", "1"], ["3"])[number % 4], 2):
        house.press(turn, keys, call)


def finish(house: House, number: int) -> str:
    """Lead it to its end from there; all that was said."""
    call, place = call_id(number), number % 4
    if place == 3:
        return house.press(3, "1234", call)
    turn = place + 2
    said = ""
    for keys in ["1", "2"][place:]:
        said += house.press(turn, keys, call)
        turn += 1
    message = (
        ("RecordingUrl", "https://example.com/RE11111111111111111111111111111111"),
        ("RecordingSid", f"RE{number:032x}"),
    )
    return said + house.voice(f"/voice/t/{turn}", *message, ("RecordingDuration", "5"), call=call)


def test_two_hundred_calls_finish_on_the_release_they_began_with(house: House) -> None:
    for number in range(200):
        stand(house, number)

    published = publish_without_steps(house)

    assert (published.done, published.in_progress) == (True, 200)
    for number in range(200):
        said = finish(house, number)
        assert "Your number is" in said or number % 4 == 3, said
        assert "What shall it be?" not in said and "went wrong" not in said
    assert house.rows("SELECT DISTINCT release FROM calls") == [(published.replaced,)]
    stories = house.rows("SELECT count(*) FROM cases WHERE NOT partial AND personal LIKE '%story%'")
    assert stories == [(150,)]
    assert house.rows("SELECT count(*) FROM turns WHERE note IS NOT NULL") == [(0,)]


def test_new_calls_take_the_live_release_without_a_restart_forward_and_back(house: House) -> None:
    assert "How can we help?" in house.voice("/voice", call=call_id(1))
    published = publish_without_steps(house)
    assert "What shall it be?" in house.voice("/voice", call=call_id(2))
    assert "What is it about?" in house.press(2, "1", call_id(2))
    assert "Your number is" in house.press(3, "1", call_id(2))

    with opened(house.settings) as database:
        roll_back(at_once(database), "", PublishRequest("Ops", "back"))

    assert "How can we help?" in house.voice("/voice", call=call_id(3))
    pinned = house.rows("SELECT release FROM calls ORDER BY call")
    assert pinned == [(published.replaced,), (published.release,), (published.replaced,)]


def test_a_first_turn_has_no_more_statements_than_it_had(house: House) -> None:
    """Which release is live is read before the first turn, and again when it is written; never in a later turn."""
    ran: list[str] = []
    with house.store.transaction():
        house.store.connection().set_trace_callback(ran.append)
    house.voice("/voice")
    first, ran[:] = list(ran), []
    house.press(2, "1")

    assert len([line for line in first if "FROM served_releases" in line]) == 2
    assert [line for line in ran if "current" in line or "releases" in line or "publications" in line] == []
