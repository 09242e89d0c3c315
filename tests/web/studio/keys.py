"""Opening a test's answers as an editor, for tests of pages that show them."""

from tests.page import Page

COURSE = "good-course"


def open_keys(page: Page, slug: str = COURSE) -> Page:
    """The same page, once its person has said that they want to see the answers."""
    address = f"/studio/courses/{slug}/answers"
    page.post(address, {"back": address})
    return page
