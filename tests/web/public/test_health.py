from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.web.public.health import HEAD
from app.web.shared.context import db
from tests.page import Page


def test_the_process_says_that_it_is_there_and_asks_the_database_nothing(page: Page) -> None:
    response = page.get("/healthz")
    assert response.text == "The process answers.\n"
    assert response.mimetype == "text/plain"
    assert page.statements == []


def test_it_is_ready_with_a_database_at_the_newest_migration(page: Page) -> None:
    assert page.get("/readyz").text == "Ready.\n"


def test_it_is_not_ready_on_tables_of_another_version(page: Page, session: Session) -> None:
    session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    session.commit()
    sentence = page.get("/readyz", status=503).text
    assert sentence == f"Not ready: the tables are at migration 0000, but this program needs {HEAD}.\n"


def test_it_is_not_ready_before_the_first_migration(page: Page, session: Session) -> None:
    session.execute(text("DELETE FROM alembic_version"))
    session.commit()
    assert "at migration none" in page.get("/readyz", status=503).text


def test_it_is_not_ready_without_a_database(app: Flask, page: Page, tmp_path: Path) -> None:
    with app.app_context():
        engines = db.engines
        kept = engines[None]
        engines[None] = db._make_engine(None, {"url": f"sqlite:///{tmp_path}/nowhere/rung.sqlite"}, app)
    try:
        assert page.get("/readyz", status=503).text == "Not ready: the database does not answer.\n"
        assert page.get("/healthz").status_code == 200
        assert page.get("/", status=503).text.count("The fault is ours") == 1
    finally:
        engines[None] = kept


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_no_cookie_is_set_and_nothing_is_kept_by_a_cache(page: Page, address: str) -> None:
    response = page.get(address)
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"
