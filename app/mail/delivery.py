"""The loop that sends letters: woken by a commit that queued one, and once a minute in any case."""

import logging
import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection, event
from sqlalchemy.orm import Session, SessionTransaction, scoped_session, sessionmaker

from app.kernel.clock import Clock
from app.kernel.db import writing
from app.mail.claiming import take_back_claims
from app.mail.composing import Attachment
from app.mail.outbox import QUEUED
from app.mail.sending import FindAttachment, Sessions, deliver_due
from app.mail.transport import Transport

__all__ = ["DeliveryLoop", "deliver_due", "wake_after_commit"]

SWEEP = 60.0  # seconds between rounds that nobody asked for
SETTLE = 0.25  # seconds from being woken to the round: whoever is handing in now gets their answers first
GOODBYE = 5.0  # seconds that stop() waits for a message that is on its way

Prepare = Callable[[Session], object]
Result = TypeVar("Result")

logger = logging.getLogger(__name__)


class DeliveryLoop:
    """A thread that sends letters for as long as the process lives.

    Each `prepare` is called before each round, with a session of its own; it owns its transactions. `alone`
    says that no other process sends from this outbox: claims found at the start belong to one that died.
    """

    def __init__(
        self,
        sessions: Sessions,
        transport: Transport,
        *,
        attachment: FindAttachment,
        clock: Clock,
        prepare: Sequence[Prepare] = (),
        alone: bool = False,
        sweep: float = SWEEP,
    ) -> None:
        self._sessions, self._transport = sessions, transport
        self._attachment, self._clock = attachment, clock
        self._prepare, self._alone, self._sweep = tuple(prepare), alone, sweep
        self._woken, self._stopped = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self.run, name="letters", daemon=True)

    def start(self) -> None:
        """Begins, in a thread of its own."""
        self._thread.start()

    def wake(self) -> None:
        """Asks for a round now."""
        self._woken.set()

    def stop(self, patience: float = GOODBYE) -> None:
        """Ends after the letter that is on its way, or after `patience` seconds without it."""
        self._stopped.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(patience)

    def run(self) -> None:
        """Rounds until stop(). An error is logged and the next round comes."""
        if self._alone:
            self._attempt(self._take_back, None)
        while not self._stopped.is_set():
            self._woken.clear()
            self.once()
            if self._woken.wait(self._sweep):
                self._stopped.wait(SETTLE)

    def once(self) -> int:
        """One round: everything is prepared, and what is due is sent. Returns how many letters were taken."""
        self._prepare_all()
        return self._attempt(self._deliver_due, 0)

    def _prepare_all(self) -> None:
        for prepare in self._prepare:
            self._attempt(partial(self._with_session, prepare), None)

    def _take_back(self) -> None:
        with self._sessions() as session, writing(session):
            take_back_claims(session, self._clock())

    def _with_session(self, prepare: Prepare) -> None:
        with self._sessions() as session:
            prepare(session)

    def _deliver_due(self) -> int:
        return deliver_due(
            self._sessions,
            self._transport,
            attachment=self._find_attachment,
            clock=self._clock,
            stopping=self._stopped.is_set,
        )

    def _find_attachment(self, session: Session, name: str) -> Attachment | None:
        found = self._attachment(session, name)
        if found is None:
            # The letter was queued after this round had prepared: without this it would wait for a minute.
            session.rollback()
            self._prepare_all()
            found = self._attachment(session, name)
        return found

    def _attempt(self, step: Callable[[], Result], otherwise: Result) -> Result:
        try:
            return step()
        except Exception:
            logger.exception("A round of letters met an error. The next one comes within %d s.", self._sweep)
            return otherwise


def wake_after_commit(
    sessions: type[Session] | sessionmaker[Session] | scoped_session[Any], loop: DeliveryLoop
) -> None:
    """Wakes the loop whenever one of these sessions has committed a new letter."""

    @event.listens_for(sessions, "after_commit")
    def _wake(session: Session) -> None:
        if session.in_nested_transaction():
            return
        if session.info.get(QUEUED):
            loop.wake()

    # The mark stays until the next transaction: of several apps in one process, each has a loop to wake.
    @event.listens_for(sessions, "after_begin")
    def _forget(session: Session, transaction: SessionTransaction, _connection: Connection) -> None:
        if not transaction.nested:
            session.info.pop(QUEUED, None)
