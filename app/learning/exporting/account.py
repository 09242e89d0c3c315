"""The account itself, its letters, what was done with it as an editor, and answers opened as one."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Row, Select, literal, select, union_all
from sqlalchemy.orm import joinedload

from app.kernel.db import Base
from app.learning.exporting.kinds import Kind, Record, Whose
from app.learning.tables import KeyOpening, KeyWaiver
from app.mail.tables import Letter, LetterEvent
from app.people.tables import AdminLink, SignInCode, User


def _account(whose: Whose) -> Iterator[Record]:
    query = select(User).options(joinedload(User.roles)).where(User.id == whose.person_id)
    person = whose.session.scalars(query).unique().one()
    code = whose.session.get(SignInCode, person.id)
    link = select(AdminLink.used_at).where(AdminLink.used_by_id == person.id)
    yield {
        "name": person.full_name,
        "email": person.email,
        "made_at": person.create_datetime,
        "registered_at": person.registered_at,
        "confirmed_at": person.confirmed_at,
        "roles": sorted(role.name for role in person.roles),
        "has_password": person.password is not None,
        "sign_in_code_until": code.expires_at if code else None,
        "made_administrator_at": whose.session.scalar(link),
    }


def _letters(whose: Whose) -> Iterator[Record]:
    mine = select(Letter).where(Letter.person_id == whose.person_id).order_by(Letter.id)
    logged = (
        select(LetterEvent.letter_id, LetterEvent.kind, LetterEvent.happened_at)
        .join(Letter, Letter.id == LetterEvent.letter_id)
        .where(Letter.person_id == whose.person_id)
        .order_by(LetterEvent.id)
    )
    events = whose.session.execute(logged).all()
    for letter in whose.session.scalars(mine):
        yield {
            "subject": letter.subject,
            "to": letter.recipient,
            "queued_at": letter.queued_at,
            "sent_at": letter.sent_at,
            "text": letter.text,
            "log": [
                {"event": event.kind, "happened_at": event.happened_at}
                for event in events
                if event.letter_id == letter.id
            ],
        }


def _editing(whose: Whose) -> Iterator[Record]:
    for row in whose.session.execute(_made_by(whose.person_id)):
        yield {"source": row.slug, "deed": row.deed, "message": row.message, "happened_at": row.happened_at}


def _made_by(person_id: int) -> Select[str, str, str, object]:
    """What they saved, published and asked for. Sources are another room's: only their tables are read."""
    tables = Base.metadata.tables
    source, revision = tables["source"], tables["revision"]
    publication, request = tables["publication"], tables["approval_request"]

    def deeds(deed: str, moment: ColumnElement[object], by: ColumnElement[object]) -> Select[Row[object]]:
        found = select(source.c.slug, literal(deed).label("deed"), revision.c.message)
        return found.add_columns(moment.label("happened_at")).where(by == person_id)

    of_revision = revision.c.source_id == source.c.id
    saved = deeds("saved", revision.c.made_at, revision.c.made_by_id).where(of_revision)
    published = deeds("published", publication.c.published_at, publication.c.published_by_id).where(
        of_revision, publication.c.revision_id == revision.c.id
    )
    asked = deeds("asked for approval", request.c.asked_at, request.c.asked_by_id).where(
        of_revision, request.c.revision_id == revision.c.id
    )
    every = union_all(saved, published, asked).subquery()
    return select(every).order_by(every.c.happened_at)


def _keys(whose: Whose) -> Iterator[Record]:
    for opening in whose.session.scalars(
        select(KeyOpening).filter_by(person_id=whose.person_id).order_by(KeyOpening.id)
    ):
        yield {
            "course_title": whose.words.title(opening.course),
            "what": "answers opened",
            "edition": opening.edition,
            "questions": len(opening.questions),
            "reason": "",
            "happened_at": opening.opened_at,
        }
    for waiver in whose.session.scalars(
        select(KeyWaiver).filter_by(person_id=whose.person_id).order_by(KeyWaiver.id)
    ):
        yield {
            "course_title": whose.words.title(waiver.course),
            "what": "waived by a second person",
            "edition": waiver.edition,
            "questions": None,
            "reason": waiver.reason,
            "happened_at": waiver.waived_at,
        }


ACCOUNT = Kind(
    name="account",
    title="Your account",
    about="How you sign in. Your password is kept scrambled, so nobody can tell it, and it is not in here.",
    fields={
        "name": "how we call you",
        "email": "your address",
        "made_at": "when the account was made",
        "registered_at": "when you last sent the registration form; empty where somebody added you",
        "confirmed_at": "when you showed that the address is yours",
        "roles": "what you may do beyond learning",
        "has_password": "whether you have set a password",
        "sign_in_code_until": "until when a code that was sent to you can be used, if one waits",
        "made_administrator_at": "when a one-time link made you an administrator, if one did",
    },
    read=_account,
)
LETTERS = Kind(
    name="letters",
    title="Letters that we sent you",
    about="Links and codes in them have stopped working, or soon will.",
    fields={
        "subject": "its subject",
        "to": "the address that it went to",
        "queued_at": "when it was written",
        "sent_at": "when your mail server took it; empty where it has not",
        "text": "all that it says",
        "log": "what became of it",
        "log.event": "queued, tried, sent, given up, or queued again",
        "log.happened_at": "when",
    },
    read=_letters,
)
EDITING = Kind(
    name="editing",
    title="What you did as an editor",
    about="The texts themselves belong to the courses, and are not repeated here.",
    fields={
        "source": "the course or design, by the name in its address",
        "deed": "saved, published, or asked for approval",
        "message": "what was noted with it",
        "happened_at": "when",
    },
    read=_editing,
    flat=True,
)
KEYS = Kind(
    name="answers-opened",
    title="Answers of tests that you opened as an editor",
    about="Whoever has seen a test's answers is not certified by it, unless a second person waives that.",
    fields={
        "course_title": "the course",
        "what": "answers opened, or waived by a second person",
        "edition": "the edition that was live, or that was waived",
        "questions": "how many questions were in sight",
        "reason": "the second person's reason",
        "happened_at": "when",
    },
    read=_keys,
    flat=True,
)
