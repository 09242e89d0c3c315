"""The instruments themselves: the parts that could mislead without anybody noticing."""

import socket
import threading

import pytest

from tests.bench.load import at_once, percentile
from tests.bench.report import Row, table
from tests.bench.server import HOST
from tests.bench.visitor import Answer, Visitor


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([5.0], 0.99, 5.0),
        ([1.0, 2.0, 3.0, 4.0], 0.5, 2.0),
        (list(range(1, 101)), 0.99, 99),
        (list(range(1, 9)), 0.99, 8),
        ([3.0, 1.0, 2.0], 1.0, 3.0),
        ([3.0, 1.0, 2.0], 0.0, 1.0),
    ],
)
def test_a_percentile_is_a_value_that_was_measured(
    values: list[float], share: float, expected: float
) -> None:
    assert percentile(values, share) == expected


def test_what_fails_in_one_of_many_at_once_is_raised() -> None:
    def fail() -> int:
        raise RuntimeError("500 Internal Server Error")

    with pytest.raises(RuntimeError, match="500"):
        at_once([lambda: 1, fail, lambda: 2])


def test_a_form_is_sent_as_a_browser_would_send_it() -> None:
    page = """<form method="get" action="/other"></form>
    <form method="post" action="/attempts/X/questions/1">
    <input type="hidden" name="csrf_token" value="t"><input type="text" name="printed_name" value="Amira">
    <input type="radio" name="answer" value="a"><input type="radio" name="answer" value="b" checked>
    <select name="answer-row"><option value="">Choose</option><option value="x" selected>X</option></select>
    <input type="submit" name="go" value="Next"></form><input name="outside" value="no">"""
    form = Answer(200, "", page.encode(), 0.0, {}).form("/questions/1")
    assert form.fields == {
        "csrf_token": ["t"],
        "printed_name": ["Amira"],
        "answer": ["b"],
        "answer-row": ["x"],
    }
    assert form.choices == {"answer": ["a", "b"], "answer-row": ["", "x"]}


def test_a_visitor_keeps_cookies_and_names_where_a_redirect_leads() -> None:
    heard: list[bytes] = []
    answers = [
        b"HTTP/1.1 303 See Other\r\nLocation: http://a/next?a=1\r\nSet-Cookie: session=abc; Path=/\r\n",
        b"HTTP/1.1 200 OK\r\n",
    ]

    def serve(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            for answer in answers:
                heard.append(connection.recv(65536))
                connection.sendall(answer + b"Content-Length: 0\r\n\r\n")

    with socket.create_server((HOST, 0)) as server:
        thread = threading.Thread(target=serve, args=(server,))
        thread.start()
        with Visitor(server.getsockname()[1]) as visitor:
            assert visitor.get("/first").location == "/next?a=1"
            visitor.get("/next?a=1")
        thread.join(5)
    assert b"Cookie" not in heard[0]
    assert b"Cookie: session=abc\r\n" in heard[1]


def test_the_table_says_which_budgets_hold() -> None:
    rows = [
        Row(what="a", product="1", holds=True),
        Row(what="b", product="2", holds=False),
        Row(what="c", product="3"),
    ]
    assert [line.split()[-1] for line in table(rows).splitlines()[2:]] == ["holds", "MISSES", "3"]
