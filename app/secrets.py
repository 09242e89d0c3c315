"""Secrets: made on first start in RUNG_DATA/secrets, each once, readable by the owner alone.

A database whose secrets are missing refuses to start: new ones would end every session, make every password
useless and sign certificates with another key. With a database outside the data folder they must be given.
"""

import os
import secrets as random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from app.certification.seals import new_key, read_certificates, read_key
from app.certification.signers import Signing
from app.given_secrets import GivenSecrets
from app.settings import Settings
from app.variables import WrongSetting

FILES = {
    "session": "session",
    "password_salt": "password-salt",
    "totp": "totp",
    "signing_key": "signing-key.pem",
}
OTHERS = 0o077  # the rights of group and world
VARIABLES = {
    "session": "RUNG_SESSION_SECRET",
    "password_salt": "RUNG_PASSWORD_SALT",
    "totp": "RUNG_TOTP_SECRET",
    "signing_key": "RUNG_SIGNING_KEY",
}


@dataclass(frozen=True, kw_only=True, repr=False)
class Secrets:
    """The secrets of one installation. `signing_key` is an RSA-3072 private key in PEM.

    `signing_certificate` is the one that was bought for it, with its chain, in PEM; empty where none was.
    """

    session: str
    password_salt: str
    totp: str
    signing_key: str
    signing_certificate: str


def read_secrets(settings: Settings) -> Secrets:
    """The secrets given, else those on disk. Raises WrongSetting naming each that is missing or of no use."""
    found = {name: _given(settings.secrets, name) for name in FILES}
    if settings.embedded:
        found = {name: value or _on_disk(settings.data, name) for name, value in found.items()}
    missing = [name for name, value in found.items() if value is None]
    if missing:
        raise WrongSetting(_missing_sentence(settings, missing))
    certificate = settings.secrets.signing_certificate
    _refuse_what_signs_nothing(found["signing_key"] or "", certificate)
    plain = {name: value or "" for name, value in found.items()}
    return Secrets(**plain, signing_certificate=certificate or "")


def signing_with(secrets: Secrets, issuer: Callable[[Session], str]) -> Signing:
    """How PDFs are signed with these secrets. `issuer` finds the name for a certificate of our own."""
    key = read_key(secrets.signing_key)
    bought = read_certificates(secrets.signing_certificate, key) if secrets.signing_certificate else ()
    return Signing(key=key, bought=bought, issuer=issuer)


def make_secrets(settings: Settings) -> None:
    """Make what is missing, before there is a database. Two starts at once leave one set of secrets."""
    folder = settings.data / "secrets"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, file in FILES.items():
        if _given(settings.secrets, name) is None and not (folder / file).exists():
            _write_once(folder / file, new_key() if name == "signing_key" else random.token_urlsafe(48))


def replace_signing_key(settings: Settings, pem: str) -> None:
    """Put another signing key in the place of the one on disk, of which nothing is kept."""
    path = settings.data / "secrets" / FILES["signing_key"]
    draft = _draft(path, pem)
    draft.replace(path)
    _keep_on_disk(path.parent)


def _refuse_what_signs_nothing(pem: str, certificate: str | None) -> None:
    try:
        key = read_key(pem)
    except ValueError as error:
        raise WrongSetting(f"RUNG_SIGNING_KEY {error}.") from None
    try:
        if certificate is not None:
            read_certificates(certificate, key)
    except ValueError as error:
        raise WrongSetting(f"RUNG_SIGNING_CERTIFICATE {error}.") from None


def _missing_sentence(settings: Settings, missing: list[str]) -> str:
    names = ", ".join(VARIABLES[name] for name in missing)
    if settings.embedded and not settings.has_database:
        return f"There is nothing in {settings.data} yet. Start once with `rung serve`, which makes it."
    if settings.embedded:
        files = ", ".join(str(settings.data / "secrets" / FILES[name]) for name in missing)
        mend = f"bring back {files} from your backup, or set {names}"
        return f"The database is there but its secrets are not: {mend}."
    return f"With a PostgreSQL database these must be set: {names}."


def _given(given: GivenSecrets, name: str) -> str | None:
    value: str | None = getattr(given, name)
    return value


def _on_disk(data: Path, name: str) -> str | None:
    path = data / "secrets" / FILES[name]
    if not path.is_file():
        return None
    if path.stat().st_mode & OTHERS:
        raise WrongSetting(f"{path} can be read or changed by others than its owner: chmod 600 it.")
    return path.read_text(encoding="ascii").strip() or None


def _write_once(path: Path, text: str) -> None:
    # Written beside and linked into place: link() fails where the file exists, and nobody sees half a secret.
    draft = _draft(path, text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _draft(path: Path, text: str) -> Path:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)  # from a start that was killed and had the same number
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return draft


def _keep_on_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
