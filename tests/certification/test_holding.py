import pytest
from sqlalchemy.orm import Session

from app.certification.holding import held, show_name
from app.certification.revoking import revoke
from app.certification.verification import verdict
from app.kernel.db import writing
from app.kernel.errors import NotFound
from tests.cast import Cast
from tests.certification.awards import PASSED_AT, award_to, make_all

TODAY = PASSED_AT.date()


def test_the_holder_sees_when_the_pdf_is_there_and_when_it_is_withdrawn(session: Session, cast: Cast):
    code = award_to(session, cast.amira).code
    mine = held(session, person_id=cast.amira.id, code=code)
    assert (mine.made, mine.withdrawn) == (False, False)
    make_all(session)
    with writing(session):
        revoke(session, code, reason="other", by_id=None, now=PASSED_AT)
    mine = held(session, person_id=cast.amira.id, code=code)
    assert (mine.made, mine.withdrawn) == (True, True)


def test_somebody_elses_certificate_looks_like_none(session: Session, cast: Cast):
    code = award_to(session, cast.amira).code
    make_all(session)
    with pytest.raises(NotFound):
        held(session, person_id=cast.ben.id, code=code)
    with pytest.raises(NotFound), writing(session):
        show_name(session, person_id=cast.ben.id, code=code, shown=True)
    assert not verdict(session, code, today=TODAY).name_shown


def test_the_holder_shows_and_hides_the_name(session: Session, cast: Cast):
    code = award_to(session, cast.amira).code
    for shown in (True, True, False):
        with writing(session):
            show_name(session, person_id=cast.amira.id, code=code, shown=shown)
        assert verdict(session, code, today=TODAY).name_shown is shown
