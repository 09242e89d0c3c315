"""The delivery loop of one process: the day's jobs, certificates drawn and signed, then letters with them."""

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from app.certification.design import Design, read_design
from app.certification.holding import stored_pdf
from app.certification.making import make_pending
from app.certification.signers import Signing
from app.daily import daily_jobs, run_due
from app.kernel.clock import Clock
from app.kernel.errors import NotFound
from app.library.shelf import Shelf
from app.mail.composing import Attachment
from app.mail.delivery import DeliveryLoop
from app.mail.transport import Transport, transport_for
from app.settings import Settings


def delivery_loop(
    engine: Engine,
    settings: Settings,
    shelf: Shelf,
    signing: Signing,
    clock: Clock,
    *,
    transport: Transport | None = None,
) -> DeliveryLoop:
    """A loop that has not begun. `transport` replaces the one that the settings name."""

    def design_at(session: Session, revision_id: int) -> Design:
        design, _problems = read_design(shelf.design_at(session, revision_id))
        if design is None:
            raise NotFound("This design cannot be read.")
        return design

    jobs = daily_jobs(settings, shelf)
    return DeliveryLoop(
        sessionmaker(engine, expire_on_commit=False),
        transport or transport_for(settings),
        attachment=find_attachment,
        clock=clock,
        prepare=[
            lambda session: run_due(session, jobs, clock(), settings.time_zone),
            lambda session: make_pending(session, design_at, signing.seal, clock()),
        ],
        alone=settings.embedded,
    )


def find_attachment(session: Session, name: str) -> Attachment | None:
    """What a letter names ("certificate:<code>"), or None while it is still being made."""
    kind, _, code = name.partition(":")
    pdf = stored_pdf(session, code=code) if kind == "certificate" else None
    if pdf is None:
        return None
    return Attachment(filename=pdf.file_name, media_type="application/pdf", content=pdf.body)
