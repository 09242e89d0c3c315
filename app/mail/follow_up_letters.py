"""The letters some weeks after a pass, to those who asked for them."""

from app.mail.letters import LetterText, written


def follow_up_letter(
    *,
    name: str,
    course_title: str,
    completed_on: str,
    day: int,
    page_url: str,
    stop_url: str,
    plan: bool,
    more: bool,
) -> LetterText:
    """Leads to three questions, `day` days after a pass. `plan`: they have one; `more`: another comes."""
    return written(
        "follow-up",
        name=name,
        course_title=course_title,
        completed_on=completed_on,
        since=since(day),
        page_url=page_url,
        stop_url=stop_url,
        plan=plan,
        more=more,
    )


def since(day: int) -> str:
    """The days of follow-ups in words: "A week", "Five weeks"."""
    return {7: "A week", 35: "Five weeks"}[day]
