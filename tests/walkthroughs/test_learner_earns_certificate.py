"""The whole journey in a real browser: by the keyboard alone, and again with scripts off."""

import pypdfium2
import pytest
import zxingcpp

from app.kernel.codes import grouped
from tests.walkthroughs.conftest import NewContext
from tests.walkthroughs.hands import Hands, Keyboard, Pointer
from tests.walkthroughs.journey import TITLE, Journey, Person, check_as_a_stranger
from tests.walkthroughs.site import Site

pytestmark = pytest.mark.browser

NADIA = Person(name="Nadia Rahimi", email="nadia.rahimi@homes.example", printed="Nadia Rahimi-Clarke")
SIOBHAN = Person(name="Siobhán Ní Dhomhnaill", email="siobhan@homes.example", printed="Siobhán Ní Dhomhnaill")


def test_by_the_keyboard_alone(site: Site, new_context: NewContext) -> None:
    earn(site, Keyboard(new_context(height=800).new_page()), NADIA, new_context)


def test_with_scripts_off(site: Site, new_context: NewContext) -> None:
    earn(site, Pointer(new_context(width=390, scripts=False).new_page()), SIOBHAN, new_context)


def earn(site: Site, hands: Hands, person: Person, new_context: NewContext) -> None:
    certificates = site.certificates()
    journey = Journey(site, hands, person)
    journey.practise_as_a_guest()
    journey.register_and_sign_in()
    journey.read_practise_and_reflect()
    code = journey.begin_the_test()
    journey.answer(code, 10, 2)
    journey.change_one(code, 1)
    journey.hand_in()
    journey.read_what_was_missed()
    journey.answer(code, 1)
    journey.hand_in()
    certificate, pdf = journey.fetch_the_certificate()
    assert site.certificates() == certificates + 1

    letter = site.wait_for_letter(person.email, "certificate")
    attached = [part.get_content() for part in letter.iter_attachments()]
    assert attached == [pdf], "the letter carries the very bytes that are downloaded"
    address = scanned(pdf)
    assert address == f"{site.address}/check/{certificate}"
    text = read(pdf)
    assert person.printed in text
    assert TITLE in text
    assert grouped(certificate) in text
    assert "SPECIMEN" not in text
    check_as_a_stranger(new_context(width=390).new_page(), address, person)


def read(pdf: bytes) -> str:
    """The words of a PDF, in reading order, white space folded."""
    document = pypdfium2.PdfDocument(pdf)
    words = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    document.close()
    return words


def scanned(pdf: bytes) -> str:
    """What the square on the first page says to a phone."""
    document = pypdfium2.PdfDocument(pdf)
    image = document[0].render(scale=150 / 72, grayscale=True).to_pil()
    document.close()
    return "".join(found.text for found in zxingcpp.read_barcodes(image))
