from datetime import timedelta

import pytest
from cryptography import x509

from app.certification.seals import (
    common_name,
    fingerprint,
    from_pem,
    is_valid,
    own_certificate,
    read_certificates,
    to_pem,
)
from tests.certification.keys import ISSUER, MADE_AT, bought, key_of


def test_our_own_certificate_says_who_signs_and_can_do_nothing_but_sign():
    made = own_certificate(key_of("ours"), ISSUER, MADE_AT)
    assert common_name(made.subject) == ISSUER
    made.verify_directly_issued_by(made)
    assert made.public_key() == key_of("ours").public_key()
    assert made.extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False
    usage = made.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.content_commitment
    assert not usage.key_cert_sign
    for days, valid in ((-2, False), (0, True), (10 * 365, True), (21 * 365, False)):
        assert is_valid(made, MADE_AT + timedelta(days=days)) is valid


@pytest.mark.parametrize("issuer", ["", "Ω" * 200, "Ann & Sons, <b>Ltd</b>\\"])
def test_any_name_of_an_issuer_can_stand_in_it(issuer: str):
    made = own_certificate(key_of("ours"), issuer or "-", MADE_AT)
    assert from_pem(to_pem(made)) == made


def test_a_bought_certificate_is_found_among_its_chain_in_any_order():
    leaf, authority = bought(key_of("ours"))
    for order in ((leaf, authority), (authority, leaf)):
        pem = "".join(map(to_pem, order))
        assert read_certificates(pem, key_of("ours")) == (leaf, authority)
    assert read_certificates(to_pem(leaf), key_of("ours")) == (leaf,)


def test_a_certificate_that_is_not_for_this_key_or_not_for_signing_is_refused():
    leaf, authority = bought(key_of("theirs"))
    with pytest.raises(ValueError, match="must hold the certificate of the signing key"):
        read_certificates(to_pem(leaf) + to_pem(authority), key_of("ours"))
    other, _ = bought(key_of("ours"), signs=False)
    with pytest.raises(ValueError, match="this one is for something else"):
        read_certificates(to_pem(other), key_of("ours"))
    for pem in ("", "nonsense", to_pem(leaf)[:400]):
        with pytest.raises(ValueError, match="must be a certificate in PEM"):
            read_certificates(pem, key_of("ours"))


def test_a_fingerprint_is_that_which_readers_show():
    leaf, authority = bought(key_of("ours"))
    assert len(fingerprint(leaf)) == 64
    assert fingerprint(leaf) != fingerprint(authority)
