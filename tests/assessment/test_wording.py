import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessment.wording import in_words, inline, listed


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("plain", "plain"),
        ("*two* of **three**", "<em>two</em> of <strong>three</strong>"),
        ("`rota`", "<code>rota</code>"),
        ("a < b & c", "a &lt; b &amp; c"),
        ("<b>Ann</b>", "&lt;b&gt;Ann&lt;/b&gt;"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("[here](javascript:alert(1))", "[here](javascript:alert(1))"),
        ("![x](http://example.org/x.png)", "![x](http://example.org/x.png)"),
        ("# not a heading", "# not a heading"),
        ("1. not a list", "1. not a list"),
        ("> not a quote", "&gt; not a quote"),
        ("one\n\ntwo", "one two"),
    ],
)
def test_only_emphasis_strong_and_code_are_markup(typed, shown):
    assert inline(typed) == shown


@given(st.text(alphabet=st.sampled_from("<>&\"'()[]!*_`/scriptjavx:=onerr \n#"), max_size=80))
def test_nothing_typed_becomes_another_element(typed):
    bare = inline(typed)
    for tag in ("em", "strong", "code"):
        bare = bare.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    assert "<" not in bare


def test_lists_and_counts_read_as_sentences():
    assert [listed(("a", "b", "c")[:size]) for size in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert [in_words(number) for number in (0, 2, 10, 11, -1)] == ["no", "two", "ten", "11", "-1"]
