import multiprocessing
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from app.certification.seals import common_name, new_key, read_key, to_pem
from app.secrets import (
    FILES,
    VARIABLES,
    make_secrets,
    read_secrets,
    replace_signing_key,
    signing_with,
)
from app.settings import Settings, read_settings
from app.variables import WrongSetting
from tests.certification.keys import bought


def rsa_pem(bits: int) -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return key.private_bytes(*form).decode()


KEY = rsa_pem(3072)
GIVEN = {variable: f"a given {name}" for name, variable in VARIABLES.items()} | {"RUNG_SIGNING_KEY": KEY}
POSTGRESQL = {"RUNG_DATABASE_URL": "postgresql://db.example.org/rung"}


def settings(folder: Path, **more: str) -> Settings:
    return read_settings({"RUNG_DATA": str(folder), **more})


@pytest.fixture
def made(tmp_path: Path) -> Settings:
    here = settings(tmp_path)
    make_secrets(here)
    return here


def test_the_first_start_makes_every_secret(made: Settings) -> None:
    found = read_secrets(made)
    plain = [found.session, found.password_salt, found.totp]
    assert len(set(plain)) == 3
    assert all(len(one) == 64 for one in plain)
    key = load_pem_private_key(found.signing_key.encode(), password=None)
    assert isinstance(key, RSAPrivateKey)
    assert key.key_size == 3072


def test_only_the_owner_can_read_them(made: Settings) -> None:
    folder = made.data / "secrets"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes == dict.fromkeys(FILES.values(), 0o600)


def test_a_second_start_keeps_them(made: Settings) -> None:
    before = read_secrets(made)
    make_secrets(made)
    assert read_secrets(made) == before


def test_two_first_starts_at_once_end_with_one_set(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    gate, results = context.Barrier(4), context.Queue()
    starts = [context.Process(target=_start, args=(tmp_path, gate, results)) for _ in range(4)]
    for start in starts:
        start.start()
    seen = {results.get(timeout=60) for _ in starts}
    for start in starts:
        start.join(timeout=60)
    assert len(seen) == 1
    assert sorted(path.name for path in (tmp_path / "secrets").iterdir()) == sorted(FILES.values())


def _start(folder: Path, gate: object, results: object) -> None:
    here = settings(folder)
    gate.wait(timeout=30)  # type: ignore[attr-defined]
    make_secrets(here)
    found = read_secrets(here)
    results.put((found.session, found.password_salt, found.totp, found.signing_key))  # type: ignore[attr-defined]


def test_a_command_before_the_first_start_is_told_to_serve(tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match="rung serve"):
        read_secrets(settings(tmp_path))


@pytest.mark.parametrize("name", FILES)
def test_a_missing_secret_refuses_to_start_and_says_what_to_bring_back(made: Settings, name: str) -> None:
    (made.data / "rung.sqlite").touch()
    (made.data / "secrets" / FILES[name]).unlink()
    with pytest.raises(WrongSetting) as refused:
        read_secrets(made)
    assert str(made.data / "secrets" / FILES[name]) in str(refused.value)
    assert VARIABLES[name] in str(refused.value)
    others = [variable for other, variable in VARIABLES.items() if other != name]
    assert not any(variable in str(refused.value) for variable in others)


@pytest.mark.parametrize("given", ["not a key", rsa_pem(1024), KEY.replace("MII", "XII")])
def test_a_signing_key_that_could_not_sign_is_refused_at_the_start(made: Settings, given: str) -> None:
    with pytest.raises(WrongSetting, match="RUNG_SIGNING_KEY must be an RSA private key"):
        read_secrets(settings(made.data, RUNG_SIGNING_KEY=given))


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o666])
@pytest.mark.parametrize("name", FILES)
def test_a_secret_that_others_can_read_or_change_refuses_to_start(
    made: Settings, name: str, mode: int
) -> None:
    path = made.data / "secrets" / FILES[name]
    path.chmod(mode)
    with pytest.raises(WrongSetting, match=f"{path} can be read or changed by others.*chmod 600"):
        read_secrets(made)
    path.chmod(0o400)
    read_secrets(made)


def test_a_certificate_that_was_bought_for_the_key_is_read(made: Settings) -> None:
    pem = "".join(map(to_pem, bought(read_key(KEY))))
    found = read_secrets(settings(made.data, RUNG_SIGNING_KEY=KEY, RUNG_SIGNING_CERTIFICATE=pem))
    signing = signing_with(found, lambda _session: "")
    assert [common_name(each.subject) for each in signing.bought] == ["Example Homes", "A trusted authority"]


def test_a_certificate_that_is_none_or_another_keys_is_refused_at_the_start(
    made: Settings, tmp_path: Path
) -> None:
    others = to_pem(bought(read_key(KEY))[0])  # the key on disk is another
    with pytest.raises(WrongSetting, match="RUNG_SIGNING_CERTIFICATE must hold the certificate of the"):
        read_secrets(settings(made.data, RUNG_SIGNING_CERTIFICATE=others))
    empty = tmp_path / "empty.pem"
    empty.touch()
    with pytest.raises(WrongSetting, match="RUNG_SIGNING_CERTIFICATE must be a certificate in PEM"):
        read_secrets(settings(made.data, RUNG_SIGNING_CERTIFICATE_FILE=str(empty)))


def test_another_key_takes_the_place_of_the_one_on_disk_and_nothing_of_that_is_kept(made: Settings) -> None:
    before, other = read_secrets(made), new_key()
    replace_signing_key(made, other)
    after = read_secrets(made)
    assert after == replace(before, signing_key=other.strip())
    folder = made.data / "secrets"
    assert stat.S_IMODE((folder / FILES["signing_key"]).stat().st_mode) == 0o600
    assert not any(before.signing_key in path.read_text() for path in folder.iterdir())


def test_a_draft_left_by_a_killed_start_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / f".session.{os.getpid()}").write_text("half a sec")
    make_secrets(settings(tmp_path))
    assert len(read_secrets(settings(tmp_path)).session) == 64


@pytest.mark.parametrize("name", FILES)
def test_an_empty_secret_counts_as_missing(made: Settings, name: str) -> None:
    (made.data / "rung.sqlite").touch()
    (made.data / "secrets" / FILES[name]).write_text("\n")
    with pytest.raises(WrongSetting, match=VARIABLES[name]):
        read_secrets(made)


def test_given_secrets_win_over_those_on_disk(made: Settings) -> None:
    found = read_secrets(settings(made.data, **GIVEN))
    assert (found.session, found.signing_key) == ("a given session", KEY)


def test_given_secrets_are_never_written_down(tmp_path: Path) -> None:
    make_secrets(settings(tmp_path, **GIVEN))
    assert list((tmp_path / "secrets").iterdir()) == []


@pytest.mark.parametrize("name", VARIABLES)
def test_with_postgresql_every_secret_must_be_given(made: Settings, name: str) -> None:
    given = {variable: value for variable, value in GIVEN.items() if variable != VARIABLES[name]}
    with pytest.raises(
        WrongSetting, match=f"With a PostgreSQL database these must be set: {VARIABLES[name]}"
    ):
        read_secrets(settings(made.data, **POSTGRESQL, **given))


def test_with_postgresql_and_every_secret_given_it_starts(tmp_path: Path) -> None:
    assert read_secrets(settings(tmp_path, **POSTGRESQL, **GIVEN)).totp == "a given totp"


def test_printing_secrets_shows_none_of_them(made: Settings) -> None:
    found = read_secrets(made)
    assert found.session not in repr(found)
    assert found.session not in str(found)


def test_printing_settings_shows_no_given_secret(tmp_path: Path) -> None:
    shown = repr(
        settings(
            tmp_path,
            **GIVEN,
            RUNG_SMTP_HOST="mail.example.org",
            RUNG_SMTP_USER="u",
            RUNG_SMTP_PASSWORD="pass-word",
        )
    )
    assert "a given" not in shown
    assert "pass-word" not in shown
