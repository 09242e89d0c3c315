"""What is made of Lighthouse's report: the parts that could mislead without anybody noticing."""

from typing import Any

import pytest

from tests.bench.lighthouse import held_row, page_row, read_report


def report(
    performance: float | None = 1.0,
    accessibility: float = 1.0,
    practices: float = 1.0,
    *,
    lcp: float = 900.0,
    contrast: float | None = 1,
) -> dict[str, Any]:
    """A report with two audits of accessibility, one of which counts for nothing."""
    audits = [{"id": "color-contrast", "weight": 7}, {"id": "focus-traps", "weight": 0}]
    return {
        "categories": {
            "performance": {"score": performance, "auditRefs": []},
            "accessibility": {"score": accessibility, "auditRefs": audits},
            "best-practices": {"score": practices, "auditRefs": []},
        },
        "audits": {
            "largest-contentful-paint": {"numericValue": lcp},
            "color-contrast": {"score": contrast},
            "focus-traps": {"score": 0},
        },
    }


@pytest.mark.parametrize(
    ("performance", "accessibility", "practices", "holds"),
    [(1, 1, 1, True), (0.95, 1, 1, True), (0.94, 1, 1, False), (1, 0.99, 1, False), (1, 1, 0.96, False)],
)
def test_a_page_must_reach_every_score(
    performance: float, accessibility: float, practices: float, holds: bool
) -> None:
    assert page_row("front", read_report(report(performance, accessibility, practices))).holds is holds


def test_what_costs_a_point_is_named_and_what_costs_nothing_is_not() -> None:
    assert page_row("front", read_report(report(contrast=0))).floor == "color-contrast"
    assert page_row("front", read_report(report(contrast=None))).floor == ""


def test_a_page_that_was_not_measured_is_no_score() -> None:
    with pytest.raises(RuntimeError, match="no score"):
        read_report(report(None))
    with pytest.raises(RuntimeError, match="NO_FCP"):
        read_report({**report(), "runtimeError": {"message": "NO_FCP"}})


@pytest.mark.parametrize(("lcp", "holds"), [(1799, True), (1800, False)])
def test_the_slow_line_has_its_goal(lcp: float, holds: bool) -> None:
    assert held_row(read_report(report(lcp=lcp))).holds is holds
