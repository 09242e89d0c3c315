"""Every letter says whose it is, or is not kept: else it would outlive the account of whoever it is about."""

import ast

from tests.house.source import modules


def test_every_letter_that_is_queued_is_somebodys_or_fleeting() -> None:
    calls = [
        (f"{module}:{node.lineno}", {keyword.arg for keyword in node.keywords})
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "queue"
    ]
    assert len(calls) > 3
    assert [place for place, given in calls if not given & {"person_id", "fleeting"}] == []
