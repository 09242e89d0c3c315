"""Settings: environment variables, read once, strictly. A wrong value refuses to start and is named.

Every secret can also be given as a file: RUNG_SMTP_PASSWORD_FILE=/run/secrets/smtp instead of RUNG_SMTP_PASSWORD.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
Value = TypeVar("Value")


class WrongSetting(ValueError):
    """A setting that cannot be used. The message names the variable and says what is allowed."""


@dataclass(frozen=True, kw_only=True)
class SMTP:
    """Where letters are handed over. `security` is none, starttls or tls."""

    host: str
    port: int
    security: str
    user: str | None
    password: str | None = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class GivenSecrets:
    """Secrets given from outside. They must be given where the database is not the embedded one."""

    session: str | None = field(repr=False)
    password_salt: str | None = field(repr=False)
    totp: str | None = field(repr=False)
    signing_key: str | None = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that an operator can choose. The README's table says what each is for."""

    data: Path
    database_url: str
    sources: Path
    base_url: str
    host: str
    port: int
    processes: int
    threads: int
    proxies: int
    time_zone: ZoneInfo
    registration: str
    email_domains: tuple[str, ...]
    mail_from: str
    smtp: SMTP | None
    log_format: str
    secrets: GivenSecrets

    @property
    def embedded(self) -> bool:
        """True where the database is SQLite in the data folder: one process, nothing else to run."""
        return self.database_url.startswith("sqlite")

    @property
    def loopback(self) -> bool:
        """True where the base address is on this machine only: certificates are then specimens."""
        host = urlsplit(self.base_url).hostname or ""
        try:
            return ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"


REGISTRATION = ("anyone", "domains", "invited")
SMTP_SECURITY = ("none", "starttls", "tls")
LOG_FORMATS = ("text", "json")
BASE_URL_FORM = "like https://learning.example.org, with no path"

NAMES = (
    "RUNG_DATA",
    "RUNG_DATABASE_URL",
    "RUNG_SOURCES",
    "RUNG_BASE_URL",
    "RUNG_HOST",
    "RUNG_PORT",
    "RUNG_PROCESSES",
    "RUNG_THREADS",
    "RUNG_PROXIES",
    "RUNG_TIME_ZONE",
    "RUNG_REGISTRATION",
    "RUNG_EMAIL_DOMAINS",
    "RUNG_MAIL_FROM",
    "RUNG_SMTP_HOST",
    "RUNG_SMTP_PORT",
    "RUNG_SMTP_SECURITY",
    "RUNG_SMTP_USER",
    "RUNG_SMTP_PASSWORD",
    "RUNG_LOG_FORMAT",
    "RUNG_SESSION_SECRET",
    "RUNG_PASSWORD_SALT",
    "RUNG_TOTP_SECRET",
    "RUNG_SIGNING_KEY",
)
SECRET_NAMES = (
    "RUNG_SMTP_PASSWORD",
    "RUNG_SESSION_SECRET",
    "RUNG_PASSWORD_SALT",
    "RUNG_TOTP_SECRET",
    "RUNG_SIGNING_KEY",
)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Settings from the environment. Raises WrongSetting naming the first variable that cannot be used."""
    _refuse_unknown(environment)
    given = {name: value for name, value in environment.items() if name in NAMES and value != ""}
    given |= _secrets_from_files(environment)
    data = Path(given.get("RUNG_DATA", str(ROOT / "var"))).resolve()
    host, port = given.get("RUNG_HOST", "127.0.0.1"), _port(given, "RUNG_PORT", 8000)
    registration = _one_of(given, "RUNG_REGISTRATION", REGISTRATION, "anyone")
    database_url = _database_url(given, data)
    return Settings(
        data=data,
        database_url=database_url,
        sources=_folder(given, "RUNG_SOURCES", ROOT),
        base_url=_base_url(given, f"http://{host}:{port}"),
        host=host,
        port=port,
        processes=_processes(given, database_url),
        threads=_number(given, "RUNG_THREADS", 8, 1, 64),
        proxies=_number(given, "RUNG_PROXIES", 0, 0, 5),
        time_zone=_zone(given),
        registration=registration,
        email_domains=_domains(given, registration),
        mail_from=_mail_from(given),
        smtp=_smtp(given),
        log_format=_one_of(given, "RUNG_LOG_FORMAT", LOG_FORMATS, "text"),
        secrets=GivenSecrets(
            session=given.get("RUNG_SESSION_SECRET"),
            password_salt=given.get("RUNG_PASSWORD_SALT"),
            totp=given.get("RUNG_TOTP_SECRET"),
            signing_key=given.get("RUNG_SIGNING_KEY"),
        ),
    )


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    known = set(NAMES) | {f"{name}_FILE" for name in SECRET_NAMES}
    for name in sorted(environment):
        if name.startswith("RUNG_") and name not in known:
            raise WrongSetting(f"{name} is not a setting. The README lists them all.")


def _secrets_from_files(environment: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for name in SECRET_NAMES:
        path = environment.get(f"{name}_FILE")
        if not path:
            continue
        try:
            found[name] = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise WrongSetting(f"{name}_FILE: {path} cannot be read ({error}).") from error
    return found


def _parsed(name: str, value: str, read: Callable[[str], Value], allowed: str) -> Value:
    try:
        return read(value)
    except (ValueError, KeyError, OSError) as error:
        raise WrongSetting(f"{name} is {value!r}, but must be {allowed}.") from error


def _number(given: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    value = given.get(name, str(default))
    number = _parsed(name, value, int, f"a whole number from {least} to {most}")
    if not least <= number <= most:
        raise WrongSetting(f"{name} is {value!r}, but must be a whole number from {least} to {most}.")
    return number


def _port(given: Mapping[str, str], name: str, default: int) -> int:
    return _number(given, name, default, 1, 65535)


def _processes(given: Mapping[str, str], database_url: str) -> int:
    processes = _number(given, "RUNG_PROCESSES", 1, 1, 16)
    if processes > 1 and database_url.startswith("sqlite"):
        raise WrongSetting(
            f"RUNG_PROCESSES is {processes}, but more than one process needs a PostgreSQL database."
        )
    return processes


def _one_of(given: Mapping[str, str], name: str, allowed: tuple[str, ...], default: str) -> str:
    value = given.get(name, default)
    if value not in allowed:
        raise WrongSetting(f"{name} is {value!r}, but must be one of: {', '.join(allowed)}.")
    return value


def _zone(given: Mapping[str, str]) -> ZoneInfo:
    return _parsed(
        "RUNG_TIME_ZONE",
        given.get("RUNG_TIME_ZONE", "Europe/London"),
        ZoneInfo,
        "a zone such as Europe/London",
    )


def _folder(given: Mapping[str, str], name: str, default: Path) -> Path:
    path = Path(given.get(name, str(default))).resolve()
    if not path.is_dir():
        raise WrongSetting(f"{name} is {str(path)!r}, but there is no such folder.")
    return path


def _database_url(given: Mapping[str, str], data: Path) -> str:
    url = given.get("RUNG_DATABASE_URL", f"sqlite:///{data / 'rung.sqlite'}")
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise WrongSetting("RUNG_DATABASE_URL must begin with sqlite:/// or postgresql://.")
    return url


def _base_url(given: Mapping[str, str], default: str) -> str:
    url = given.get("RUNG_BASE_URL", default).rstrip("/")
    if not _parsed("RUNG_BASE_URL", url, _is_origin, BASE_URL_FORM):
        raise WrongSetting(f"RUNG_BASE_URL is {url!r}, but must be {BASE_URL_FORM}.")
    return url


def _is_origin(url: str) -> bool:
    """Whether the address is scheme, host and perhaps port. Raises ValueError where a part cannot be read."""
    parts = urlsplit(url)
    more = parts.path or parts.query or parts.fragment or parts.username or parts.port == 0
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not more


def _domains(given: Mapping[str, str], registration: str) -> tuple[str, ...]:
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


def _mail_from(given: Mapping[str, str]) -> str:
    value = given.get("RUNG_MAIL_FROM", "Rung <learning@localhost>")
    if "@" not in value or any(character in value for character in "\r\n"):
        raise WrongSetting(
            f"RUNG_MAIL_FROM is {value!r}, but must be an address such as Rung <learning@example.org>."
        )
    return value


def _smtp(given: Mapping[str, str]) -> SMTP | None:
    host = given.get("RUNG_SMTP_HOST")
    security = _one_of(given, "RUNG_SMTP_SECURITY", SMTP_SECURITY, "starttls")
    port = _port(given, "RUNG_SMTP_PORT", 587)
    user, password = given.get("RUNG_SMTP_USER"), given.get("RUNG_SMTP_PASSWORD")
    if bool(user) != bool(password):
        raise WrongSetting("RUNG_SMTP_USER and RUNG_SMTP_PASSWORD go together: give both or neither.")
    if host is None:
        return None
    return SMTP(host=host, port=port, security=security, user=user, password=password)
