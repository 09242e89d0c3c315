"""One environment variable at a time: read strictly, or refused with its name and what is allowed."""

import re
from collections.abc import Callable, Mapping
from ipaddress import IPv6Address, ip_address
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

Value = TypeVar("Value")
Given = Mapping[str, str]

BASE_URL_FORM = "like https://learning.example.org, with no path"
_HOST_NAME = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_EVERYWHERE = {"0.0.0.0", "[::]"}


class WrongSetting(ValueError):
    """A setting that cannot be used. The message names the variable and says what is allowed."""


def _parsed(name: str, value: str, read: Callable[[str], Value], allowed: str) -> Value:
    try:
        return read(value)
    except (ValueError, KeyError, OSError) as error:
        raise WrongSetting(f"{name} is {value!r}, but must be {allowed}.") from error


def read_number(given: Given, name: str, default: int, least: int, most: int) -> int:
    value = given.get(name, str(default))
    number = _parsed(name, value, int, f"a whole number from {least} to {most}")
    if not least <= number <= most:
        raise WrongSetting(f"{name} is {value!r}, but must be a whole number from {least} to {most}.")
    return number


def read_port(given: Given, name: str, default: int) -> int:
    return read_number(given, name, default, 1, 65535)


def read_processes(given: Given, database_url: str) -> int:
    processes = read_number(given, "RUNG_PROCESSES", 1, 1, 16)
    if processes > 1 and database_url.startswith("sqlite"):
        raise WrongSetting(
            f"RUNG_PROCESSES is {processes}, but more than one process needs a PostgreSQL database."
        )
    return processes


def read_choice(given: Given, name: str, allowed: tuple[str, ...], default: str) -> str:
    value = given.get(name, default)
    if value not in allowed:
        raise WrongSetting(f"{name} is {value!r}, but must be one of: {', '.join(allowed)}.")
    return value


def read_zone(given: Given) -> ZoneInfo:
    return _parsed(
        "RUNG_TIME_ZONE",
        given.get("RUNG_TIME_ZONE", "Europe/London"),
        ZoneInfo,
        "a zone such as Europe/London",
    )


def read_folder(given: Given, name: str, default: Path) -> Path:
    path = Path(given.get(name, str(default))).resolve()
    if not path.is_dir():
        raise WrongSetting(f"{name} is {str(path)!r}, but there is no such folder.")
    return path


def read_data_folder(given: Given, default: Path) -> Path:
    """The data folder, which the first start makes: it or the nearest thing above it must be a folder."""
    path = Path(given.get("RUNG_DATA", str(default))).resolve()
    there = next(each for each in (path, *path.parents) if each.exists())
    if not there.is_dir():
        raise WrongSetting(f"RUNG_DATA is {str(path)!r}, but {there} is not a folder.")
    return path


def read_host(given: Given) -> str:
    """Where to listen, as it stands in an address: an IPv6 address comes in brackets."""
    host = given.get("RUNG_HOST", "127.0.0.1").removeprefix("[").removesuffix("]")
    try:
        return f"[{host}]" if isinstance(ip_address(host), IPv6Address) else host
    except ValueError:
        if not _HOST_NAME.fullmatch(host):
            raise WrongSetting(f"RUNG_HOST is {host!r}, but must be an address such as 127.0.0.1.") from None
    return host


def read_database_url(given: Given, data: Path) -> str:
    url = given.get("RUNG_DATABASE_URL", f"sqlite:///{data / 'rung.sqlite'}")
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise WrongSetting("RUNG_DATABASE_URL must begin with sqlite:/// or postgresql://.")
    # What was given is not repeated: it may hold a password.
    try:
        database = make_url(url).database
    except (ArgumentError, ValueError):
        raise WrongSetting("RUNG_DATABASE_URL cannot be read as an address of a database.") from None
    if url.startswith("sqlite") and "RUNG_DATABASE_URL" in given and not _may_hold_database(database):
        form = "an existing folder and a file name, such as sqlite:////srv/rung/rung.sqlite"
        raise WrongSetting(f"RUNG_DATABASE_URL must name {form}.")
    return url


def _may_hold_database(path: str | None) -> bool:
    return path is not None and Path(path).is_absolute() and Path(path).parent.is_dir()


def read_base_url(given: Given, host: str, port: int) -> str:
    """The public address. Listening on every address of the machine says nothing of which one people use."""
    if host in _EVERYWHERE and "RUNG_BASE_URL" not in given:
        raise WrongSetting(
            f"RUNG_BASE_URL must be set where RUNG_HOST is {host}: letters and certificates name it."
        )
    url = given.get("RUNG_BASE_URL", f"http://{host}:{port}").rstrip("/")
    if not _parsed("RUNG_BASE_URL", url, _is_origin, BASE_URL_FORM):
        raise WrongSetting(f"RUNG_BASE_URL is {url!r}, but must be {BASE_URL_FORM}.")
    return url


def _is_origin(url: str) -> bool:
    """Whether the address is scheme, host and perhaps port. Raises ValueError where a part cannot be read."""
    parts = urlsplit(url)
    more = parts.path or parts.query or parts.fragment or parts.username or parts.port == 0
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not more


def read_domains(given: Given, registration: str) -> tuple[str, ...]:
    domains = tuple(
        part.strip().lower() for part in given.get("RUNG_EMAIL_DOMAINS", "").split(",") if part.strip()
    )
    for domain in domains:
        if "." not in domain or "@" in domain or " " in domain:
            raise WrongSetting(
                f"RUNG_EMAIL_DOMAINS holds {domain!r}, but must hold domains such as example.org."
            )
    if registration == "domains" and not domains:
        raise WrongSetting(
            "RUNG_EMAIL_DOMAINS is empty, but RUNG_REGISTRATION=domains needs at least one domain."
        )
    return domains


def read_mail_from(given: Given) -> str:
    value = given.get("RUNG_MAIL_FROM", "Rung <learning@localhost>")
    if "@" not in value or any(character in value for character in "\r\n"):
        raise WrongSetting(
            f"RUNG_MAIL_FROM is {value!r}, but must be an address such as Rung <learning@example.org>."
        )
    return value
