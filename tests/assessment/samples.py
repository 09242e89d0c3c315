"""Questions for tests of the pure rules, small enough to see through."""

from app.assessment.model import Place, Slot
from app.assessment.questions import Category, Choice, Classify, MultipleResponse, Question, Row, SingleChoice


def single(
    name: str = "boardroom", key: str = "space", choices: tuple[str, ...] = ("space", "papers", "numbers")
):
    return SingleChoice(
        id=name,
        stem="Two residents have *stopped* speaking. What helps most?",
        teaches="The room decides who speaks.",
        choices=tuple(
            Choice(id=each, text=f"The {each}", reason=f"Because of the {each}.", correct=each == key)
            for each in choices
        ),
    )


def several(name: str = "meeting", keys: tuple[str, ...] = ("roles", "words")):
    return MultipleResponse(
        id=name,
        stem="Which belong in a preparatory meeting?",
        teaches="Settle the roles and the words first.",
        miss="Ask what a newcomer would need.",
        choices=tuple(
            Choice(id=each, text=f"The {each}", reason=f"About the {each}.", correct=each in keys)
            for each in ("roles", "words", "prizes", "logo")
        ),
    )


def sorting(name: str = "ladder", newsletter: str = "tokenism"):
    return Classify(
        id=name,
        stem="Which band does each belong to?",
        teaches="Being told is not deciding.",
        miss="Look at who can say no.",
        categories=(
            Category(id="tokenism", text="Tokenism"),
            Category(id="power", text="Citizen power"),
            Category(id="none", text="Non-participation"),
        ),
        rows=(
            Row(id="letter", text="A newsletter.", category=newsletter, reason="It only informs."),
            Row(id="budget", text="A shared budget.", category="power", reason="Both can say no."),
        ),
    )


SAMPLES: tuple[Question, ...] = (single(), several(), sorting())

RIGHT = {
    "single-choice": {"answer": ["space"]},
    "multiple-response": {"answer": ["words", "roles"]},
    "classify": {"answer-letter": ["tokenism"], "answer-budget": ["power"]},
}
WRONG = {
    "single-choice": {"answer": ["papers"]},
    "multiple-response": {"answer": ["roles", "logo"]},
    "classify": {"answer-letter": ["power"], "answer-budget": ["power"]},
}


def slot(name: str, *questions: Question) -> Slot:
    return Slot(
        id=name,
        title=f"About {name}",
        outcome="describe",
        section=f"lesson-one#{name}",
        questions=questions,
        place=Place("quizzes/x/test.yml", 1, 1),
    )
