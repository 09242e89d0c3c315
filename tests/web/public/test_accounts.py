"""Registering, confirming and signing in, through the real app and the outbox."""

from tests.page import Page
def test_sign_in_page(page: Page) -> None:
    page.get("/sign-in")
    page.get("/register")
