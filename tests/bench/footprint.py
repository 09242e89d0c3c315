"""What drawing a certificate costs, and what one idle process takes."""

import time
from statistics import median

from sqlalchemy import select

from app.certification.design import read_design
from app.certification.document import draw
from app.certification.facts import Facts
from app.certification.tables import Certificate
from app.web.shared.context import db, running_in
from tests.bench.pages import LESSON
from tests.bench.product import Product
from tests.bench.report import Row
from tests.bench.visitor import Visitor

DRAWINGS = 60
STARTS = 3


def certificate_row(product: Product) -> Row:
    """Draws a certificate that was awarded in this run, over and over: CPU time, in this process."""
    with product.app.app_context():
        awarded = db.session.scalars(select(Certificate).limit(1)).one()
        files = running_in(product.app).shelf.design_at(db.session(), awarded.design_revision_id)
        facts = Facts.from_json(awarded.facts)
        db.session.remove()
    design, _problems = read_design(files)
    assert design is not None
    times = []
    for _ in range(DRAWINGS + 5):
        started = time.process_time()
        body = draw(facts, design)
        times.append(time.process_time() - started)
    milliseconds, size = median(times[5:]) * 1000, len(body) / 1024
    return Row(
        what="certificate: draw, size",
        product=f"{milliseconds:.1f} ms CPU, {size:.1f} KB",
        budget="<= 10 ms CPU, <= 40 KB",
        holds=milliseconds <= 10 and size <= 40,
    )


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
