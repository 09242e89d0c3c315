"""The appearance cookie and the path back: only what we know, only to ourselves."""

import pytest

from app.web.shared.appearance import SIZES, THEMES, read_cookie, safe_path, write_cookie


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES)
def test_what_is_written_reads_back(theme: str, size: str) -> None:
    assert read_cookie(write_cookie(theme, size)) == (theme, size)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "dark",
        "dark.",
        ".large",
        "dark.huge",
        "DARK.large",
        "dark.large.x",
        " dark.large",
        'dark."><script>',
        "a" * 9999,
    ],
)
def test_anything_else_is_as_if_there_were_no_cookie(value: str) -> None:
    assert read_cookie(value) == ("system", "normal")


@pytest.mark.parametrize(
    "path", ["/", "/courses/co-production/what-it-is", "/check?code=7K4M&again=1", "/caf%C3%A9"]
)
def test_a_path_of_ours_is_kept(path: str) -> None:
    assert safe_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "courses",
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/a\r\nSet-Cookie: x=1",
        "/a\x00b",
        " /courses",
        "javascript:alert(1)",
        "/" + "a" * 3000,
    ],
)
def test_a_path_that_might_lead_elsewhere_becomes_the_first_page(path: str) -> None:
    assert safe_path(path) == "/"
