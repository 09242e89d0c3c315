"""Joining: layer order decides, comments go, and behaviours cannot meet each other's names."""

import pytest

from app.web.shared.joining import LAYERS, join_scripts, join_sheets


def test_layers_come_in_their_order_of_authority_whatever_order_they_are_given_in() -> None:
    joined = join_sheets({"print": ["c{}"], "reset": ["a{}"], "components": ["b{}"]})
    assert joined.splitlines()[0] == "@layer reset, tokens, base, components, pages, print;"
    assert joined.index("a{}") < joined.index("b{}") < joined.index("c{}")


def test_each_sheet_stands_inside_its_layer() -> None:
    assert join_sheets({"base": ["p { color: red; }", "a { color: blue; }"]}) == (
        f"@layer {', '.join(LAYERS)};\n@layer base {{\np {{ color: red; }}\na {{ color: blue; }}\n}}\n"
    )


def test_a_layer_nobody_named_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="No such layer: component"):
        join_sheets({"component": [".a{}"]})


def test_comments_indents_and_empty_lines_are_left_out() -> None:
    joined = join_sheets({"base": ["/* why\n   so */\np {\n    margin: 0;\n\n}\n"]})
    assert joined.splitlines()[2:-1] == ["p {", "margin: 0;", "}"]


def test_scripts_that_use_one_name_each_get_a_block() -> None:
    assert join_scripts(["const a = 1;\n", "const a = 2;"]) == "{\nconst a = 1;\n}\n{\nconst a = 2;\n}\n"
