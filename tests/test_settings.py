"""Settings are read once, and each mistake is a sentence that names the variable."""

from __future__ import annotations

import pytest

from ivr.config import read_settings
from ivr.errors import SettingInvalid
from ivr.messages.message import Message
from ivr.storage.schema import sqlite_path


def test_an_empty_environment_listens_on_loopback_with_a_database_in_the_working_directory() -> None:
    settings = read_settings({})

    assert (settings.host, settings.port, settings.public_url) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")
    assert settings.database_url == "sqlite:///ivr.db" and settings.flows == "flows"
    assert settings.sqlite_sync == "FULL" and settings.tokens == () and settings.last_resort == ""


def test_several_tokens_serve_rotation_and_are_never_shown() -> None:
    settings = read_settings({"TWILIO_AUTH_TOKEN": "first, second"})

    assert settings.tokens == ("first", "second")
    assert "first" not in repr(settings)


def test_the_listening_url_is_the_public_one_on_loopback() -> None:
    assert read_settings({"IVR_HOST": "::1", "IVR_PORT": "9000"}).public_url == "http://[::1]:9000"
    assert (
        read_settings({"IVR_PUBLIC_URL": "https://ivr.example.com/bank/"}).public_url == "https://ivr.example.com/bank"
    )


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"IVR_PORT": "eighty"}, "IVR_PORT"),
        ({"IVR_PORT": "70000"}, "IVR_PORT"),
        ({"IVR_SQLITE_SYNC": "off"}, "IVR_SQLITE_SYNC"),
        ({"IVR_LAST_RESORT": "911"}, "IVR_LAST_RESORT"),
        ({"IVR_HOST": "0.0.0.0"}, "IVR_PUBLIC_URL"),
        ({"IVR_METRICS_PORT": "metrics"}, "IVR_METRICS_PORT"),
        ({"IVR_METRICS_PORT": "0"}, "IVR_METRICS_PORT"),
        ({"IVR_METRICS_PORT": "٩٤٦٤"}, "IVR_METRICS_PORT"),
        ({"IVR_METRICS_PORT": "9" * 5000}, "IVR_METRICS_PORT"),
        ({"IVR_METRICS_PORT": "0.0.0.0:"}, "IVR_METRICS_PORT"),
        ({"IVR_METRICS_PORT": "a host:9464"}, "IVR_METRICS_PORT"),
        ({"IVR_METRICS_PORT": "8000"}, "port of their own"),
        ({"IVR_METRICS_PORT": "9000", "IVR_PORT": "9000"}, "port of their own"),
        ({"IVR_CONSOLE_PORT": "0"}, "IVR_CONSOLE_PORT"),
        ({"IVR_CONSOLE_PORT": "8000"}, "one of its own"),
        ({"IVR_CONSOLE_PORT": "9000", "IVR_PORT": "9000"}, "one of its own"),
        ({"IVR_CONSOLE_HOST": "a host"}, "IVR_CONSOLE_HOST"),
        ({"IVR_CONSOLE_HOST": ""}, "IVR_CONSOLE_HOST"),
        ({"IVR_LOG": "JSON"}, "IVR_LOG"),
        ({"IVR_LOG": "yes"}, "IVR_LOG"),
        ({"IVR_PORT": "9" * 5000}, "IVR_PORT"),
        ({"IVR_PUBLIC_URL": "ivr.example.com"}, "IVR_PUBLIC_URL"),
        ({"IVR_PUBLIC_URL": "https://ivr.example.com/a?b=c"}, "IVR_PUBLIC_URL"),
        ({"IVR_PUBLIC_URL": "https://ivr.example.com/%E6%88%91"}, "IVR_PUBLIC_URL"),
        ({"IVR_PUBLIC_URL": "https://ivr.example.com:port"}, "IVR_PUBLIC_URL"),
        ({"IVR_PUBLIC_URL": "https://ivr.example.com:99999"}, "IVR_PUBLIC_URL"),
        ({"IVR_PUBLIC_URL": "https://ivr.example.com:0"}, "IVR_PUBLIC_URL"),
        ({"IVR_PUBLIC_URL": "https://[::1"}, "IVR_PUBLIC_URL"),
        ({"IVR_PUBLIC_URL": "https://:443"}, "IVR_PUBLIC_URL"),
        ({"TWILIO_ACCOUNT_SID": "main"}, "TWILIO_ACCOUNT_SID"),
        ({"IVR_EXCHANGE_PORT": "99999"}, "IVR_EXCHANGE_PORT"),
        ({"IVR_EXCHANGE_PORT": "8000"}, "one of its own"),
        ({"IVR_SANDBOX": "true"}, "IVR_SANDBOX"),
        ({"TWILIO_API_KEY": "SK1", "TWILIO_API_SECRET": "secret"}, "TWILIO_API_KEY is no"),
        ({"TWILIO_API_KEY": "SK" + "1" * 32}, "go together"),
        ({"TWILIO_API_SECRET": "secret"}, "go together"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(environ: dict[str, str], named: str) -> None:
    with pytest.raises(SettingInvalid, match=named):
        read_settings(environ)


def test_a_password_in_the_public_url_is_not_shown() -> None:
    settings = read_settings({"IVR_PUBLIC_URL": "https://twilio:a-password@ivr.example.com"})

    assert settings.public_url == "https://twilio:a-password@ivr.example.com"
    assert "a-password" not in repr(settings)


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite:///", "sqlite:///:memory:"])
def test_calls_are_kept_in_a_file(url: str) -> None:
    with pytest.raises(SettingInvalid, match="IVR_DATABASE_URL"):
        sqlite_path(url)


@pytest.mark.parametrize(
    ("given", "host", "port"),
    [
        ("", "127.0.0.1", 0), ("9464", "127.0.0.1", 9464), ("0.0.0.0:9464", "0.0.0.0", 9464),
        ("[::1]:9464", "::1", 9464), ("metrics.internal:9464", "metrics.internal", 9464),
    ],
)  # fmt: skip
def test_metrics_have_a_port_and_an_address(given: str, host: str, port: int) -> None:
    settings = read_settings({"IVR_METRICS_PORT": given})
    assert (settings.metrics_host, settings.metrics_port) == (host, port)


def test_the_api_has_an_address_whatever_port_calls_come_to() -> None:
    settings = read_settings({"IVR_CONSOLE_HOST": "[::1]", "IVR_CONSOLE_PORT": "9100"})
    assert (settings.console_host, settings.console_port) == ("::1", 9100)
    assert read_settings({"IVR_PORT": "8100"}).console_port == 8100, "who has that port already goes on"


def test_calls_are_placed_with_an_api_key_whose_secret_is_not_shown() -> None:
    settings = read_settings({"TWILIO_API_KEY": "SK" + "1" * 32, "TWILIO_API_SECRET": "a secret"})
    assert (settings.api_key, settings.api_secret) == ("SK" + "1" * 32, "a secret")
    assert "a secret" not in repr(settings)
    assert read_settings({}).api_key == ""


def test_the_exchange_has_a_port_and_is_there_in_a_sandbox_only() -> None:
    assert (read_settings({}).exchange_port, read_settings({}).sandbox) == (8102, False)
    settings = read_settings({"IVR_EXCHANGE_PORT": "9102", "IVR_SANDBOX": "yes"})
    assert (settings.exchange_port, settings.sandbox) == (9102, True)


def test_the_log_has_a_form() -> None:
    assert read_settings({}).log == "" and read_settings({"IVR_LOG": "json"}).log == "json"
    assert read_settings({"IVR_LOG": "text"}).log == "text"


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"IVR_PORT": "70000"}, "IVR_PORT 要写 1 到 65535 之间的整数。"),
        ({"IVR_SQLITE_SYNC": "off"}, "IVR_SQLITE_SYNC 只能是“full”或“normal”。"),
        ({"IVR_HOST": "0.0.0.0"}, "缺少 IVR_PUBLIC_URL。请写 Twilio 调用的网址，签名是对这个网址做的。"),
        ({"IVR_METRICS_PORT": "8000"}, "IVR_METRICS_PORT 与接听来电的端口（IVR_PORT）相同。监控指标要用自己的端口。"),
    ],
)
def test_a_mistake_is_told_in_the_readers_language(environ: dict[str, str], sentence: str) -> None:
    with pytest.raises(SettingInvalid) as refused:
        read_settings(environ)

    assert isinstance(refused.value.message, Message)
    assert refused.value.message.in_language("zh-CN") == sentence
