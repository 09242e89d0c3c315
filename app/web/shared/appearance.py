"""How a page looks, as the person chose it: colours and text size, in a cookie of its own.

The cookie holds two known words ("dark.large") and nothing else; anything that is not exactly that is as if
there were no cookie. The reading is pure; `register_appearance` gives templates `appearance()`.
"""

from dataclasses import dataclass

from flask import Flask, request

from app.web.shared.drafts import shown_draft

COOKIE = "appearance"
THEMES = ("system", "light", "dark")
SIZES = ("normal", "large", "larger")
LONGEST_PATH = 2000


@dataclass(frozen=True, kw_only=True)
class Appearance:
    theme: str = "system"
    size: str = "normal"
    return_path: str = "/"


def register_appearance(app: Flask) -> None:
    app.jinja_env.globals["appearance"] = present_appearance


def present_appearance() -> Appearance:
    """This request's appearance, and the path that the form comes back to."""
    theme, size = read_cookie(request.cookies.get(COOKIE, ""))
    draft = shown_draft()
    if draft and draft.look:
        theme = draft.look
    path = request.full_path.removesuffix("?") if request.method in ("GET", "HEAD") else request.path
    return Appearance(theme=theme, size=size, return_path=safe_path(path))


def read_cookie(value: str) -> tuple[str, str]:
    """Theme and size of "dark.large"; the plain appearance for anything else."""
    theme, _, size = value.partition(".")
    if theme in THEMES and size in SIZES:
        return theme, size
    return THEMES[0], SIZES[0]


def write_cookie(theme: str, size: str) -> str:
    return f"{theme}.{size}"


def safe_path(path: str) -> str:
    """The path if it can only lead back to this site, else "/".

    Browsers read a backslash as a slash and drop tabs and line ends, so a path with any of them is refused.
    """
    leads_elsewhere = not path.startswith("/") or path.startswith("//")
    hides_something = "\\" in path or any(ord(character) <= 32 or ord(character) == 127 for character in path)
    return "/" if leads_elsewhere or hides_something or len(path) > LONGEST_PATH else path
