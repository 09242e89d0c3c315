"""sample.yml: people and a course to try a design with."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AfterValidator
from pydantic import Field as Limits

from app.certification.facts import Facts
from app.certification.names import printed_name_problem
from app.kernel.authored import decode, load_yaml, validate
from app.kernel.fields import Authored, Line, Listed
from app.kernel.problems import Problem

CODE = "0000" * 6 + "00"


def _printable(name: str) -> str:
    if problem := printed_name_problem(name):
        raise ValueError(problem)
    return name


class Sample(Authored):
    """sample.yml as written."""

    names: Annotated[tuple[Annotated[Line, AfterValidator(_printable)], ...], Listed, Limits(min_length=1)]
    course: Line
    minutes: Annotated[int, Limits(ge=1, le=6000)]
    outcomes: Annotated[tuple[Line, ...], Listed]
    issuer: Line
    contact: Line


def read_sample(files: Mapping[str, bytes]) -> tuple[list[Facts], list[Problem]]:
    """The facts of one specimen a name, from a design's files (path -> bytes); and what is wrong."""
    path = next((name for name in sorted(files) if name.rpartition("/")[2] == "sample.yml"), None)
    if path is None:
        return [], []
    text, problems = decode(path, files[path])
    node, problems = load_yaml(path, text) if text is not None else (None, problems)
    sample, problems = validate(Sample, node, path) if node is not None else (None, problems)
    return ([_specimen(sample, name) for name in sample.names] if sample else []), problems


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
