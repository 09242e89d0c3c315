"""A dropped PDF, as the use-case judges it: bytes flipped and added, signed by others, made to hurt."""

import random
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from sqlalchemy.orm import Session

from app.certification.dropped import LARGEST, Dropped, examine, looks_like_pdf
from app.certification.holding import stored_pdf
from app.certification.seals import Seal
from app.certification.signatures import signatures_of_ours
from app.certification.signers import Signing
from app.certification.signing import sign
from app.kernel.codes import grouped, new_code
from tests.cast import Cast
from tests.certification.awards import award_to, make_all
from tests.certification.keys import ISSUER, SIGNING, bought, key_of, seal_of

NOW = datetime(2026, 11, 22, 14, 3, tzinfo=UTC)


def small_pdf() -> bytes:
    """As small a PDF as there is, so that each of its bytes can be tried."""
    pdf, out = pikepdf.new(), BytesIO()
    pdf.add_blank_page(page_size=(200, 200))
    pdf.save(out, static_id=True)
    return out.getvalue()


@pytest.fixture
def issued(session: Session, cast: Cast) -> tuple[str, bytes]:
    """A certificate that was issued: its code, and its PDF's bytes."""
    code = award_to(session, cast.amira).code
    make_all(session)
    pdf = stored_pdf(session, code=code)
    assert pdf is not None
    return code, pdf.body


def test_the_issued_bytes_are_untouched(session: Session, issued: tuple[str, bytes]):
    code, body = issued
    assert examine(session, body) == Dropped("untouched", code)


def test_a_byte_more_or_less_is_noticed(session: Session, issued: tuple[str, bytes]):
    code, body = issued
    for end in (b"\n", b"\0", b" ", b"%", b"%%EOF\n"):
        assert examine(session, body + end) == Dropped("changed", code)
    assert examine(session, body[:-1]).kind == "not ours"
    assert examine(session, b" " + body).kind != "untouched"


def test_a_flipped_byte_is_noticed_wherever_it_is(session: Session, issued: tuple[str, bytes]):
    code, body = issued
    chance = random.Random(7)
    gap = body.index(b"/Contents <")
    padding = body.index(b"0>\n/ByteRange")
    places = {*chance.sample(range(len(body)), 60), 0, 1, len(body) - 1, gap + 10, gap + 11, padding}
    kinds = {place: examine(session, flipped(body, place)) for place in places}
    assert {found.kind for found in kinds.values()} == {"changed", "not ours"}
    assert {found.code for found in kinds.values()} <= {code, None}
    # What is covered is told as changed, with the certificate that it was; the padding of the signature too.
    assert kinds[0] == kinds[1] == kinds[padding] == Dropped("changed", code)


def test_no_flipped_byte_of_a_signed_file_leaves_its_signature_fitting_what_it_covers():
    body = sign(small_pdf(), seal_of("ours"), NOW, "Certificate X")
    gap, resumed = body.index(b"/Contents <") + 10, body.index(b"\n/ByteRange")
    ours = [seal_of("ours").certificate]
    assert [each.fits for each in signatures_of_ours(body, ours)] == [True]
    for place in range(len(body)):
        if gap < place < resumed - 1:
            continue
        found = list(signatures_of_ours(flipped(body, place), ours))
        assert not any(each.fits for each in found), place


def test_a_flipped_byte_within_the_signature_breaks_it_or_leaves_what_it_covers_as_it_was():
    body = sign(small_pdf(), seal_of("ours"), NOW, "Certificate X")
    gap, resumed = body.index(b"/Contents <") + 10, body.index(b"\n/ByteRange")
    ours = [seal_of("ours").certificate]
    places = (*range(gap, resumed, 11), resumed - 2, resumed - 1)
    found = [list(signatures_of_ours(flipped(body, place), ours)) for place in places]
    assert {tuple(each.fits for each in one) for one in found} == {(), (True,)}


def test_what_was_added_after_our_signature_is_told_with_the_certificate_that_it_was(
    session: Session, issued: tuple[str, bytes]
):
    code, body = issued
    writer, added = IncrementalPdfFileWriter(BytesIO(body)), BytesIO()
    writer.root["/Lang"] = pdf_string("fr")
    writer.update_root()
    writer.write(added)
    assert added.getvalue().startswith(body)
    assert examine(session, added.getvalue()) == Dropped("changed", code)


def test_a_copy_saved_by_another_program_is_not_what_we_issued(session: Session, issued: tuple[str, bytes]):
    _code, body = issued
    again = BytesIO()
    with pikepdf.open(BytesIO(body)) as pdf:
        pdf.save(again)
    assert examine(session, again.getvalue()).kind in {"changed", "not ours"}


def test_a_pdf_signed_with_another_key_is_not_ours(session: Session, cast: Cast, issued: tuple[str, bytes]):
    code, _body = issued
    forged = sign(small_pdf(), seal_of("theirs"), NOW, f"Certificate {grouped(code)}")
    assert examine(session, forged) == Dropped("not ours")
    assert examine(session, small_pdf()) == Dropped("not ours")


def test_a_certificate_of_their_own_that_names_us_makes_nothing_ours(session: Session):
    seal = SIGNING.seal(session, NOW)
    forged = sign(small_pdf(), Seal(key=key_of("theirs"), certificate=seal.certificate), NOW, "x")
    assert examine(session, forged) == Dropped("not ours")


def test_our_signature_put_into_another_file_is_told_as_changed(session: Session, issued: tuple[str, bytes]):
    code, body = issued
    forged = sign(small_pdf(), seal_of("theirs"), NOW, f"Certificate {grouped(code)}")
    here, there = (text.index(b"/Contents <") + 10 for text in (body, forged))
    length = body.index(b"\n/ByteRange") - here
    assert length == forged.index(b"\n/ByteRange") - there
    pasted = forged[:there] + body[here : here + length] + forged[there + length :]
    assert examine(session, pasted) == Dropped("changed", code)


def test_what_we_signed_and_is_no_certificate_is_told_as_that(session: Session):
    record = sign(small_pdf(), SIGNING.seal(session, NOW), NOW, "Record of CPD")
    assert examine(session, record) == Dropped("signed")
    assert examine(session, record + b"\n") == Dropped("changed")
    assert examine(session, flipped(record, 20)) == Dropped("changed")


def test_a_certificate_that_we_signed_and_never_stored_is_not_untouched(session: Session):
    lost = sign(small_pdf(), SIGNING.seal(session, NOW), NOW, f"Certificate {grouped(new_code())}")
    assert examine(session, lost) == Dropped("changed")


def test_another_key_and_another_certificate_change_nothing_about_old_pdfs(
    session: Session, issued: tuple[str, bytes]
):
    code, body = issued
    leaf, authority = bought(key_of("another"))
    new = Signing(key=key_of("another"), bought=(leaf, authority), issuer=lambda _session: ISSUER)
    seal = new.seal(session, NOW)
    assert examine(session, body) == Dropped("untouched", code)
    assert examine(session, body + b"\n") == Dropped("changed", code)
    assert examine(session, sign(small_pdf(), seal, NOW, "Record of CPD")) == Dropped("signed")


def bombs() -> dict[str, Callable[[], bytes]]:
    """Files that are made to hurt whoever reads them."""
    signed = sign(small_pdf(), seal_of("ours"), NOW, "Certificate X")
    gap = signed.index(b"/Contents <") + 10
    resumed = signed.index(b"\n/ByteRange")

    def with_signature(digits: bytes) -> bytes:
        return signed[: gap + 1] + digits.ljust(resumed - gap - 2, b"0") + signed[resumed - 1 :]

    head = b"%PDF-1.7\n"
    return {
        "nothing": lambda: b"",
        "a header": lambda: head,
        "zeros": lambda: bytes(LARGEST),
        "many ranges": lambda: head + b"/ByteRange [0 1 3 1]<00>" * (LARGEST // 24),
        "overlapping ranges": lambda: head + b"<AA>/ByteRange [0 9 13 1999900]" * 60_000,
        "open ranges": lambda: head + b"/ByteRange [0 " + b" " * (LARGEST - 30),
        "range after range": lambda: head + b"/ByteRange" * (LARGEST // 10),
        "figures without end": lambda: head + b"/ByteRange [0 " + b"9" * (LARGEST - 30),
        "beyond the end": lambda: head + b"<00>/ByteRange [0 9 13 999999999]",
        "backwards": lambda: head + b"/ByteRange [0 999999999 1 1]",
        "a gap of the whole file": lambda: head + b"<" + b"A" * 1_999_900 + b">/ByteRange [0 9 1999911 10]",
        "deep ASN.1": lambda: with_signature(b"3080" * 1200),
        "ASN.1 of any length": lambda: with_signature(b"3084FFFFFFFF"),
        "half a signature": lambda: with_signature(signed[gap + 1 : gap + 900]),
        "a stream that unpacks to a gigabyte": lambda: head + zlib.compress(bytes(200_000_000), 9),
        "arrays in arrays": lambda: head + b"[" * (LARGEST - 10),
        "a table that points at itself": lambda: head + b"startxref\n9\n%%EOF" * 1000,
        "chance": lambda: random.Random(1).randbytes(LARGEST),
    }


@pytest.mark.parametrize("name", bombs())
def test_a_hostile_file_is_not_ours_soon_and_never_an_error(session: Session, name: str):
    SIGNING.seal(session, NOW)
    body = bombs()[name]()
    started = time.process_time()
    assert examine(session, body) == Dropped("not ours")
    assert time.process_time() - started < 1.0


def test_any_bytes_in_the_place_of_the_signature_are_no_error(session: Session):
    body = sign(small_pdf(), SIGNING.seal(session, NOW), NOW, "Certificate X")
    gap, resumed = body.index(b"/Contents <") + 11, body.index(b">\n/ByteRange")
    chance = random.Random(3)
    for _ in range(300):
        digits = bytearray(body[gap:resumed])
        for _ in range(chance.randint(1, 40)):
            digits[chance.randrange(1800)] = chance.choice(b"0123456789ABCDEF")
        found = examine(session, body[:gap] + digits + body[resumed:])
        assert found.kind in {"not ours", "changed"}


def test_a_pdf_is_told_by_its_header():
    assert looks_like_pdf(small_pdf())
    assert looks_like_pdf(b"\n\n%PDF-1.4")
    assert not looks_like_pdf(b"PK\x03\x04 certificate.docx")


def flipped(body: bytes, place: int) -> bytes:
    return body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
