from collections.abc import Iterable
from datetime import timedelta

import pytest
from cryptography import x509
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.certification.seals import SigningKey, common_name
from app.certification.signers import Signing, known_certificates
from app.certification.tables import Signer
from app.kernel.errors import Refusal
from tests.certification.keys import ISSUER, MADE_AT, SIGNING, bought, key_of


def signing(key: SigningKey, certificates: Iterable[x509.Certificate] = ()) -> Signing:
    return Signing(key=key, bought=tuple(certificates), issuer=lambda _session: ISSUER)


def test_the_first_use_notes_a_certificate_of_our_own_and_later_uses_take_it(session: Session):
    first = SIGNING.seal(session, MADE_AT)
    assert common_name(first.certificate.subject) == ISSUER
    assert known_certificates(session) == [first.certificate]
    again = signing(key_of("ours")).seal(session, MADE_AT + timedelta(days=400))
    assert again.certificate == first.certificate
    assert session.scalar(select(func.count()).select_from(Signer)) == 1


def test_another_key_gets_another_certificate_and_the_old_one_stays_known(session: Session):
    old = SIGNING.seal(session, MADE_AT).certificate
    new = signing(key_of("another")).seal(session, MADE_AT).certificate
    assert new.public_key() == key_of("another").public_key()
    assert known_certificates(session) == [old, new]
    assert SIGNING.seal(session, MADE_AT).certificate == old


def test_our_own_certificate_is_made_anew_once_it_has_run_out(session: Session):
    old = SIGNING.seal(session, MADE_AT).certificate
    later = old.not_valid_after_utc + timedelta(days=1)
    new = SIGNING.seal(session, later).certificate
    assert new != old
    assert new.public_key() == old.public_key()
    assert known_certificates(session) == [old, new]


def test_a_bought_certificate_takes_the_place_of_our_own_and_gives_it_back(session: Session):
    own = SIGNING.seal(session, MADE_AT).certificate
    leaf, authority = bought(key_of("ours"))
    seal = signing(key_of("ours"), (leaf, authority)).seal(session, MADE_AT)
    assert (seal.certificate, seal.chain) == (leaf, (authority,))
    assert known_certificates(session) == [own, leaf]
    assert SIGNING.seal(session, MADE_AT).certificate == own


@pytest.mark.parametrize("days", [-1, 31])
def test_nothing_is_signed_with_a_bought_certificate_outside_its_time(session: Session, days: int):
    leaf, _ = bought(key_of("ours"), last=MADE_AT + timedelta(days=30))
    with pytest.raises(Refusal, match=r"valid from 1 November 2026 to 1 December 2026\. PDFs wait"):
        signing(key_of("ours"), (leaf,)).seal(session, MADE_AT + timedelta(days=days))
    assert known_certificates(session) == []
