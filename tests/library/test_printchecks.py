"""What every certificate prints has to be printable, or none could be made once somebody has passed."""

import re

from app.library.checked import check
from app.library.folders import SITE, read_folders
from tests.library.drafts import GOOD, good_files

SHEET = "content/good-course/course.yml"


def sentences(kind: str, files: dict[str, bytes]) -> list[tuple[int, str]]:
    return [(each.line, each.sentence) for each in check(kind, files).problems if each.level == "error"]


def test_a_title_or_outcome_that_cannot_be_printed_is_an_error_at_its_line() -> None:
    files = good_files()
    text = files[SHEET].decode()
    files[SHEET] = text.replace("title: A good course", "title: A 門 course", 1).encode()
    ((line, said),) = sentences("course", files)
    assert text.split("\n")[line - 1].startswith("title:")
    assert said.startswith("Certificates cannot print 門. They can print Latin, ")


def test_words_in_the_scripts_that_we_have_are_none() -> None:
    files = good_files()
    text = files[SHEET].decode()
    for title in ("Étude à Łódź", "Стая", "فاطمة", "שלום", "Nguyễn"):
        files[SHEET] = text.replace("title: A good course", f"title: {title}", 1).encode()
        assert sentences("course", files) == []


def test_the_issuer_can_be_printed() -> None:
    files = read_folders(GOOD)[SITE]
    path = "content/site.yml"
    assert sentences("site", files) == []
    files[path] = re.sub(rb"(issuer:\s*\{?\s*name: )", "\\1\U0001f600 ".encode(), files[path])
    assert "In issuer: Certificates cannot print \U0001f600." in str(sentences("site", files))
