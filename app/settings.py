"""Settings: environment variables, read once, strictly. A wrong value refuses to start and is named.

Every secret can also be given as a file: RUNG_SMTP_PASSWORD_FILE=/run/secrets/smtp.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from app import keeping
from app.given_secrets import SECRET_NAMES, GivenSecrets, read_secret_files, secrets_given
from app.keeping import read_periods
from app.variables import (
    WrongSetting,
    read_base_url,
    read_choice,
    read_data_folder,
    read_database_url,
    read_domains,
    read_folder,
    read_host,
    read_mail_from,
    read_number,
    read_port,
    read_processes,
    read_zone,
)

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, kw_only=True)
class SMTP:
    """Where letters are handed over. `security` is none, starttls or tls."""

    host: str
    port: int
    security: str
    user: str | None
    password: str | None = field(repr=False)


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
    keep: Mapping[str, int]

    @property
    def embedded(self) -> bool:
        """True where the database is SQLite in the data folder: one process, nothing else to run."""
        return self.database_url.startswith("sqlite")

    @property
    def has_database(self) -> bool:
        """True where the embedded database has been made. Asks the disk each time."""
        return self.embedded and Path(self.database_url.removeprefix("sqlite:///")).exists()

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
    "RUNG_LOG_FORMAT",
    *SECRET_NAMES,
    *keeping.NAMES,
)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Settings from the environment. Raises WrongSetting naming the first variable that cannot be used."""
    _refuse_unknown(environment)
    given = {name: value for name, value in environment.items() if name in NAMES and value != ""}
    given |= read_secret_files(environment)
    data = read_data_folder(given, ROOT / "var")
    host, port = read_host(given), read_port(given, "RUNG_PORT", 8000)
    registration = read_choice(given, "RUNG_REGISTRATION", REGISTRATION, "anyone")
    database_url = read_database_url(given, data)
    return Settings(
        data=data,
        database_url=database_url,
        sources=read_folder(given, "RUNG_SOURCES", ROOT),
        base_url=read_base_url(given, host, port),
        host=host,
        port=port,
        processes=read_processes(given, database_url),
        threads=read_number(given, "RUNG_THREADS", 8, 1, 64),
        proxies=read_number(given, "RUNG_PROXIES", 0, 0, 5),
        time_zone=read_zone(given),
        registration=registration,
        email_domains=read_domains(given, registration),
        mail_from=read_mail_from(given),
        smtp=_smtp(given),
        log_format=read_choice(given, "RUNG_LOG_FORMAT", LOG_FORMATS, "text"),
        secrets=secrets_given(given),
        keep=read_periods(given),
    )


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    known = set(NAMES) | {f"{name}_FILE" for name in SECRET_NAMES}
    for name in sorted(environment):
        if name.startswith("RUNG_") and name not in known:
            raise WrongSetting(f"{name} is not a setting. The README lists them all.")


def _smtp(given: Mapping[str, str]) -> SMTP | None:
    host = given.get("RUNG_SMTP_HOST")
    security = read_choice(given, "RUNG_SMTP_SECURITY", SMTP_SECURITY, "starttls")
    port = read_port(given, "RUNG_SMTP_PORT", 587)
    user, password = given.get("RUNG_SMTP_USER"), given.get("RUNG_SMTP_PASSWORD")
    if bool(user) != bool(password):
        raise WrongSetting("RUNG_SMTP_USER and RUNG_SMTP_PASSWORD go together: give both or neither.")
    if host is None:
        return None
    return SMTP(host=host, port=port, security=security, user=user, password=password)
