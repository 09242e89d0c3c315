"""Classify: put each row into one of the categories, by a select."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from markupsafe import Markup, escape

from app.assessment.questions.parts import (
    BadResponse,
    CannotGrade,
    Explained,
    Explanation,
    Flaw,
    Form,
    Marks,
    Miss,
    Option,
    Presented,
    ResponseBody,
    shuffled,
    verdict,
)
from app.assessment.wording import inline
from app.kernel.fields import Authored, Line, Listed, Prose, Slug


@dataclass(frozen=True, kw_only=True)
class Category:
    """Where a row may go. One that no row belongs to is fine: a guess is then less likely to be right."""

    id: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """One thing to place; `category` is the id of where it belongs."""

    id: str
    text: str
    category: str
    reason: str


class CategorySource(Authored):
    """A category as authored."""

    id: Slug
    text: Line


class RowSource(Authored):
    """A row as authored."""

    id: Slug
    text: Line
    category: Slug
    reason: Line


class Source(Authored):
    """As authored."""

    id: Slug
    type: Literal["classify"]
    stem: Prose
    teaches: Line = ""
    miss: Line
    categories: Annotated[tuple[CategorySource, ...], Listed]
    rows: Annotated[tuple[RowSource, ...], Listed]


@dataclass(frozen=True, kw_only=True)
class Classify:
    """Rows come in the seed's order, categories in the author's: a scale must stay a scale."""

    type: ClassVar[str] = "classify"
    id: str
    stem: str
    teaches: str
    miss: str
    categories: tuple[Category, ...]
    rows: tuple[Row, ...]

    def flaws(self) -> Iterator[Flaw]:
        """What the author has to mend."""
        known = [category.id for category in self.categories]
        for part, entries in (("categories", self.categories), ("rows", self.rows)):
            if len(entries) < 2:
                yield Flaw((part,), f"A classify question needs two {part} or more.")
            ids = [entry.id for entry in entries]
            for number in (number for number, each in enumerate(ids) if each in ids[:number]):
                yield Flaw(
                    (part, number, "id"), f"Two {part} have the id {ids[number]}.", "Rename one of them."
                )
        for number, row in enumerate(self.rows):
            if row.category not in known:
                fix = f"The categories are: {', '.join(known)}."
                yield Flaw(("rows", number, "category"), f"There is no category {row.category} here.", fix)
            if row.id in known:
                fix = "Name it after what it says: ids can be seen in the page."
                yield Flaw(("rows", number, "id"), "A row with a category's id gives the answer away.", fix)

    def order(self, seed: str) -> tuple[str, ...]:
        """Row ids as one paper shows them."""
        return shuffled((row.id for row in self.rows), self.id, seed)

    def present(self, order: tuple[str, ...]) -> Presented:
        """What a page may show before the answer."""
        by_id = {row.id: Option(id=row.id, text=inline(row.text)) for row in self.rows}
        return Presented(
            type=self.type,
            stem=inline(self.stem),
            instruction="Choose one for each.",
            options=tuple(by_id[each] for each in order),
            categories=tuple(Option(id=each.id, text=escape(each.text)) for each in self.categories),
        )

    def parse(self, form: Form, field: str) -> ResponseBody | None:
        """The rows that were placed, None where none is. Raises BadResponse."""
        names = {f"{field}-{row.id}": row.id for row in self.rows}
        if any(name == field or (name.startswith(f"{field}-") and name not in names) for name in form):
            raise BadResponse("This form belongs to another question. Open the question again.")
        placed = {row: self._category_in(form.get(name, [])) for name, row in names.items()}
        filled = {row: category for row, category in placed.items() if category}
        return {"placed": filled} if filled else None

    def _category_in(self, given: list[str]) -> str:
        if len(given) > 1:
            raise BadResponse("This form answers the same line twice. Open the question again.")
        if given and given[0] and given[0] not in self._texts():
            raise BadResponse("This form holds an answer that is not on offer. Open the question again.")
        return given[0] if given else ""

    def check(self, body: ResponseBody) -> None:
        """Raises CannotGrade where a stored answer does not fit this question."""
        placed = body.get("placed", {})
        rows = {row.id for row in self.rows}
        if not placed or not set(placed) <= rows or not set(placed.values()) <= set(self._texts()):
            raise CannotGrade("The answer kept for this question cannot be read.")

    def is_complete(self, body: ResponseBody | None) -> bool:
        """Whether every row is placed."""
        return len(_placed(body)) == len(self.rows)

    def grade(self, body: ResponseBody | None) -> Marks:
        """One mark a row."""
        placed = _placed(body)
        return Marks(
            marks=sum(placed.get(row.id) == row.category for row in self.rows), full_marks=len(self.rows)
        )

    def words(self, body: ResponseBody | None) -> tuple[Markup, ...]:
        """The answer in the question's own words: each placed row with its category."""
        placed, texts = _placed(body), self._texts()
        return tuple(
            Markup("{}<br><strong>{}</strong>").format(inline(row.text), texts[placed[row.id]])
            for row in self.rows
            if row.id in placed
        )

    def missed(self, body: ResponseBody | None) -> Miss:
        """The rows as the learner left them. To say which one is wrong would give the rest away."""
        return Miss(own=self.words(body), why=(inline(self.miss),))

    def explain(self, body: ResponseBody | None) -> Explanation:
        """Every row with where it belongs and why."""
        secured, placed = self.grade(body).secured, _placed(body)
        return Explanation(
            type=self.type,
            verdict=verdict(secured),
            secured=secured,
            stem=inline(self.stem),
            options=tuple(self._explained(row, placed.get(row.id, "")) for row in self.rows),
            teaches=inline(self.teaches),
        )

    def blind_chance(self) -> float:
        """The chance that a guess secures it: every row right, each one in the number of categories."""
        return float((1 / len(self.categories)) ** len(self.rows))

    def _explained(self, row: Row, given: str) -> Explained:
        texts = self._texts()
        return Explained(
            id=row.id,
            text=inline(row.text),
            reason=inline(row.reason),
            right=given == row.category,
            chosen=bool(given),
            category=texts[row.category],
            given=texts.get(given, ""),
        )

    def _texts(self) -> dict[str, str]:
        return {category.id: category.text for category in self.categories}


def _placed(body: ResponseBody | None) -> dict[str, str]:
    return body["placed"] if body else {}
