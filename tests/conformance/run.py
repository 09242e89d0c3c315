"""`make conformance`: what veraPDF, pdfsig and pyHanko say of the PDFs that we draw and sign.

veraPDF is asked about PDF/A-3a and PDF/UA-1. Exits with 1 where any of them finds fault; no test asks it. The
files stay in build/conformance/samples.
"""

import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from tests.certification.keys import seal_of
from tests.conformance.samples import Sample, samples
from tests.conformance.tools import HOME, Missing, Tools, install

HEAD = ("document", "", "KB", "PDF/A-3a", "PDF/UA-1", "pdfsig", "pyHanko", "bytes")
TIMEOUT = 600
PASSES = "pass"


@dataclass(frozen=True)
class Verdict:
    """One line of the table; `faults` are printed under it."""

    cells: tuple[str, ...]
    faults: tuple[str, ...]


def main() -> int:
    """Write the set, ask all three, print the table."""
    try:
        tools = install()
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    folder = HOME / "samples"
    folder.mkdir(parents=True, exist_ok=True)
    certificate = folder / "issuer.pem"
    certificate.write_bytes(seal_of("ours").certificate.public_bytes(Encoding.PEM))
    files = {_write(folder, sample): sample for sample in samples()}
    judged = _ask_verapdf(tools, list(files))
    verdicts = [
        _verdict(tools, path, sample, judged[str(path)], certificate) for path, sample in files.items()
    ]
    print(_table([verdict.cells for verdict in verdicts]))
    faults = [fault for verdict in verdicts for fault in verdict.faults]
    print("\n".join(["", *faults]) if faults else f"\nNo fault in {len(verdicts)} documents.")
    return 1 if faults else 0


def _write(folder: Path, sample: Sample) -> Path:
    path = folder / f"{sample.name}{'-signed' if sample.signed else ''}.pdf"
    path.write_bytes(sample.body)
    return path


def _ask_verapdf(tools: Tools, paths: Sequence[Path]) -> dict[str, dict[str, str]]:
    """By file and flavour, "pass" or what is wrong. One machine of Java for all files."""
    command = [*tools.verapdf, *map(str, paths)]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=False)
    judged: dict[str, dict[str, str]] = defaultdict(lambda: {"3a": "no answer", "ua1": "no answer"})
    for line in answer.stdout.splitlines():
        path, flavour, verdict, *rules = line.split("\t")
        judged[path][flavour] = " ".join([verdict, *rules])
    if answer.returncode:
        print(answer.stderr, file=sys.stderr)
    return judged


def _verdict(tools: Tools, path: Path, sample: Sample, judged: dict[str, str], certificate: Path) -> Verdict:
    told = {"PDF/A-3a": judged["3a"], "PDF/UA-1": judged["ua1"]}
    if sample.signed:
        told["pdfsig"] = _ask_pdfsig(tools, path)
        told["pyHanko"] = _ask_pyhanko(tools, path, certificate)
    if sample.must_equal is not None:
        told["bytes"] = PASSES if sample.must_equal == path.read_bytes() else "changed"
    cells = (sample.name, "signed" if sample.signed else "drawn", f"{len(sample.body) / 1024:.1f}")
    wrong = [f"{path.name}: {who}: {said}" for who, said in told.items() if said != PASSES]
    short = [told.get(who, "") if told.get(who, PASSES) == PASSES else "FAILS" for who in HEAD[3:]]
    return Verdict((*cells, *short), tuple(wrong))


def _ask_pdfsig(tools: Tools, path: Path) -> str:
    said = _said([tools.pdfsig, "-nocert", str(path)])
    good = "Signature is Valid" in said and "Total document signed" in said
    return PASSES if good and said.count("Signature #") == 1 else said


def _ask_pyhanko(tools: Tools, path: Path, certificate: Path) -> str:
    trust = ["--trust", str(certificate), "--trust-replace", "--no-revocation-check"]
    said = _said([tools.pyhanko, "sign", "validate", *trust, "--pretty-print", str(path)])
    return PASSES if "The signature is judged VALID" in said else said


def _said(command: list[str]) -> str:
    answer = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=False)
    return f"{answer.stdout}\n{answer.stderr}".strip()


def _table(lines: Sequence[tuple[str, ...]]) -> str:
    widths = [max(len(line[column]) for line in (HEAD, *lines)) for column in range(len(HEAD))]
    padded = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        for line in (HEAD, *lines)
    ]
    return "\n".join(line.rstrip() for line in padded)


if __name__ == "__main__":
    sys.exit(main())
