"""Starting and ending the servers that are measured or killed: on 127.0.0.1 alone, in temporary folders."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
READY_WITHIN = 60.0  # seconds; machines that test are busy
HOST = "127.0.0.1"


@dataclass
class Server:
    """A server process in a session of its own, so that it can be ended with its children."""

    command: Sequence[str]
    environment: Mapping[str, str]
    port: int
    log: Path
    ready_path: str = "/readyz"
    process: subprocess.Popen[bytes] | None = None
    seconds_to_ready: float = 0.0

    def start(self) -> "Server":
        """Starts it and waits until it answers. Raises RuntimeError with its log where it does not."""
        started = time.perf_counter()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env={**_plain_environment(), **self.environment},
                cwd=ROOT,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        while not self._answers():
            if self.process.poll() is not None or time.perf_counter() - started > READY_WITHIN:
                self.kill()
                raise RuntimeError(f"{self.command[0]} did not start:\n{self.log.read_text()[-4000:]}")
            time.sleep(0.02)
        self.seconds_to_ready = time.perf_counter() - started
        return self

    def kill(self) -> None:
        """kill -9 for the whole process group: nothing gets a chance to tidy up."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """An orderly end, by force after ten seconds."""
        self._end(signal.SIGTERM)

    def __enter__(self) -> "Server":
        return self.start()

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.stop()

    def pss_megabytes(self) -> float:
        """Proportional memory of the process and its children."""
        assert self.process is not None
        group = os.getpgid(self.process.pid)
        return sum(_pss_kilobytes(pid) for pid in _processes_of(group)) / 1024

    def cpu_seconds(self) -> float:
        """What the process and its children have computed so far. Other work on the machine is not in it."""
        assert self.process is not None
        group = os.getpgid(self.process.pid)
        return sum(_cpu_nanoseconds(pid) for pid in _processes_of(group)) / 1e9

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, how)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
        self.process = None

    def _answers(self) -> bool:
        connection = HTTPConnection(HOST, self.port, timeout=5)
        try:
            connection.request("GET", self.ready_path)
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()


def rung(folder: Path, *, database_url: str = "", sources: Path = ROOT, **settings: str) -> Server:
    """The product as an operator starts it: `rung serve`, with its data in `folder`."""
    port = free_port()
    environment = {
        "RUNG_DATA": str(folder / "data"),
        "RUNG_SOURCES": str(sources),
        "RUNG_HOST": HOST,
        "RUNG_PORT": str(port),
        "RUNG_BASE_URL": f"http://{HOST}:{port}",
        "RUNG_THREADS": "8",
        **({"RUNG_DATABASE_URL": database_url} if database_url else {}),
        **settings,
    }
    return Server([str(BIN / "rung"), "serve"], environment, port, folder / "rung.log")


GUNICORN = ["--no-control-socket", "--log-level", "warning", "--worker-class", "gthread", "--threads", "8"]


def floor(folder: Path, *, database_url: str, guest_page: Path, people: int) -> Server:
    """The floor under the same kind of server: one process, eight threads. Its tables are made here."""
    port = free_port()
    environment = {"FLOOR_DATABASE_URL": database_url, "FLOOR_GUEST_PAGE": str(guest_page)}
    # In a process of its own: the product's database hooks must not reach it.
    fill = [sys.executable, "-m", "tests.bench.floor", str(people)]
    subprocess.run(fill, env={**_plain_environment(), **environment}, cwd=ROOT, check=True, timeout=60)
    command = [
        str(BIN / "gunicorn"),
        *GUNICORN,
        "--bind",
        f"{HOST}:{port}",
        "tests.bench.floor:create_floor()",
    ]
    return Server(command, environment, port, folder / "floor.log", ready_path="/hello")


def free_port() -> int:
    """A port that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _plain_environment() -> dict[str, str]:
    """This process's environment without settings of the product that may stand in it."""
    return {name: value for name, value in os.environ.items() if not name.startswith("RUNG_")}


def _processes_of(group: int) -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(ProcessLookupError):
                if os.getpgid(int(entry.name)) == group:
                    yield int(entry.name)


def _cpu_nanoseconds(pid: int) -> int:
    total = 0
    for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        with contextlib.suppress(OSError):
            total += int(task.read_text().split()[0])
    return total


def _pss_kilobytes(pid: int) -> int:
    try:
        found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) if found else 0
