"""Style sheets, scripts and the sign: read and joined once at start, answered from memory.

The view touches neither session nor person, so the files carry no `Vary: Cookie`. A file's name holds the
hash of its bytes: it may be kept for a year, and a changed file has another name. Readers get everything
under `components/`; staff get the same and `components/staff/` besides.
"""

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import brotli
from flask import Flask, Response, abort, request

from app.web.shared.joining import LAYERS, join_scripts, join_sheets

HERE = Path(__file__).parent
YEAR = "public, max-age=31536000, immutable"
_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


@dataclass(frozen=True, kw_only=True)
class Asset:
    """One file as it is served: `name` is `reader-<hash>.css`; `bodies` are its bytes by content encoding."""

    name: str
    mimetype: str
    bodies: dict[str, bytes] = field(repr=False)


def register_assets(app: Flask) -> None:
    """Serve `/assets/<name>`, and give templates `asset_url("reader.css")`."""
    assets = read_assets(HERE)
    by_name = {asset.name: asset for asset in assets.values()}

    def serve(name: str) -> Response:
        return _answer(by_name.get(name) or abort(404))

    app.add_url_rule("/assets/<name>", endpoint="assets.serve", view_func=serve)
    app.jinja_env.globals["asset_url"] = _asset_url(assets)


def read_assets(folder: Path) -> dict[str, Asset]:
    """Every asset by its plain name (`reader.css`), made from the sheets and scripts under `folder`."""
    layers = {name: [_text(folder / "styles" / f"{name}.css")] for name in LAYERS if name != "components"}
    everyone, staff = folder / "components", folder / "components" / "staff"
    texts = {
        "reader.css": join_sheets({**layers, "components": _texts(everyone, "css")}),
        "reader.js": join_scripts(_texts(everyone, "js")),
        "staff.css": join_sheets({**layers, "components": _texts(everyone, "css") + _texts(staff, "css")}),
        "staff.js": join_scripts(_texts(everyone, "js") + _texts(staff, "js")),
        "sign.svg": _text(folder / "styles" / "sign.svg"),
    }
    return {name: _asset(name, text) for name, text in texts.items()}


def _asset(plain_name: str, text: str) -> Asset:
    body = text.encode()
    stem, kind = plain_name.rsplit(".", 1)
    return Asset(
        name=f"{stem}-{hashlib.sha256(body).hexdigest()[:16]}.{kind}",
        mimetype=_TYPES[kind],
        bodies={
            "identity": body,
            "gzip": gzip.compress(body, 9, mtime=0),
            "br": brotli.compress(body, quality=11),
        },
    )


def _asset_url(assets: dict[str, Asset]) -> Callable[[str], str]:
    addresses = {plain_name: f"/assets/{asset.name}" for plain_name, asset in assets.items()}

    def asset_url(plain_name: str) -> str:
        return addresses[plain_name]

    return asset_url


def _answer(asset: Asset) -> Response:
    accepted = request.accept_encodings
    encoding = next((name for name in ("br", "gzip") if accepted[name] > 0), "identity")
    response = Response(asset.bodies[encoding], mimetype=asset.mimetype)
    if encoding != "identity":
        response.content_encoding = encoding
    response.headers["Cache-Control"] = YEAR
    response.headers["Vary"] = "Accept-Encoding"
    response.set_etag(f"{asset.name}-{encoding}")
    response.make_conditional(request)
    return response


def _texts(folder: Path, kind: str) -> list[str]:
    return [_text(path) for path in sorted(folder.glob(f"*.{kind}"))]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
