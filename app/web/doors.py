"""Every page module's blueprint, in the order of the journeys."""

from flask import Blueprint

from app.web.learner import (
    account,
    answers,
    certificate,
    completion,
    device,
    looking_back,
    plan,
    progress,
    question,
    record,
    result,
    test_intro,
)
from app.web.public import (
    accounts,
    appearance,
    check,
    checklist,
    course,
    front,
    health,
    images,
    lesson,
    offline,
    policy,
    welcome,
    whole_course,
)
from app.web.studio import patterns, problems

DOORS: list[Blueprint] = [
    health.blueprint,
    images.blueprint,
    front.blueprint,
    course.blueprint,
    whole_course.blueprint,
    offline.blueprint,
    lesson.blueprint,
    checklist.blueprint,
    progress.blueprint,
    test_intro.blueprint,
    question.blueprint,
    answers.blueprint,
    result.blueprint,
    certificate.blueprint,
    plan.blueprint,
    completion.blueprint,
    looking_back.blueprint,
    device.blueprint,
    record.blueprint,
    policy.blueprint,
    check.blueprint,
    appearance.blueprint,
    accounts.blueprint,
    welcome.blueprint,
    account.blueprint,
    problems.blueprint,
    patterns.blueprint,
]
