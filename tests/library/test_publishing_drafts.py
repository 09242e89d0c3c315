"""From draft to live: what stands in the way, who may do it, and what becomes of the edition."""

import pytest
from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.kernel.errors import Conflict, NotAllowed, Refusal
from app.library.drafting import open_draft
from app.library.health import health_of
from app.library.live import live_sources
from app.library.publishing_drafts import ask_for_second_person, outlook, publish_draft, with_edition
from app.library.storing import files_at
from app.library.tables import Publication
from tests.cast import Cast
from tests.conftest import NOON
from tests.library.drafts import KEY, LESSON, good_files, save_text

COURSE = "content/good-course/course.yml"
CHANGED = good_files()[LESSON].replace(b"Most calls begin", b"Many calls begin")


def publish_it(session: Session, by_id: int, *, relearn: bool = False, revision: int = 0) -> Publication:
    revision_id = revision or open_draft(session, KEY).revision_id
    with writing(session):
        return publish_draft(session, KEY, revision_id=revision_id, relearn=relearn, by_id=by_id, now=NOON)


def demand_second_person(session: Session, cast: Cast) -> None:
    """Make a live version that demands one."""
    save_text(session, COURSE, good_files()[COURSE] + b"second_person: true\n", by=cast.malik.id)
    publish_it(session, cast.ada.id)


def test_a_small_change_keeps_the_edition(session: Session, cast: Cast) -> None:
    save_text(session, LESSON, CHANGED, by=cast.edda.id)
    published = publish_it(session, cast.edda.id)
    assert (published.edition, published.kind, published.published_by_id) == (1, "minor", cast.edda.id)
    assert not open_draft(session, KEY).differs


def test_what_people_learn_again_is_the_next_edition_and_says_so_in_its_file(
    session: Session, cast: Cast
) -> None:
    save_text(session, LESSON, CHANGED, by=cast.edda.id)
    published = publish_it(session, cast.edda.id, relearn=True)
    assert (published.edition, published.kind) == (2, "relearn")
    files, _purged = files_at(session, published.revision_id)
    assert b"\nedition: 2\n" in files[COURSE]
    assert open_draft(session, KEY).revision_id == published.revision_id


def test_an_edition_written_by_hand_gives_way_to_what_was_chosen(session: Session, cast: Cast) -> None:
    save_text(session, COURSE, with_edition(good_files(), 7)[COURSE])
    save_text(session, LESSON, CHANGED)
    assert publish_it(session, cast.edda.id).edition == 1


def test_what_has_an_error_is_not_published_and_the_outlook_says_why(session: Session, cast: Cast) -> None:
    save_text(session, LESSON, CHANGED.replace(b"minutes:", b"minuets:"), by=cast.edda.id)
    seen = outlook(session, KEY)
    assert not seen.sound
    assert any("minuets" in problem.sentence for problem in seen.problems)
    before = live_sources(session)[KEY]
    with pytest.raises(Refusal, match="cannot be published yet"):
        publish_it(session, cast.edda.id)
    assert live_sources(session)[KEY] == before


def test_the_outlook_names_what_differs_and_what_it_does_to_records(session: Session) -> None:
    text = good_files()[COURSE].replace(b"id: listen", b"id: hearing")
    save_text(session, COURSE, text)
    seen = outlook(session, KEY)
    assert [(each.path, each.change) for each in seen.differences] == [(COURSE, "changed")]
    assert (seen.edition, seen.relearn_edition) == (1, 2)


def test_a_draft_that_has_moved_on_is_looked_at_again_first(session: Session, cast: Cast) -> None:
    first = save_text(session, LESSON, CHANGED).revision_id
    save_text(session, LESSON, CHANGED + b"\nMore.\n")
    with pytest.raises(Conflict, match="newer version"):
        publish_it(session, cast.edda.id, revision=first)


def test_what_is_live_is_not_published_again(session: Session, cast: Cast) -> None:
    with pytest.raises(Conflict, match="is live"):
        publish_it(session, cast.edda.id)


def test_where_a_second_person_is_demanded_no_author_publishes(session: Session, cast: Cast) -> None:
    demand_second_person(session, cast)
    save_text(session, LESSON, CHANGED, by=cast.edda.id)
    with pytest.raises(NotAllowed, match="Somebody else"):
        publish_it(session, cast.edda.id)
    assert publish_it(session, cast.ada.id).published_by_id == cast.ada.id


def test_whoever_wrote_any_part_of_the_draft_is_an_author(session: Session, cast: Cast) -> None:
    demand_second_person(session, cast)
    save_text(session, LESSON, CHANGED, by=cast.edda.id)
    save_text(session, LESSON, CHANGED + b"\nMore.\n", by=cast.ada.id)
    for author in (cast.edda, cast.ada):
        with pytest.raises(NotAllowed):
            publish_it(session, author.id)


def test_a_text_that_was_kept_aside_stays_its_writers_whoever_takes_it(session: Session, cast: Cast) -> None:
    demand_second_person(session, cast)
    base = open_draft(session, KEY).revision_id
    save_text(session, LESSON, CHANGED + b"\nMore.\n", by=cast.ada.id)
    kept = save_text(session, LESSON, CHANGED, base=base, by=cast.edda.id)
    assert kept.clashes
    save_text(session, LESSON, CHANGED, by=cast.ada.id)
    assert outlook(session, KEY).authors == {cast.ada.id, cast.edda.id}
    with pytest.raises(NotAllowed):
        publish_it(session, cast.edda.id)


def test_what_was_live_once_needs_nobody_but_whoever_brings_it_back(session: Session, cast: Cast) -> None:
    demand_second_person(session, cast)
    save_text(session, LESSON, CHANGED, by=cast.edda.id)
    publish_it(session, cast.ada.id)
    save_text(session, LESSON, good_files()[LESSON], by=cast.edda.id)
    publish_it(session, cast.ada.id)
    save_text(session, LESSON, CHANGED, by=cast.ada.id)
    assert outlook(session, KEY).authors == {cast.ada.id}


def test_nobody_takes_the_demand_out_for_themselves(session: Session, cast: Cast) -> None:
    demand_second_person(session, cast)
    save_text(session, COURSE, good_files()[COURSE], by=cast.edda.id)
    assert outlook(session, KEY).second_person
    with pytest.raises(NotAllowed):
        publish_it(session, cast.edda.id)


def test_a_request_waits_until_the_draft_moves_on_or_is_live(session: Session, cast: Cast) -> None:
    demand_second_person(session, cast)
    saved = save_text(session, LESSON, CHANGED, by=cast.edda.id)
    for relearn in (False, True):
        with writing(session):
            ask_for_second_person(
                session, KEY, revision_id=saved.revision_id, relearn=relearn, by_id=cast.edda.id, now=NOON
            )
    asked = outlook(session, KEY).asked
    assert asked is not None
    assert (asked.relearn, asked.asked_by_id) == (True, cast.edda.id)
    again = save_text(session, LESSON, CHANGED + b"\nMore.\n", by=cast.edda.id)
    assert outlook(session, KEY).asked is None
    with writing(session):
        ask_for_second_person(
            session, KEY, revision_id=again.revision_id, relearn=False, by_id=cast.edda.id, now=NOON
        )
    assert health_of(session, KEY).asked is not None
    publish_it(session, cast.ada.id)
    assert health_of(session, KEY).asked is None


def test_nothing_is_asked_where_no_second_person_is_demanded(session: Session, cast: Cast) -> None:
    saved = save_text(session, LESSON, CHANGED, by=cast.edda.id)
    with pytest.raises(Refusal, match="nothing to ask"), writing(session):
        ask_for_second_person(
            session, KEY, revision_id=saved.revision_id, relearn=False, by_id=cast.edda.id, now=NOON
        )
