from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.settings import NAMES, ROOT, SECRET_NAMES, read_settings
from app.variables import WrongSetting

WRONG = [
    ("RUNG_PORT", "eighty", "whole number from 1 to 65535"),
    ("RUNG_PORT", "0", "whole number from 1 to 65535"),
    ("RUNG_PORT", "65536", "whole number from 1 to 65535"),
    ("RUNG_PORT", "80.5", "whole number"),
    ("RUNG_PROCESSES", "0", "whole number from 1 to 16"),
    ("RUNG_PROCESSES", "2", "needs a PostgreSQL database"),
    ("RUNG_THREADS", "-1", "whole number from 1 to 64"),
    ("RUNG_THREADS", "65", "whole number from 1 to 64"),
    ("RUNG_PROXIES", "yes", "whole number from 0 to 5"),
    ("RUNG_TIME_ZONE", "Europe/Londinium", "a zone such as Europe/London"),
    ("RUNG_TIME_ZONE", "../../etc/passwd", "a zone such as Europe/London"),
    ("RUNG_TIME_ZONE", "Europe", "a zone such as Europe/London"),
    ("RUNG_SOURCES", "/nowhere/at/all", "no such folder"),
    ("RUNG_DATABASE_URL", "mysql://localhost/rung", "must begin with sqlite:/// or postgresql://"),
    ("RUNG_DATABASE_URL", "rung.sqlite", "must begin with sqlite:/// or postgresql://"),
    ("RUNG_DATABASE_URL", "sqlite:///rung.sqlite", "an existing folder and a file name"),
    ("RUNG_DATABASE_URL", "sqlite:///:memory:", "an existing folder and a file name"),
    ("RUNG_DATABASE_URL", "sqlite:////nowhere/at/all/rung.sqlite", "an existing folder and a file name"),
    ("RUNG_DATABASE_URL", "postgresql://db.example.org:port/rung", "cannot be read"),
    ("RUNG_DATA", str(Path(__file__)), "is not a folder"),
    ("RUNG_DATA", str(Path(__file__) / "var"), "is not a folder"),
    ("RUNG_HOST", "no where", "an address such as 127.0.0.1"),
    ("RUNG_HOST", "http://127.0.0.1", "an address such as 127.0.0.1"),
    ("RUNG_BASE_URL", "learning.example.org", "https://learning.example.org"),
    ("RUNG_BASE_URL", "ftp://learning.example.org", "https://learning.example.org"),
    ("RUNG_BASE_URL", "https://learning.example.org/courses", "no path"),
    ("RUNG_BASE_URL", "https://learning.example.org?a=b", "no path"),
    ("RUNG_BASE_URL", "https://", "https://learning.example.org"),
    ("RUNG_BASE_URL", "http://[::1", "https://learning.example.org"),
    ("RUNG_BASE_URL", "https://learning.example.org:port", "https://learning.example.org"),
    ("RUNG_REGISTRATION", "everyone", "one of: anyone, domains, invited"),
    ("RUNG_REGISTRATION", "Anyone", "one of: anyone, domains, invited"),
    ("RUNG_EMAIL_DOMAINS", "people@example.org", "domains such as example.org"),
    ("RUNG_EMAIL_DOMAINS", "example.org, localhost", "domains such as example.org"),
    ("RUNG_MAIL_FROM", "Rung", "an address such as"),
    ("RUNG_MAIL_FROM", "Rung <a@example.org>\r\nBcc: b@example.org", "an address such as"),
    ("RUNG_SMTP_PORT", "smtp", "whole number from 1 to 65535"),
    ("RUNG_SMTP_SECURITY", "ssl", "one of: none, starttls, tls"),
    ("RUNG_SMTP_USER", "rung", "give both or neither"),
    ("RUNG_SMTP_PASSWORD", "secret", "give both or neither"),
    ("RUNG_LOG_FORMAT", "xml", "one of: text, json"),
]


@pytest.mark.parametrize(("name", "value", "allowed"), WRONG)
def test_a_wrong_value_refuses_to_start_and_is_named(name: str, value: str, allowed: str) -> None:
    with pytest.raises(WrongSetting) as refused:
        read_settings({name: value})
    assert name in str(refused.value)
    assert allowed in str(refused.value)


def test_registration_by_domain_needs_a_domain() -> None:
    with pytest.raises(WrongSetting, match="RUNG_EMAIL_DOMAINS is empty"):
        read_settings({"RUNG_REGISTRATION": "domains", "RUNG_EMAIL_DOMAINS": " , "})


def test_a_name_that_is_not_a_setting_is_refused() -> None:
    with pytest.raises(WrongSetting, match="RUNG_BASE_ULR is not a setting"):
        read_settings({"RUNG_BASE_ULR": "https://learning.example.org"})


def test_other_programs_variables_are_left_alone() -> None:
    assert read_settings({"PATH": "/bin", "FLASK_DEBUG": "1", "PORT": "1"}).port == 8000


def test_nothing_set_gives_one_process_on_this_machine() -> None:
    settings = read_settings({})
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.data == ROOT / "var"
    assert settings.database_url == f"sqlite:///{ROOT / 'var' / 'rung.sqlite'}"
    assert settings.sources == ROOT
    assert (settings.processes, settings.threads, settings.proxies) == (1, 8, 0)
    assert str(settings.time_zone) == "Europe/London"
    assert settings.registration == "anyone"
    assert settings.smtp is None
    assert settings.log_format == "text"
    assert settings.embedded
    assert settings.loopback


def test_an_empty_variable_is_as_if_it_were_not_set() -> None:
    assert read_settings(dict.fromkeys(NAMES, "")) == read_settings({})


def test_host_and_port_make_the_base_address_until_it_is_given() -> None:
    assert read_settings({"RUNG_HOST": "127.0.0.2", "RUNG_PORT": "9000"}).base_url == "http://127.0.0.2:9000"
    assert (
        read_settings({"RUNG_BASE_URL": "https://learning.example.org/"}).base_url
        == "https://learning.example.org"
    )


@pytest.mark.parametrize(
    ("address", "loopback"),
    [
        ("http://localhost:8000", True),
        ("http://127.0.0.1", True),
        ("http://127.3.2.1:80", True),
        ("http://[::1]:8000", True),
        ("https://learning.example.org", False),
        ("https://localhost.example.org", False),
        ("https://127.0.0.1.example.org", False),
        ("http://10.0.0.1", False),
    ],
)
def test_certificates_are_specimens_only_on_this_machine(address: str, loopback: bool) -> None:
    assert read_settings({"RUNG_BASE_URL": address}).loopback is loopback


def test_an_ipv6_address_is_listened_on_and_linked_to_in_brackets() -> None:
    for typed in ("::1", "[::1]"):
        settings = read_settings({"RUNG_HOST": typed})
        assert (settings.host, settings.base_url, settings.loopback) == ("[::1]", "http://[::1]:8000", True)


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_listening_everywhere_needs_a_public_address(host: str) -> None:
    with pytest.raises(WrongSetting, match="RUNG_BASE_URL must be set where RUNG_HOST"):
        read_settings({"RUNG_HOST": host})
    assert read_settings({"RUNG_HOST": host, "RUNG_BASE_URL": "https://learning.example.org"}).port == 8000


def test_the_refusal_of_a_database_says_no_password() -> None:
    with pytest.raises(WrongSetting) as refused:
        read_settings({"RUNG_DATABASE_URL": "postgresql://rung:secret@db.example.org:port/rung"})
    assert "secret" not in str(refused.value)


def test_a_postgresql_address_names_its_driver() -> None:
    settings = read_settings({"RUNG_DATABASE_URL": "postgresql://db.example.org/rung", "RUNG_PROCESSES": "4"})
    assert settings.database_url == "postgresql+psycopg://db.example.org/rung"
    assert settings.processes == 4
    assert not settings.embedded


def test_domains_are_read_without_regard_to_case_and_spaces() -> None:
    given = {"RUNG_REGISTRATION": "domains", "RUNG_EMAIL_DOMAINS": " Example.ORG,housing.example , "}
    assert read_settings(given).email_domains == ("example.org", "housing.example")


def test_a_mail_server_is_one_whole() -> None:
    given = {
        "RUNG_SMTP_HOST": "mail.example.org",
        "RUNG_SMTP_PORT": "465",
        "RUNG_SMTP_SECURITY": "tls",
        "RUNG_SMTP_USER": "rung",
        "RUNG_SMTP_PASSWORD": "secret",
    }
    smtp = read_settings(given).smtp
    assert smtp is not None
    assert (smtp.host, smtp.port, smtp.security, smtp.user, smtp.password) == (
        "mail.example.org",
        465,
        "tls",
        "rung",
        "secret",
    )


@pytest.mark.parametrize("name", SECRET_NAMES)
def test_a_secret_can_be_given_as_a_file(tmp_path: Path, name: str) -> None:
    file = tmp_path / "secret"
    file.write_text("of the file\n")
    settings = read_settings(
        {
            "RUNG_SMTP_HOST": "mail.example.org",
            "RUNG_SMTP_USER": "rung",
            "RUNG_SMTP_PASSWORD": "x",
            f"{name}_FILE": str(file),
        }
    )
    assert settings.smtp is not None
    found = {
        "RUNG_SMTP_PASSWORD": settings.smtp.password,
        "RUNG_SESSION_SECRET": settings.secrets.session,
        "RUNG_PASSWORD_SALT": settings.secrets.password_salt,
        "RUNG_TOTP_SECRET": settings.secrets.totp,
        "RUNG_SIGNING_KEY": settings.secrets.signing_key,
        "RUNG_SIGNING_CERTIFICATE": settings.secrets.signing_certificate,
    }
    assert found[name] == "of the file"


def test_a_secret_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match=r"RUNG_SESSION_SECRET_FILE: .*/absent cannot be read"):
        read_settings({"RUNG_SESSION_SECRET_FILE": str(tmp_path / "absent")})


def test_only_secrets_can_be_given_as_files() -> None:
    with pytest.raises(WrongSetting, match="RUNG_PORT_FILE is not a setting"):
        read_settings({"RUNG_PORT_FILE": "/run/port"})


def test_the_zone_tells_the_time_of_day() -> None:
    zone = read_settings({"RUNG_TIME_ZONE": "Europe/London"}).time_zone
    assert datetime(2026, 7, 1, 12, tzinfo=UTC).astimezone(zone).hour == 13
