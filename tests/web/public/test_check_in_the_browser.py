"""Bringing a PDF as people do: by the browser's own chooser, with scripts and without, or dropped."""

import base64

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from app.certification.holding import stored_pdf
from tests.cast import Cast
from tests.certification.awards import award_to, make_all
from tests.web.shared.conftest import Opened, opened, site

__all__ = ["opened", "site"]
pytestmark = pytest.mark.browser

DROP = """async ([form, body]) => {
  const bytes = Uint8Array.from(atob(body), (each) => each.charCodeAt(0));
  const brought = new DataTransfer();
  brought.items.add(new File([bytes], "certificate.pdf", { type: "application/pdf" }));
  const tell = (kind) => form.dispatchEvent(
    new DragEvent(kind, { dataTransfer: brought, bubbles: true, cancelable: true }));
  tell("dragover");
  if (!("over" in form.dataset)) throw new Error("the form does not show that it would take the file");
  tell("drop");
}"""


@pytest.fixture
def issued(session: Session, cast: Cast) -> tuple[str, bytes]:
    code = award_to(session, cast.amira).code
    make_all(session)
    pdf = stored_pdf(session, code=code)
    assert pdf is not None
    assert pdf.body is not None
    return code, pdf.body


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("address", ["/check", "/check/{code}"])
def test_a_file_is_chosen_and_sent(
    opened: Opened, issued: tuple[str, bytes], address: str, scripts: bool
) -> None:
    code, body = issued
    page = opened(address.format(code=code), scripts=scripts)
    for sent, heading in ((body, "This certificate is valid"), (body + b"\n", "This PDF has been changed")):
        file = {"name": "certificate.pdf", "mimeType": "application/pdf", "buffer": sent}
        page.get_by_label("The certificate's PDF").set_input_files(file)
        page.locator(".drop-file button").click()
        expect(page.locator("h1")).to_have_text(heading)
        page.go_back()


def test_a_file_is_dropped_anywhere_on_the_form(opened: Opened, issued: tuple[str, bytes]) -> None:
    _code, body = issued
    page = opened("/check")
    form = page.locator(".drop-file").element_handle()
    page.evaluate(DROP, [form, base64.b64encode(body).decode()])
    expect(page.locator("h1")).to_have_text("This certificate is valid")
    expect(page.locator(".notice")).to_contain_text("exactly the one that we issued")


def test_the_keyboard_is_enough(opened: Opened, issued: tuple[str, bytes]) -> None:
    code, body = issued
    page = opened(f"/check/{code}")
    chooser = page.get_by_label("The certificate's PDF")
    chooser.focus()
    chooser.set_input_files({"name": "c.pdf", "mimeType": "application/pdf", "buffer": body})
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".notice")).to_contain_text("exactly the one that we issued")
