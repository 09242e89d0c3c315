"""Asking one address over and over. The client is a bare socket, so that what is measured is the server."""

import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tests.bench.server import HOST

TIMEOUT = 30.0  # seconds for one answer; a server that takes longer ends the run
Result = TypeVar("Result")


@dataclass(frozen=True)
class Load:
    """What a run of requests came to. `seconds` holds the time of each, in no order."""

    per_second: float
    seconds: tuple[float, ...]


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that at least this share of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def ask(port: int, path: str, *, cookie: str = "", clients: int = 1, seconds: float = 1.0) -> Load:
    """Every client asks for `path` until the time is over. Raises RuntimeError where one is not a 200."""
    request = _request(port, path, cookie)
    deadline = time.perf_counter() + seconds

    def one_client() -> list[float]:
        times = []
        with socket.create_connection((HOST, port), TIMEOUT) as line:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while time.perf_counter() < deadline:
                started = time.perf_counter()
                line.sendall(request)
                _read_answer(line, path)
                times.append(time.perf_counter() - started)
        return times

    started = time.perf_counter()
    times = [each for client in at_once([one_client] * clients) for each in client]
    return Load(len(times) / (time.perf_counter() - started), tuple(times))


def at_once(tasks: Sequence[Callable[[], Result]]) -> list[Result]:
    """Runs the tasks in threads that begin together. The first error of any of them is raised at the end."""
    together = threading.Barrier(len(tasks))
    results: list[Result] = []
    errors: list[BaseException] = []

    def run(task: Callable[[], Result]) -> None:
        try:
            together.wait(TIMEOUT)
            results.append(task())
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return results


def _request(port: int, path: str, cookie: str) -> bytes:
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: {HOST}:{port}",
        *([f"Cookie: {cookie}"] if cookie else []),
        "",
        "",
    ]
    return "\r\n".join(lines).encode()


def _read_answer(line: socket.socket, path: str) -> None:
    received = line.recv(65536)
    while b"\r\n\r\n" not in received:
        more = line.recv(65536)
        if not more:
            raise RuntimeError(f"{path}: the server closed the connection")
        received += more
    head, _, body = received.partition(b"\r\n\r\n")
    if b" 200 " not in head[:20]:
        raise RuntimeError(f"{path}: {head.splitlines()[0].decode()}")
    left = _length(head) - len(body)
    while left > 0:
        more = line.recv(65536)
        if not more:
            raise RuntimeError(f"{path}: the answer broke off")
        left -= len(more)


def _length(head: bytes) -> int:
    for header in head.split(b"\r\n"):
        if header.lower().startswith(b"content-length:"):
            return int(header[15:])
    raise RuntimeError("an answer without Content-Length cannot be measured here")
