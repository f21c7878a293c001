"""`ivr doctor`: every mistake of a going-live is one line that says what to do, and nothing is changed by asking."""

from __future__ import annotations

import http.server
import json
import re
import shutil
import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from http.client import BadStatusLine
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from command_here import Run
from served_hotline import TOKEN, serving

from ivr.app.doctor import database as database_lines
from ivr.app.doctor import flows as flow_lines
from ivr.app.doctor import reach
from ivr.app.doctor.reach import Answer, _signed_through, examine_reach
from ivr.app.doctor.settings import examine_public_url, known_settings
from ivr.app.preparing import prepare
from ivr.app.running import installed_version
from ivr.config import Settings
from ivr.flow.release import body_of, hash_of, read_files
from ivr.replay.side_by_side import cells
from ivr.service.calls.close import new_call
from ivr.service.releases.release_ports import Publication
from ivr.storage.bulk import engine
from ivr.storage.health import PostgresHealth, disk_of
from ivr.storage.release_rows import ReleaseRows
from ivr.storage.sqlite import SqliteStore

ROOT = Path(__file__).parents[2]
SHANGHAI = ZoneInfo("Asia/Shanghai")
RIGHT = {
    "TWILIO_AUTH_TOKEN": "0123456789abcdef0123456789abcdef",
    "IVR_PUBLIC_URL": "https://ivr.example.com",
    "IVR_LAST_RESORT": "+862155500999",
}


@pytest.fixture(autouse=True)
def port() -> str:
    """A free port: whatever else runs on this machine is not asked."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.fixture
def asked(ivr: Run, port: str) -> Callable[..., dict[str, list[tuple[str, str]]]]:
    """What it says: by check, the status and the text of each line. The settings are right but for those given."""

    def ask(**changed: str) -> dict[str, list[tuple[str, str]]]:
        environ = {**RIGHT, "IVR_PORT": port, **changed}
        done = ivr("doctor", "--json", **{name: value for name, value in environ.items() if value})
        assert done.stderr == ""
        said = json.loads(done.stdout)
        statuses = [line["status"] for line in said["checks"]]
        assert said["problems"] == statuses.count("problem") and said["warnings"] == statuses.count("warning")
        assert done.returncode == (1 if said["problems"] else 0)
        assert all(bool(line["do"]) == (line["status"] != "ok") for line in said["checks"])
        found: dict[str, list[tuple[str, str]]] = {}
        for line in said["checks"]:
            found.setdefault(line["check"], []).append((line["status"], f"{line['says']} {line['do']}".strip()))
        return found

    return ask


Asked = Callable[..., dict[str, list[tuple[str, str]]]]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which the shipped flows are live."""
    made = tmp_path_factory.mktemp("prepared") / "ivr.db"
    prepare(Settings(database_url=f"sqlite:///{made}", flows=str(ROOT / "flows")), datetime.now(UTC))
    return made


@pytest.fixture
def live(prepared: Path, folder: Path) -> Path:
    """The shipped flows are live; the database."""
    shutil.copy(prepared, folder / "ivr.db")  # its mode too
    return folder / "ivr.db"


def test_where_all_is_right_every_line_is_ok_and_the_code_is_0(asked: Asked, live: Path) -> None:
    said = asked()

    assert {status for lines in said.values() for status, _ in lines} == {"ok"}, said
    assert list(said) == [
        "version", "settings", "token", "public-url", "database", "integrity", "rights", "log", "disk", "clock",
        "flows", "time-zone", "voices", "last-resort", "port",
    ]  # fmt: skip
    assert [text.split(":")[0] for _, text in said["voices"]] == ["zh-CN", "en-US"]


def test_the_lines_for_people_say_the_same_and_end_with_a_count(ivr: Run, live: Path, port: str) -> None:
    done = ivr("doctor", **{**RIGHT, "IVR_PORT": port, "IVR_LAST_RESORT": ""})

    lines = done.stdout.splitlines()
    assert done.returncode == 0 and lines[-1] == "no problems, 1 warning"
    assert lines[-3].startswith("warning  last-resort  IVR_LAST_RESORT is not set") and len(lines) == 18


def test_in_an_empty_folder_it_makes_nothing(asked: Asked, folder: Path) -> None:
    shutil.rmtree(folder / "flows")

    said = asked()

    assert said["database"][0][0] == "warning" and said["flows"][0][0] == "problem"
    assert "`ivr new hotline` makes an example" in said["flows"][0][1] and list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("changed", "check", "status", "words"),
    [
        ({"TWILIO_AUTH_TOKEN": ""}, "token", "problem", "is missing"),
        (
            {"TWILIO_AUTH_TOKEN": "changeme"},
            "token",
            "warning",
            "1 of 1 token in TWILIO_AUTH_TOKEN is not 32 hexadecimal",
        ),
        ({"TWILIO_AUTH_TOKEN": f"{'a' * 32},{'b' * 32}"}, "token", "ok", "2 tokens are accepted"),
        ({"IVR_PORT": "99999"}, "settings", "problem", "IVR_PORT is a number"),
        ({"IVR_SQLITE_SYNC": "off"}, "settings", "problem", "IVR_SQLITE_SYNC is"),
        ({"IVR_LAST_RESORT": "110"}, "settings", "problem", "IVR_LAST_RESORT is a number with +"),
        ({"IVR_PUBLIC_URL": "ivr.example.com"}, "settings", "problem", "IVR_PUBLIC_URL is a URL"),
        ({"IVR_HOST": "0.0.0.0", "IVR_PUBLIC_URL": ""}, "settings", "problem", "IVR_PUBLIC_URL is missing"),
        ({"IVR_PUBLICURL": "x"}, "settings", "warning", "nothing reads it. Did you mean IVR_PUBLIC_URL?"),
        ({"IVR_WHATEVER": "x"}, "settings", "warning", "nothing reads it. Remove it."),
        ({"IVR_DRAFT": "yes"}, "settings", "warning", "callers hear drafts"),
        ({"IVR_DATABASE_URL": "mysql://db/calls"}, "database", "problem", 'names a "mysql" database'),
        ({"IVR_DATABASE_URL": "sqlite:///nowhere/ivr.db"}, "database", "problem", "cannot be written"),
        ({"IVR_PUBLIC_URL": ""}, "public-url", "problem", "is not set"),
        ({"IVR_PUBLIC_URL": "https://127.0.0.1:8000"}, "public-url", "problem", "nobody reaches from outside"),
        ({"IVR_PUBLIC_URL": "https://10.1.2.3"}, "public-url", "problem", "nobody reaches from outside"),
        ({"IVR_PUBLIC_URL": "https://ivr"}, "public-url", "problem", "nobody reaches from outside"),
        ({"IVR_PUBLIC_URL": "https://ivr.example.com/voice"}, "public-url", "problem", "/voice/voice"),
        ({"IVR_PUBLIC_URL": "http://ivr.example.com"}, "public-url", "warning", "travel unencrypted"),
        ({"IVR_PUBLIC_URL": "https://ivr.example.com:443"}, "public-url", "warning", "Leave out :443"),
        ({"IVR_PUBLIC_URL": "https://a:b@ivr.example.com"}, "public-url", "warning", "changes the signatures"),
        ({"IVR_PUBLIC_URL": "https://ivr.example.com/bank"}, "public-url", "ok", "https://ivr.example.com/bank"),
        ({"IVR_LAST_RESORT": "+862155500000"}, "last-resort", "problem", "the hotline's own number"),
        ({"IVR_LAST_RESORT": "+1202555"}, "last-resort", "problem", "not a number that can be dialled"),
        ({"IVR_FLOWS": "nowhere"}, "flows", "ok", "is live"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else None,
)
def test_a_setting_that_is_missing_or_wrong_or_has_no_effect_is_told(
    asked: Asked, live: Path, changed: dict[str, str], check: str, status: str, words: str
) -> None:
    said = asked(**changed)

    assert [text for found, text in said[check] if found == status and words in text], said


def test_all_wrong_settings_are_told_at_once_and_the_rest_is_looked_at(asked: Asked, live: Path) -> None:
    said = asked(IVR_PORT="none", IVR_SQLITE_SYNC="never", IVR_LAST_RESORT="999")

    assert len(said["settings"]) == 3 and said["database"][0][0] == "ok" and "port" in said


def test_the_version_and_the_live_release_are_named_with_who_and_when(asked: Asked, live: Path, folder: Path) -> None:
    said = asked()

    assert said["version"][0][1].startswith(f"ivr {installed_version()} with Python 3.")
    since = rf"{datetime.now(SHANGHAI):%Y-%m-%d} \d\d:\d\d\+08:00, made live by the first start"
    assert re.fullmatch(f"release [0-9a-f]{{12}} is live since {since}", said["flows"][0][1])
    assert said["flows"][1] == ("ok", "the files in flows are the live release")
    hotline = folder / "flows" / "hotline.yaml"
    hotline.write_text(hotline.read_text("utf-8") + "# a word\n", encoding="utf-8")
    publish_as(live, folder / "flows", "Wang Li")
    (folder / "flows" / "extra.yaml").write_text("flow: extra\n", encoding="utf-8")
    hotline.write_text(hotline.read_text("utf-8") + "# another\n", encoding="utf-8")

    lines = [text for _, text in asked()["flows"]]

    assert lines[0].endswith("+08:00, published by Wang Li: shorter words") and " is live since " in lines[0]
    assert lines[1] == "2 files in flows differ from the live release until `ivr publish`: extra.yaml, hotline.yaml"


def publish_as(file: Path, flows: Path, author: str) -> None:
    """Make the files live, as `ivr publish` does at its end."""
    body = body_of(read_files(str(flows)))
    published = Publication(
        release=hash_of(body), kind="publish", at=datetime.now(UTC), author=author, note="shorter words"
    )
    connections = engine(f"sqlite:///{file}")
    releases = ReleaseRows(connections)
    releases.put_live(published, body, instead_of=releases.live())
    connections.dispose()


def test_a_hotline_that_runs_another_version_than_the_one_installed_is_a_warning(asked: Asked, live: Path) -> None:
    with answering(200, b"ok", **{"Ivr-Version": "0.0.1"}) as old:
        said = asked(IVR_PORT=old)["port"]

    assert said[0][0] == "warning" and f"runs ivr 0.0.1, and this command is ivr {installed_version()}" in said[0][1]
    assert "systemctl reload ivr" in said[0][1]


def english(printed: str) -> list[str]:
    """Three words of English in a row that are no command, path or name in quotes."""
    left = re.sub(r"`[^`]*`|“[^”]*”|\S*[/.:]\S*", "", printed)
    return re.findall(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}[^\n]*", left)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"TWILIO_AUTH_TOKEN": "", "IVR_PUBLIC_URL": "", "IVR_LAST_RESORT": "", "IVR_WHATEVER": "x"},
        {"TWILIO_AUTH_TOKEN": "changeme", "IVR_PUBLIC_URL": "http://ivr.example.com", "IVR_DRAFT": "yes"},
        {"IVR_DATABASE_URL": "sqlite:///new.db", "IVR_PUBLIC_URL": "https://10.1.2.3", "IVR_PUBLICURL": "x"},
        {"IVR_DATABASE_URL": "sqlite:///nowhere/ivr.db", "IVR_PUBLIC_URL": "https://ivr.example.com:443"},
    ],
    ids=str,
)
def test_a_chinese_reader_reads_chinese_in_columns(ivr: Run, live: Path, port: str, changed: dict[str, str]) -> None:
    environ = {"IVR_LANG": "zh-CN", **RIGHT, "IVR_PORT": port, **changed}

    printed = ivr("doctor", **{name: value for name, value in environ.items() if value}).stdout

    assert english(printed) == [] and {cells(line[: line.index("  ")]) for line in printed.splitlines()[:-1]} == {4}
    assert "个问题" in printed.splitlines()[-1] or "没有问题" in printed.splitlines()[-1]
    assert "problem" not in printed and "warning" not in printed


def test_json_is_english_for_every_reader(ivr: Run, live: Path, port: str) -> None:
    environ = {**RIGHT, "IVR_PORT": port}

    said = [ivr("doctor", "--json", **language, **environ).stdout for language in ({"IVR_LANG": "zh-CN"}, {})]
    for_one, for_other = (re.sub(r"[0-9.]+ GB", "GB", each) for each in said)  # the disk fills meanwhile
    assert for_one == for_other


def test_no_secret_is_ever_shown(ivr: Run, live: Path, port: str) -> None:
    secrets = {"TWILIO_AUTH_TOKEN": "hush-hush,quiet-one", "IVR_PUBLIC_URL": "https://user:whisper@ivr.example.com"}

    for words in ((), ("--json",)):
        said = ivr("doctor", *words, **{**RIGHT, **secrets, "IVR_PORT": port}).stdout

        assert not [secret for secret in ("hush-hush", "quiet-one", "whisper") if secret in said]


def test_every_setting_of_the_manual_is_known_to_it() -> None:
    manual = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")

    assert [name for name in known_settings() if f"`{name}`" not in manual] == []


def older(file: Path) -> None:
    with closing(sqlite3.connect(file)) as opened, opened:
        opened.execute("UPDATE alembic_version SET version_num = '0001'")


def readable(file: Path) -> None:
    file.chmod(0o644)


def damaged(file: Path) -> None:
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = 'calls_started'").fetchone()[0]
    with file.open("r+b") as raw:
        raw.seek((root - 1) * 4096)
        raw.write(b"\xff" * 100)


def no_database(file: Path) -> None:
    file.write_bytes(b"this is not a database" * 500)


def from_tomorrow(file: Path) -> None:
    store = SqliteStore(str(file))
    with store.transaction() as tx:
        tx.put_call(new_call("CA" + "1" * 32, "+12025550101", "", datetime.now(UTC) + timedelta(days=1)))
    store.close()


@pytest.mark.parametrize(
    ("harm", "check", "words"),
    [
        (older, "database", "is of another version of ivr (schema 0001)"),
        (readable, "rights", "every user of this machine can read the database. Run `chmod 600 "),
        (damaged, "integrity", "SQLite finds damage in the database: "),
        (no_database, "database", "file is not a database"),
        (from_tomorrow, "clock", "but a call began at "),
    ],
)
def test_what_is_wrong_with_the_database_is_a_problem(
    asked: Asked, live: Path, harm: Callable[[Path], None], check: str, words: str
) -> None:
    harm(live)

    said = asked()

    assert [text for status, text in said[check] if status == "problem" and words in text], said


@pytest.mark.parametrize(
    ("free", "size", "status"), [(100, 0, "problem"), (600_000_000, 200_000_000, "warning"), (10**12, 10**9, "ok")]
)
def test_room_on_the_disk_is_judged_by_what_the_database_needs(free: int, size: int, status: str) -> None:
    assert database_lines._room(free, size).status == status


def test_a_file_on_a_network_disk_is_known_by_the_mounts() -> None:
    mounts = "/dev/sda1 / ext4 rw 0 0\nserver:/x /srv nfs4 rw 0 0\n/dev/sdb /srv/local\\040disk xfs rw 0 0\n"

    assert disk_of("/srv/ivr/ivr.db", mounts) == "nfs4" and disk_of("/srvother/ivr.db", mounts) == "ext4"
    assert disk_of("/srv/local disk/ivr.db", mounts) == "xfs"


@pytest.mark.parametrize(
    ("health", "words"),
    [
        ({"settings": {"synchronous_commit": "off"}}, "synchronous_commit is off"),
        ({"settings": {"fsync": "off"}}, "fsync is off"),
        ({"settings": {"full_page_writes": "off"}}, "full_page_writes is off"),
        ({"standby": True}, "is a standby server"),
        ({"version": 19}, "PostgreSQL 19 was never tried"),
        ({"settings": {"max_connections": "20"}}, "max_connections is 20, and this machine alone may need 22"),
        ({"settings": {"idle_session_timeout": "60000"}}, "idle_session_timeout ends connections"),
        ({"ahead": timedelta(seconds=-40)}, "the server's clock is 40 s behind this machine's"),
        ({"ahead": timedelta(seconds=3)}, "the server's clock is 3 s ahead of this machine's"),
    ],
    ids=str,
)
def test_a_server_that_would_lose_calls_is_told(health: dict[str, object], words: str) -> None:
    good = {
        "synchronous_commit": "on", "fsync": "on", "full_page_writes": "on", "max_connections": "100",
        "idle_session_timeout": "0",
    }  # fmt: skip
    whole = {"version": 18, "standby": False, "ahead": timedelta(), "settings": {}, **health}
    whole["settings"] = {**good, **whole["settings"]}

    lines = list(database_lines._server("calls", PostgresHealth(**whole), 22))

    assert [line.says for line in lines if line.status != "ok" and words in line.says], lines
    assert sum(line.status != "ok" for line in lines) == 1


def test_postgres_is_asked_too(asked: Asked, folder: Path, postgres_url: str) -> None:
    said = asked(IVR_DATABASE_URL=postgres_url, IVR_SQLITE_SYNC="normal")

    assert said["database"][0][0] == "ok" and said["server"][0] == ("ok", "PostgreSQL 18")
    assert ("warning", "IVR_SQLITE_SYNC does nothing for a PostgreSQL database. Remove it.") in said["settings"]
    assert said["clock"][0] == ("ok", "the server's clock and this machine's agree")
    assert [text for status, text in said["server"] if "fsync is off" in text and status == "problem"]  # of our test's


@pytest.mark.parametrize(
    ("old", "new", "check", "status", "words"),
    [
        ("voice: Polly.Zhiyu-Neural", "voice: Polly.Zhiyue-Neural", "voices", "warning", "knows no voice"),
        ("voice: Polly.Zhiyu-Neural", "voice: Polly.Amy-Neural", "voices", "problem", "is told to speak"),
        ("time_zone: Asia/Shanghai", "time_zone: Asia/Shanghei", "flows", "problem", "time_zone"),
        ('numbers: {"+862155500000": main}', 'numbers: {"+862155500000": mian}', "flows", "problem", "mian"),
    ],
)
def test_what_callers_would_hear_is_judged_as_lint_judges_it(
    asked: Asked, folder: Path, old: str, new: str, check: str, status: str, words: str
) -> None:
    path = folder / "flows" / "hotline.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")

    said = asked()

    assert [line for found, line in said[check] if found == status and words in line], said


def test_a_desk_with_the_hotlines_own_number_is_a_problem(asked: Asked, folder: Path) -> None:
    path = folder / "flows" / "hotline.yaml"
    text = path.read_text(encoding="utf-8")
    desk = text[text.index("destinations:") :].split('number: "')[1].split('"')[0]
    path.write_text(text.replace('{"+862155500000": main}', f'{{"{desk}": main}}'), encoding="utf-8")

    assert any("the call would come in again" in said for lines in asked().values() for _, said in lines)


def test_where_the_database_cannot_be_asked_nobody_is_told_that_nothing_is_live(asked: Asked, live: Path) -> None:
    no_database(live)

    said = asked()["flows"]

    assert said == [("ok", "what is live cannot be told without the database; the files in flows are checked instead")]


def test_a_group_that_may_read_the_database_is_told_and_no_problem(asked: Asked, live: Path) -> None:
    live.chmod(0o660)

    assert asked()["rights"] == [("ok", "only its user and its group can read the database")]


def test_without_time_zone_data_the_machine_is_blamed_and_not_the_file(
    asked: Asked, live: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow_lines, "_has_zones", lambda: False)

    said = asked()

    assert said["time-zone"][0][0] == "problem" and "tzdata" in said["time-zone"][0][1] and "flows" not in said


@contextmanager
def answering(status: int, said: bytes, **headers: str) -> Iterator[str]:
    """A program that answers everything alike, on a port of its own."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said)

        do_POST = do_GET

        def log_message(self, *words: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield str(server.server_port)
    finally:
        server.shutdown()
        thread.join(60)
        server.server_close()


def test_a_port_that_another_program_has_is_a_problem(asked: Asked, live: Path) -> None:
    with answering(200, b"hello") as taken, socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))

        said = asked(IVR_PORT=taken)["port"], asked(IVR_PORT=str(silent.getsockname()[1]))["port"]

    assert [lines[0][0] for lines in said] == ["problem", "problem"]
    assert "is taken by another program" in said[0][0][1] and "nothing can listen at" in said[1][0][1]


def test_a_running_hotline_is_asked_with_a_signature(ivr: Run, live: Path, folder: Path) -> None:
    with serving(folder, "--workers", "1", "--no-worker") as served:
        port = served.url.rsplit(":", 1)[1]

        def said(public: str, token: str = TOKEN, *words: str) -> str:
            return ivr("doctor", *words, IVR_PUBLIC_URL=public, TWILIO_AUTH_TOKEN=token, IVR_PORT=port).stdout

        here = said(served.url)
        assert f"ok       through-url  a signed request comes through {served.url}" in here
        assert f"can take calls, with ivr {installed_version()} since {datetime.now(UTC):%Y-%m-}" in here
        assert "through-url" not in said(served.url, TOKEN, "--local")
        elsewhere = said("https://ivr.example.com")
        assert f"checks signatures over {served.url}, and IVR_PUBLIC_URL is https://ivr.example.com here" in elsewhere
        assert f"checks signatures over {served.url}, and" in said(served.url.replace("http:", "https:"))
        assert "refuses our signature with 403" in said(served.url, "another-token")
    with closing(sqlite3.connect(live)) as opened:
        assert opened.execute("SELECT count(*) FROM calls").fetchone() == (0,)


@pytest.mark.parametrize(
    ("status", "found", "words"),
    [
        (204, "ok", "a signed request comes through"),
        (301, "problem", "redirects (301), and a redirect drops the caller's keys"),
        (308, "problem", "redirects (308)"),
        (403, "problem", "The proxy changes the path or the query"),
        (502, "problem", "is answered 502"),
        (200, "problem", "is answered 200"),
    ],
)
def test_what_a_proxy_in_front_does_to_a_signed_request_is_told(status: int, found: str, words: str) -> None:
    with answering(status, b"") as port:
        line = _signed_through(Settings(public_url=f"http://127.0.0.1:{port}", tokens=(TOKEN,)))

    assert line.status == found and words in line.says


def test_a_public_url_that_cannot_be_reached_from_here_is_a_warning(port: str) -> None:
    line = _signed_through(Settings(public_url=f"http://127.0.0.1:{port}", tokens=(TOKEN,)))

    assert line.status == "warning" and "cannot be reached from this machine" in line.says


@pytest.mark.parametrize("mode", ["DELETE", "TRUNCATE", "PERSIST"])
def test_a_file_that_is_not_wal_yet_is_told_and_stays_as_it_is(asked: Asked, live: Path, mode: str) -> None:
    with closing(sqlite3.connect(live)) as opened:
        opened.execute(f"PRAGMA journal_mode={mode}")
    before = live.read_bytes()

    said = asked()

    assert live.read_bytes() == before
    assert said["database"][0][0] == "ok"
    assert said["log"] == [("ok", "the log is of the kind delete; `ivr serve` makes it WAL when it opens the database")]


def test_a_file_that_is_not_wal_and_cannot_be_written_is_a_problem(asked: Asked, live: Path) -> None:
    with closing(sqlite3.connect(live)) as opened:
        opened.execute("PRAGMA journal_mode=DELETE")
        opened.execute("DROP TABLE turns")

    assert asked()["database"][0][0] == "problem"


@pytest.mark.parametrize(
    "place", ["127.0.0.1", "ivr", "ivr.example.com/voice", "ivr.example.com:443", "ivr.example.com", "[::1]:99"]
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_password_in_the_url_is_shown_in_no_line(place: str, scheme: str) -> None:
    url = f"{scheme}://somebody:whisper@{place}"
    settings = Settings(public_url=url, tokens=(TOKEN,))

    lines = list(examine_public_url(settings, {"IVR_PUBLIC_URL": url}))

    assert lines and not [line for line in lines if "whisper" in str(line) or "somebody" in str(line)]


@pytest.mark.parametrize("status", [204, 301, 403, 502])
def test_a_password_in_the_url_is_not_shown_by_what_a_request_through_it_says(status: int) -> None:
    with answering(status, b"") as port:
        line = _signed_through(Settings(public_url=f"http://somebody:whisper@127.0.0.1:{port}", tokens=(TOKEN,)))

    assert "whisper" not in str(line) and f"http://***@127.0.0.1:{port}" in line.says


@pytest.mark.parametrize("failed", [TimeoutError("timed out"), ConnectionResetError(104, "reset"), BadStatusLine("x")])
@pytest.mark.parametrize("answered", [0, 1, 2, 3])
def test_a_hotline_that_stops_answering_is_a_line_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, answered: int, failed: Exception, port: str
) -> None:
    """It answers the first few requests: its health, its readiness, then the signed one with a refusal."""
    answers = [Answer(200, "ok"), Answer(200, "ready"), Answer(403, ""), Answer(403, "")][:answered]

    def ask(url: str, method: str, signature: str) -> Answer:
        if not answers:
            raise failed
        return answers.pop(0)

    monkeypatch.setattr(reach, "_ask", ask)

    lines = list(
        examine_reach(Settings(public_url="https://ivr.example.com", port=int(port), tokens=(TOKEN,)), public=True)
    )

    assert lines[-1].check == "port" and (lines[-1].status == "problem" or not answered)
    if isinstance(failed, TimeoutError):
        assert "has not answered within 5 s" in lines[-1].says
