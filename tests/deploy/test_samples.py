"""What the samples in deploy/ must say, and that they name nothing that is not there. They are run in test_proxies.py
where the programs are."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

from ivr.app.doctor.settings import known_settings
from ivr.app.serving.start import BACKLOG
from ivr.app.serving.supervisor import DRAIN_SECONDS
from ivr.cli.main import commands
from ivr.config import Settings, read_settings
from ivr.twilio.form import LARGEST

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
TWILIO_WAITS = 15
"""Seconds until Twilio gives a request up."""


def text(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def bare(name: str) -> str:
    """Without comments."""
    return re.sub(r"^\s*#.*\n", "", text(name), flags=re.M)


def unit(name: str) -> dict[str, list[str]]:
    """Every setting of a unit, with each of its values."""
    found: dict[str, list[str]] = {}
    for line in bare(name).splitlines():
        if "=" in line:
            key, _, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found


def instructions() -> Iterator[tuple[str, str]]:
    """Each instruction of the Containerfile with its words."""
    for line in bare("Containerfile").replace("\\\n", " ").splitlines():
        if line.strip():
            word, _, rest = line.partition(" ")
            yield word, rest.strip()


def last(instruction: str) -> str:
    return [rest for word, rest in instructions() if word == instruction][-1]


def compose() -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = yaml.safe_load(text("compose.yaml"))
    return found


def check_words(words: list[str]) -> None:
    """Our command has these words and options, and as many arguments."""
    context = click.Context(commands)
    found: click.Command = commands
    while isinstance(found, click.Group):
        inner = found.get_command(context, words[0])
        assert inner is not None, words
        found, words = inner, words[1:]
    found.make_context("ivr", list(words))


@pytest.mark.parametrize("name", ["ivr.service", "ivr-backup.service"])
def test_a_unit_runs_our_command_as_nobody_special_and_can_write_its_own_folder_alone(name: str) -> None:
    said = unit(name)
    ((command,),) = (said["ExecStart"],)
    shell = shlex.split(command)[-1] if "sh -c" in command else command
    words = shlex.split(shell.replace("$$", "$").replace("%%", "%").removeprefix("exec "))

    assert words[0] == "/opt/ivr/bin/ivr"
    check_words(words[1:])
    assert said["User"] == ["ivr"] and said["UMask"] == ["0077"] and said["NoNewPrivileges"] == ["yes"]
    assert said["ProtectSystem"] == ["strict"] and said["CapabilityBoundingSet"] == [""]
    assert said["WorkingDirectory"] == ["/var/lib/ivr"] and said["StateDirectory"][0].split()[0] == "ivr"
    assert said["EnvironmentFile"] == ["/etc/ivr/env"]


def test_the_hotline_is_ended_by_a_signal_it_drains_at_and_comes_back_whatever_happens() -> None:
    said = unit("ivr.service")

    assert said["Type"] == ["notify"] and said["ExecReload"] == ["/bin/kill -HUP $MAINPID"]
    assert said["TimeoutStartSec"] == ["infinity"]  # a migration is not killed half-way, again and again
    assert (said["Restart"], said["StartLimitIntervalSec"]) == (["always"], ["0"])
    assert said["KillMode"] == ["mixed"] and "KillSignal" not in said
    assert int(said["TimeoutStopSec"][0]) > DRAIN_SECONDS
    assert int(compose()["services"]["ivr"]["stop_grace_period"].rstrip("s")) > DRAIN_SECONDS


def test_the_socket_that_outlives_a_restart_is_where_the_proxies_ask() -> None:
    said = unit("ivr.socket")

    assert said["ListenStream"] == [f"{Settings().host}:{Settings().port}"]
    assert said["Backlog"] == [str(BACKLOG)] and "Accept" not in said
    assert unit("ivr.service")["Requires"] == ["ivr.socket"]


def test_backups_are_made_each_night_under_a_name_of_their_own_and_old_ones_go_only_after_a_new_one() -> None:
    said, timer = unit("ivr-backup.service"), unit("ivr-backup.timer")

    assert timer["Persistent"] == ["yes"] and len(timer["OnCalendar"]) == 1
    assert said["Type"] == ["oneshot"] and "%%S" in said["ExecStart"][0]
    assert "-mtime +30 -delete" in said["ExecStartPost"][0] and "ExecStartPre" not in said


def test_the_sample_of_an_environment_names_settings_that_exist_and_no_secret() -> None:
    named = dict(line.split("=", 1) for line in bare("ivr.env").splitlines() if line)

    assert set(named) <= set(known_settings())
    assert read_settings({name: value for name, value in named.items() if value}).database_url.startswith("sqlite:////")
    assert named["TWILIO_AUTH_TOKEN"] == "" and named["IVR_LAST_RESORT"] == ""


def test_the_container_is_not_root_and_says_when_calls_can_be_taken() -> None:
    environ = dict(re.findall(r"(\w+)=(\S+)", last("ENV")))
    user = last("USER").split(":")

    assert all(part.isdigit() and int(part) >= 10_000 for part in user)
    assert environ["IVR_PORT"] == last("EXPOSE") and environ["IVR_HOST"] == "0.0.0.0"
    assert {name for name in environ if name.startswith("IVR_")} <= set(known_settings())
    check_words([*json.loads(last("ENTRYPOINT")), *json.loads(last("CMD"))][1:])
    program = json.loads(last("HEALTHCHECK").split("CMD", 1)[1])
    assert "/readyz" in program[2] and compile(program[2], "healthcheck", "exec")


def test_the_container_writes_nowhere_but_to_its_volume_and_tmp() -> None:
    environ = dict(re.findall(r"(\w+)=(\S+)", last("ENV")))
    ivr = compose()["services"]["ivr"]

    assert last("VOLUME") == last("WORKDIR") == "/data" and environ["IVR_DATABASE_URL"].startswith("sqlite:////data/")
    assert environ["XDG_CACHE_HOME"] == "/tmp" and environ["PYTHONDONTWRITEBYTECODE"] == "1"
    assert ivr["read_only"] is True and ivr["tmpfs"] == ["/tmp"] and ivr["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in ivr["security_opt"]


def test_what_the_container_is_built_from_makes_the_same_wheel(tmp_path: Path) -> None:
    copied = [rest.split() for word, rest in instructions() if word == "COPY" and "--from" not in rest]
    for *sources, target in copied:
        for source in sources:
            place = tmp_path / "src" / target / (source if target == "./" else "")
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, place, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / source, place)
    held = []
    for folder in (ROOT, tmp_path / "src"):
        out = tmp_path / f"dist-{len(held)}"
        build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
        subprocess.run(build, cwd=folder, check=True, capture_output=True)
        held.append(sorted(zipfile.ZipFile(next(out.glob("*.whl"))).namelist()))

    assert held[0] == held[1] and (tmp_path / "src" / "constraints.txt").exists()


def test_the_services_start_in_order_and_only_the_proxy_is_reached_from_outside() -> None:
    services = compose()["services"]

    assert [name for name, service in services.items() if "ports" in service] == ["caddy"]
    assert services["ivr"]["depends_on"]["db"]["condition"] == "service_healthy" and "healthcheck" in services["db"]
    assert services["caddy"]["environment"]["IVR_UPSTREAM"] == f"ivr:{last('EXPOSE')}"
    environ = services["ivr"]["environment"]
    assert {name for name in environ if name.startswith(("IVR_", "TWILIO_"))} <= set(known_settings())
    build = services["ivr"]["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).samefile(DEPLOY / "Containerfile")


def test_no_secret_stands_in_the_services_and_a_missing_one_is_asked_for() -> None:
    services = compose()["services"]
    environs = [service["environment"] for service in services.values()]

    for name in ("TWILIO_AUTH_TOKEN", "PGPASSWORD", "POSTGRES_PASSWORD"):
        values = [environ[name] for environ in environs if name in environ]
        assert values and all(re.fullmatch(r"\$\{\w+:\?.+\}", value) for value in values)
    assert "@db:5432/calls" in services["ivr"]["environment"]["IVR_DATABASE_URL"]


def seconds(found: re.Match[str] | None) -> int:
    assert found is not None
    return int(found[1])


def test_both_proxies_take_a_request_in_whole_within_a_time_and_a_size() -> None:
    nginx, caddy = bare("nginx.conf"), bare("Caddyfile")

    assert "proxy_request_buffering on;" in nginx and "request_buffers 64KiB" in caddy
    sizes = re.findall(r"client_(?:max_body|body_buffer)_size (\d+)k;", nginx) + re.findall(r"max_size (\d+)KB", caddy)
    assert len(sizes) == 3 and {int(size) * 1024 for size in sizes} == {LARGEST}
    body = [re.search(r"client_body_timeout (\d+)s;", nginx), re.search(r"read_body (\d+)s", caddy)]
    header = [re.search(r"client_header_timeout (\d+)s;", nginx), re.search(r"read_header (\d+)s", caddy)]
    answer = [re.search(r"proxy_read_timeout (\d+)s;", nginx), re.search(r"response_header_timeout (\d+)s", caddy)]
    assert all(0 < seconds(found) < TWILIO_WAITS for found in [*body, *header])
    assert all(seconds(found) >= TWILIO_WAITS for found in answer)
    assert seconds(re.search(r"lb_try_duration (\d+)s", caddy)) < TWILIO_WAITS
    assert re.search(r"lb_retry_match \{\s+method POST\s+\}", caddy)  # a repeat gets the same answer


def test_both_proxies_pass_voice_alone_as_it_comes_and_redirect_nothing() -> None:
    nginx, caddy = bare("nginx.conf"), bare("Caddyfile")

    assert re.findall(r"location (.*?) \{", nginx).count("~ ^/voice(/|$)") == 1
    assert nginx.count("proxy_pass ") == 1 and "proxy_pass http://127.0.0.1:8000;" in nginx  # no path behind it
    assert "@voice path /voice /voice/*" in caddy and caddy.count("reverse_proxy") == 1
    assert "auto_https disable_redirects" in caddy
    assert not re.search(r"rewrite|return 30\d|\bredir\b|uri strip|handle_path|\$request_uri", nginx + caddy)


def test_both_proxies_name_each_request_and_replace_what_a_client_says_of_its_way() -> None:
    nginx, caddy = bare("nginx.conf"), bare("Caddyfile")

    assert "proxy_set_header X-Request-Id $request_id;" in nginx
    assert "header_up X-Request-Id {http.request.uuid}" in caddy
    for name in ("X-Forwarded-For", "X-Forwarded-Prefix", "Forwarded"):
        assert f'proxy_set_header {name} "";' in nginx
    assert {"Host $host", "X-Forwarded-Host $host", "X-Forwarded-Proto $scheme"} <= set(
        re.findall(r"proxy_set_header (.*);", nginx)
    )
    assert {"X-Forwarded-Port", "X-Forwarded-Prefix", "Forwarded"} == set(re.findall(r"header_up -(\S+)", caddy))


def test_every_file_says_where_it_goes_or_how_it_is_used() -> None:
    for path in DEPLOY.iterdir():
        assert path.read_text(encoding="utf-8").startswith("# "), path
