"""Secrets: made on first start in RUNG_DATA/secrets, each once, readable by the owner alone.

A database whose secrets are missing refuses to start: new ones would end every session, make every password
useless and sign certificates with another key. With a database outside the data folder they must be given.
"""

import os
import secrets as random
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from app.settings import GivenSecrets, Settings
from app.variables import WrongSetting

FILES = {
    "session": "session",
    "password_salt": "password-salt",
    "totp": "totp",
    "signing_key": "signing-key.pem",
}
KEY_SIZE = 3072  # bits
VARIABLES = {
    "session": "RUNG_SESSION_SECRET",
    "password_salt": "RUNG_PASSWORD_SALT",
    "totp": "RUNG_TOTP_SECRET",
    "signing_key": "RUNG_SIGNING_KEY",
}


@dataclass(frozen=True, kw_only=True, repr=False)
class Secrets:
    """The secrets of one installation. `signing_key` is an RSA-3072 private key in PEM."""

    session: str
    password_salt: str
    totp: str
    signing_key: str


def read_secrets(settings: Settings) -> Secrets:
    """The secrets given, else those on disk. Raises WrongSetting naming each that is missing."""
    found = {name: _given(settings.secrets, name) for name in FILES}
    if settings.embedded:
        found = {name: value or _on_disk(settings.data, name) for name, value in found.items()}
    missing = [name for name, value in found.items() if value is None]
    if missing:
        raise WrongSetting(_missing_sentence(settings, missing))
    _refuse_what_signs_nothing(found["signing_key"] or "")
    return Secrets(**{name: value or "" for name, value in found.items()})


def make_secrets(settings: Settings) -> None:
    """Make what is missing, before there is a database. Two starts at once leave one set of secrets."""
    folder = settings.data / "secrets"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, file in FILES.items():
        if _given(settings.secrets, name) is None and not (folder / file).exists():
            _write_once(folder / file, _signing_key() if name == "signing_key" else random.token_urlsafe(48))


def _refuse_what_signs_nothing(pem: str) -> None:
    try:
        # Its arithmetic is not checked again: that takes a tenth of a second at every start.
        key = serialization.load_pem_private_key(pem.encode(), None, unsafe_skip_rsa_key_validation=True)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, rsa.RSAPrivateKey) or key.key_size < KEY_SIZE:
        sentence = f"must be an RSA private key of at least {KEY_SIZE} bits in PEM, without a password"
        raise WrongSetting(f"RUNG_SIGNING_KEY {sentence}.")


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
    return path.read_text(encoding="ascii").strip() or None if path.is_file() else None


def _write_once(path: Path, text: str) -> None:
    # Written beside and linked into place: link() fails where the file exists, and nobody sees half a secret.
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)  # from a start that was killed and had the same number
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _signing_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_SIZE)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return pem.decode("ascii")
