"""The set of documents that is judged: each drawn, and each signed with a key made for the run."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from app.certification.document import draw
from app.certification.facts import Facts
from app.certification.holding import stored_pdf
from app.certification.revoking import revoke
from app.certification.signing import sign
from app.kernel.db import Base, writing
from app.learning.cpd_export import Export
from app.learning.cpd_pdf import as_pdf
from app.people.tables import User
from tests.certification.awards import PASSED_AT, award_to, make_all
from tests.certification.examples import CODE, facts, standard_design
from tests.certification.keys import seal_of
from tests.learning.test_cpd_exports import WEBINAR, exported

LONGEST = "Maximiliana Konstantinopoulou-Featherstonehaugh de la Torres"
NEXT_CODE = "3F8N0JRC6B7K4MQ2XD9TPAWZ5H"
OUTCOMES = tuple(
    f"Explain the {number}th duty of a landlord, and why it is one, in plain words." for number in range(40)
)


@dataclass(frozen=True)
class Sample:
    """One file of the set. `must_equal` are the bytes that it has to have, where it has to have some."""

    name: str
    body: bytes
    signed: bool
    must_equal: bytes | None = None


def certificates() -> dict[str, Facts]:
    """What the set prints, by the name of its file."""
    return {
        "plain": facts(),
        "60-characters": facts(printed_name=LONGEST),
        "vietnamese": facts(printed_name="Nguyễn Thị Thuỳ Dương"),
        "arabic": facts(printed_name="محمد عبد الله الرشيد"),
        "arabic-and-latin": facts(printed_name="علی\u200cرضا (Ali) Osei"),
        "hebrew": facts(printed_name="אברהם בן־לוי"),
        "greek": facts(printed_name="Ελευθερία Παπαδοπούλου"),
        "cyrillic": facts(printed_name="Олександра Шевченко"),
        "long-record": facts(outcomes=OUTCOMES),
        "every-fact": facts(
            expires_on=date(2028, 11, 22), membership="Chartered Institute of Housing, 1234567"
        ),
        "replacing": facts(
            code=NEXT_CODE,
            check_url=f"https://learning.example.org/check/{NEXT_CODE}",
            printed_name="Amira Jones",
            replaces=CODE,
        ),
        "specimen": facts(specimen=True),
    }


def samples() -> Iterator[Sample]:
    """Every document of the set, unsigned and signed."""
    design, seal = standard_design(), seal_of("ours")
    for name, told in certificates().items():
        body = draw(told, design)
        yield Sample(name, body, signed=False)
        yield Sample(name, sign(body, seal, PASSED_AT, f"Certificate {told.code}"), signed=True)
    yield _withdrawn()
    for name, export in _records().items():
        body = as_pdf(export, PASSED_AT, "Example Homes Learning")
        yield Sample(name, body, signed=False)
        yield Sample(name, sign(body, seal, PASSED_AT, "CPD record"), signed=True)


def _records() -> dict[str, Export]:
    """CPD records: two entries, and two hundred in several scripts over many pages."""
    many = [
        replace(WEBINAR, title=title, outcome="I changed a letter.\nThen another one. " * (number % 9))
        for number, title in enumerate(["Damp and mould", "العربية (Arabic)", "עברית", "Tiếng Việt"] * 50)
    ]
    return {"cpd-record": exported(), "cpd-record-of-200": exported(*many, name="محمد عبد الله")}


def _withdrawn() -> Sample:
    """One that went through the database and was withdrawn: nothing may happen to its bytes."""
    with TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'conformance.sqlite'}")
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            certificate = award_to(session, _somebody(session))
            make_all(session)
            before = stored_pdf(session, code=certificate.code)
            with writing(session):
                revoke(session, certificate.code, reason="not-own-work", by_id=None, now=PASSED_AT)
            after = stored_pdf(session, code=certificate.code)
        engine.dispose()
    assert before is not None
    assert after is not None
    return Sample("withdrawn", after.body, signed=True, must_equal=before.body)


def _somebody(session: Session) -> User:
    person = User(
        full_name="Amira Osei-Bonsu",
        email="amira@example.org",
        password="not a password",
        active=True,
        fs_uniquifier="amira",
        confirmed_at=PASSED_AT,
        us_totp_secrets=None,
    )
    with writing(session):
        session.add(person)
        session.flush()
        person_id = person.id
    return session.get_one(User, person_id)
