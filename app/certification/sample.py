"""sample.yml: people and a course to try a design with."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator
from pydantic import Field as Limits

from app.certification.facts import Facts
from app.certification.names import LONGEST, printed_name_problem
from app.certification.printable import words_problem
from app.kernel.authored import decode, load_yaml, validate
from app.kernel.fields import Authored, Line, Listed
from app.kernel.problems import Problem

CODE = "0000" * 6 + "00"
LONG_NAME = "Maximiliana Konstantinopoulou Featherstonehaugh of Wokingham"
LONG_TITLE = (
    "Preventing and putting right damp, mould and condensation together with the people who live with them, "
    "from the first call to the last visit, in homes of every age and in every kind of larger building"
)
OUTCOME = "Find what a project lacks, and say to residents what became of what they said."
MANY = 8
REST: dict[str, Any] = {
    "expires_on": date(2028, 11, 22),
    "membership": "Chartered Institute of Housing, CIH-000123456",
    "replaces": CODE,
}


def _printable(name: str) -> str:
    if problem := printed_name_problem(name):
        raise ValueError(problem)
    return name


def _words(text: str) -> str:
    if problem := words_problem(text):
        raise ValueError(problem)
    return text


Words = Annotated[Line, AfterValidator(_words)]


class Sample(Authored):
    """sample.yml as written."""

    names: Annotated[
        tuple[Annotated[Line, AfterValidator(_printable)], ...], Listed, Limits(min_length=1, max_length=20)
    ]
    course: Words
    minutes: Annotated[int, Limits(ge=1, le=6000)]
    outcomes: Annotated[tuple[Words, ...], Listed, Limits(max_length=20)]
    issuer: Words
    contact: Words


def read_sample(files: Mapping[str, bytes]) -> tuple[list[Facts], list[Problem]]:
    """The facts of one specimen a name, from a design's files (path -> bytes); and what is wrong."""
    path = next((name for name in sorted(files) if name.rpartition("/")[2] == "sample.yml"), None)
    if path is None:
        return [], []
    text, problems = decode(path, files[path])
    node, problems = load_yaml(path, text) if text is not None else (None, problems)
    sample, problems = validate(Sample, node, path) if node is not None else (None, problems)
    return ([_specimen(sample, name) for name in sample.names] if sample else []), problems


def hard_cases(facts: Facts) -> tuple[tuple[str, Facts], ...]:
    """What a design has to bear whatever its sample says, each in words and as facts made from these."""
    many = tuple(OUTCOME for _ in range(MANY))
    return (
        (f"a name of {LONGEST} characters", replace(facts, printed_name=LONG_NAME)),
        (f"a course title of {len(LONG_TITLE)} characters", replace(facts, title=LONG_TITLE)),
        ("a last day, a membership and an issue before it", replace(facts, **REST)),
        (f"{MANY} outcomes of {len(OUTCOME)} characters each", replace(facts, outcomes=many)),
    )


def stand_in() -> Facts:
    """Somebody to try a design with that has no people of its own."""
    sample = Sample(
        names=("Li Wu",),
        course="A course",
        minutes=30,
        outcomes=(OUTCOME,),
        issuer="Example Homes Learning",
        contact="learning@example.org",
    )
    return _specimen(sample, sample.names[0])


def _specimen(sample: Sample, name: str) -> Facts:
    return Facts(
        code=CODE,
        check_url=f"https://learning.example.org/check/{CODE}",
        specimen=True,
        printed_name=name,
        course="sample",
        title=sample.course,
        summary=sample.course,
        nation="England",
        edition=1,
        revision_id=0,
        law_as_at=date(2026, 10, 1),
        outcomes=sample.outcomes,
        minutes=sample.minutes,
        deed="answered every part of its test correctly",
        pass_rule="Every part of the test answered correctly.",  # noqa: S106  (a rule, not a secret)
        issuer=sample.issuer,
        contact=sample.contact,
        started_on=date(2026, 11, 20),
        completed_on=date(2026, 11, 22),
        completed_at=datetime(2026, 11, 22, 14, 2, tzinfo=UTC),
    )
