"""Assets: named by their bytes, kept for a year, small on the wire, the same for everybody."""

import gzip
import hashlib
from pathlib import Path

import brotli
import pytest

from app.web.shared.assets import HERE, Asset, read_assets
from tests.page import Page

COMPRESSED = {
    "reader.css": 15_000,
    "staff.css": 15_000,
    "reader.js": 6_000,
    "staff.js": 9_000,
    "sign.svg": 500,
}


@pytest.fixture(scope="module")
def assets() -> dict[str, Asset]:
    return read_assets(HERE)


def address(page: Page, kind: str) -> str:
    page.get("/no-such-page", status=404)
    named = [
        one.get("href") or one.get("src") or "" for one in [*page.elements("link"), *page.elements("script")]
    ]
    return next(one for one in named if one.endswith(kind))


@pytest.mark.parametrize(("name", "limit"), COMPRESSED.items())
def test_every_asset_keeps_its_budget(assets: dict[str, Asset], name: str, limit: int) -> None:
    assert 0 < len(assets[name].bodies["br"]) <= limit


def test_a_name_holds_the_hash_of_its_bytes(assets: dict[str, Asset]) -> None:
    for asset in assets.values():
        assert hashlib.sha256(asset.bodies["identity"]).hexdigest()[:16] in asset.name


def test_compressed_bodies_read_back_to_the_same_bytes(assets: dict[str, Asset]) -> None:
    for asset in assets.values():
        assert gzip.decompress(asset.bodies["gzip"]) == asset.bodies["identity"]
        assert brotli.decompress(asset.bodies["br"]) == asset.bodies["identity"]


def test_a_changed_sheet_has_another_name(tmp_path: Path, assets: dict[str, Asset]) -> None:
    for path in [*HERE.glob("styles/*"), *HERE.glob("components/*.css"), *HERE.glob("components/*.js")]:
        copy = tmp_path / path.relative_to(HERE)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
    assert read_assets(tmp_path)["reader.css"].name == assets["reader.css"].name
    (tmp_path / "components" / "button.css").write_text(".button { gap: 0; }")
    assert read_assets(tmp_path)["reader.css"].name != assets["reader.css"].name


def test_staff_get_everything_that_readers_get(assets: dict[str, Asset]) -> None:
    staff = assets["staff.css"].bodies["identity"].decode().splitlines()
    assert set(assets["reader.css"].bodies["identity"].decode().splitlines()) <= set(staff)


@pytest.mark.parametrize(
    ("accepted", "sent"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("", None),
    ],
)
def test_the_browser_gets_the_smallest_body_it_can_read(page: Page, accepted: str, sent: str | None) -> None:
    response = page.get(address(page, ".css"), headers={"Accept-Encoding": accepted})
    assert response.headers.get("Content-Encoding") == sent
    assert "Accept-Encoding" in response.headers["Vary"]


def test_an_asset_is_kept_for_a_year_and_touches_no_cookie(page: Page) -> None:
    for kind in (".css", ".js", ".svg"):
        response = page.get(address(page, kind))
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Cookie" not in response.headers["Vary"]
        assert "Set-Cookie" not in response.headers
        assert page.statements == []


def test_an_asset_that_the_browser_already_has_is_not_sent_again(page: Page) -> None:
    where = address(page, ".css")
    tag = page.get(where, headers={"Accept-Encoding": "br"}).headers["ETag"]
    again = page.get(where, status=304, headers={"Accept-Encoding": "br", "If-None-Match": tag})
    assert again.data == b""


@pytest.mark.parametrize("name", ["reader-0000000000000000.css", "reader.css", "..%2Fassets.py", "styles"])
def test_a_name_that_is_no_asset_is_not_found(page: Page, name: str) -> None:
    page.get(f"/assets/{name}", status=404)
