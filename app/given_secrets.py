"""Secrets given from outside, as they are or as files: RUNG_SMTP_PASSWORD_FILE=/run/secrets/smtp."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.variables import WrongSetting

SECRET_NAMES = (
    "RUNG_SMTP_PASSWORD",
    "RUNG_SESSION_SECRET",
    "RUNG_PASSWORD_SALT",
    "RUNG_TOTP_SECRET",
    "RUNG_SIGNING_KEY",
    "RUNG_SIGNING_CERTIFICATE",  # no secret, but a text of many lines, which a file holds best
)


@dataclass(frozen=True, kw_only=True)
class GivenSecrets:
    """What was given. All but the certificate must be, where the database is not the embedded one."""

    session: str | None = field(repr=False)
    password_salt: str | None = field(repr=False)
    totp: str | None = field(repr=False)
    signing_key: str | None = field(repr=False)
    signing_certificate: str | None = field(default=None, repr=False)


def secrets_given(given: Mapping[str, str]) -> GivenSecrets:
    """The secrets among the settings."""
    return GivenSecrets(
        session=given.get("RUNG_SESSION_SECRET"),
        password_salt=given.get("RUNG_PASSWORD_SALT"),
        totp=given.get("RUNG_TOTP_SECRET"),
        signing_key=given.get("RUNG_SIGNING_KEY"),
        signing_certificate=given.get("RUNG_SIGNING_CERTIFICATE"),
    )


def read_secret_files(environment: Mapping[str, str]) -> dict[str, str]:
    """What the files hold that are named by the variables ending in _FILE. Raises WrongSetting."""
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
