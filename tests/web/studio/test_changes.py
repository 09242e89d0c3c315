"""What changed, as it is shown: in words and marks, folded, and inert whatever it holds."""

from flask import Flask, render_template_string

from app.web.studio.changes import ONLY_SPACES, Changes, rows

PAGE = '{% from "components/staff/diff.html" import diff %}{{ diff(changes) }}'
PATH = "content/x/10-a.md"


def shown(app: Flask, changes: Changes) -> str:
    with app.test_request_context():
        return render_template_string(PAGE, changes=changes)


def texts(before: str, after: str) -> Changes:
    return rows({PATH: before.encode()}, {PATH: after.encode()})


def test_what_was_added_and_taken_out_is_said_in_words_and_marks(app: Flask) -> None:
    html = shown(app, texts("Ask them on Monday.\n", "Ask them on Friday.\n\nThen wait.\n"))
    assert "±" in html
    assert '<del><span class="hidden"> taken out: </span>Monday<' in html
    assert '<ins><span class="hidden"> added: </span>Friday<' in html
    assert '<span class="hidden">Added: </span><ins>Then wait.</ins>' in html


def test_a_lesson_is_called_by_its_title_and_a_moved_one_says_where_it_was() -> None:
    body = b"---\ntitle: 'In the room'\n---\n"
    (file,) = rows({"content/x/10-a.md": body}, {"content/x/20-a.md": body}).files
    assert (file.name, file.said) == ("In the room", "Moved: it was content/x/10-a.md")


def test_scripts_in_words_titles_and_names_are_printed_as_words(app: Flask) -> None:
    script = "<script>alert(1)</script>"
    before = {f"content/x/{script}.md": b"a", PATH: b"---\ntitle: x\n---\nWords of ours."}
    after = {PATH: f"---\ntitle: {script}\n---\n## {script}\n\nWords of {script} ours.".encode()}
    html = shown(app, rows(before, after))
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 4


def test_what_cannot_be_seen_has_a_mark(app: Flask) -> None:
    html = shown(app, texts("a", "\x00\x1b[31m \u202eturned \ufeff\ufffe\u200b"))
    assert not set("\x00\x1b\u202e\ufeff\ufffe\u200b") & set(html)
    assert "\ufffd" in html


def test_spaces_alone_are_told_apart() -> None:
    (file,) = texts("One.\n", "One.  \n").files
    assert file.note == ONLY_SPACES
    (file,) = texts("- a: one\n", "  - a: one\n").files
    assert [piece.text for piece in file.passages[0].lines[0].pieces] == ["··", "- a: one"]


def test_a_long_line_keeps_only_what_is_near_its_change() -> None:
    words = " ".join(f"word{number}" for number in range(2000))
    (file,) = texts(words, words.replace("word1000 ", "other ")).files
    pieces = file.passages[0].lines[0].pieces
    assert [piece.kind for piece in pieces] == ["same", "removed", "added", "same"]
    assert all(len(piece.text) < 300 for piece in pieces)


def test_pictures_are_shown_before_and_after_by_name_and_size(app: Flask) -> None:
    path = "content/x/images/a.png"
    html = shown(app, rows({path: b"\x89PNG" * 500}, {path: b"\x89PNG"}))
    assert "Before: a.png, 2 KB" in html
    assert "Now: a.png, 4 bytes" in html
    assert html.count('<img src="/studio/pictures/') == 2


def test_a_picture_that_is_none_is_not_opened(app: Flask) -> None:
    html = shown(app, rows({}, {"content/x/images/a.html": b"<script>alert(1)</script>"}))
    assert "<img" not in html


def test_a_file_that_was_removed_for_good_says_so() -> None:
    (file,) = rows({PATH: None}, {PATH: b"New."}).files
    assert file.note == "One of the two has been removed for good and cannot be shown."
