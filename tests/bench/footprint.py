"""What drawing and signing a certificate costs, and what one idle process takes."""

import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median

from sqlalchemy import select

from app.certification.design import read_design
from app.certification.document import draw
from app.certification.facts import Facts
from app.certification.seals import Seal, new_key, own_certificate, read_key
from app.certification.signing import sign
from app.certification.tables import Certificate
from app.kernel.codes import new_code
from app.web.shared.context import db, running_in
from tests.bench.pages import LESSON
from tests.bench.product import Product
from tests.bench.report import Row
from tests.bench.visitor import Visitor

DRAWINGS = 60
NAMES = (
    "Amira",
    "Bartholomew",
    "Csilla",
    "Dafydd",
    "Eilidh",
    "Fatoumata",
    "Grzegorz",
    "Huong",
    "Ifeoma",
    "Jo",
)
STARTS = 3


def certificate_rows(product: Product) -> list[Row]:
    """Draws and signs a certificate that was awarded in this run, over and over, in this process."""
    with product.app.app_context():
        awarded = db.session.scalars(select(Certificate).limit(1)).one()
        files = running_in(product.app).shelf.design_at(db.session(), awarded.design_revision_id)
        facts = Facts.from_json(awarded.facts)
        db.session.remove()
    design, _problems = read_design(files)
    assert design is not None
    key = read_key(new_key())
    seal = Seal(key=key, certificate=own_certificate(key, facts.issuer, facts.completed_at))
    body = draw(facts, design)
    drawing = _middle_time(lambda other: draw(other, design), facts)
    signing = _middle_time(
        lambda other: sign(body, seal, other.completed_at, f"Certificate {other.code}"), facts
    )
    signed = sign(body, seal, facts.completed_at, f"Certificate {facts.code}")
    size = len(signed) / 1024
    return [
        Row(
            what="certificate with its record: draw",
            product=f"{drawing:.1f} ms CPU, {len(body) / 1024:.1f} KB",
            budget="<= 10 ms CPU",
            holds=drawing <= 10,
        ),
        Row(
            what="certificate with its record: sign",
            product=f"{signing:.1f} ms CPU, {size:.1f} KB",
            budget="<= 15 ms CPU, <= 48 KB",
            holds=signing <= 15 and size <= 48,
        ),
    ]


def _middle_time(make: Callable[[Facts], bytes], facts: Facts) -> float:
    """The middle one of many times, in milliseconds of CPU, each for a certificate of somebody else."""
    times = []
    for number in range(DRAWINGS + 5):
        code = new_code()
        other = replace(
            facts,
            code=code,
            check_url=facts.check_url.replace(facts.code, code),
            printed_name=f"{NAMES[number % len(NAMES)]} {NAMES[number % 7]}",
        )
        started = time.process_time()
        make(other)
        times.append(time.process_time() - started)
    return median(times[5:]) * 1000


def idle_row(product: Product) -> Row:
    """Starts the server anew a few times: how soon it is ready, and what it holds once a lesson was read."""
    ready, memory = [], []
    for _ in range(STARTS):
        product.server.stop()
        product.server.start()
        visitor = Visitor(product.server.port)
        visitor.get(LESSON)
        visitor.close()
        time.sleep(1)
        ready.append(product.server.seconds_to_ready)
        memory.append(product.server.pss_megabytes())
    return Row(
        what="one process, idle, courses loaded (with its parent)",
        product=f"{median(memory):.0f} MB PSS, ready in {median(ready):.1f} s",
        budget="<= 200 MB, <= 3 s",
        holds=median(memory) <= 200 and median(ready) <= 3,
    )
