"""Every page module's blueprint, in the order of the journeys."""

from flask import Blueprint

from app.web.learner import account, progress
from app.web.public import accounts, appearance, course, front, health, lesson, welcome
from app.web.studio import patterns

DOORS: list[Blueprint] = [
    health.blueprint,
    front.blueprint,
    course.blueprint,
    lesson.blueprint,
    progress.blueprint,
    appearance.blueprint,
    accounts.blueprint,
    welcome.blueprint,
    account.blueprint,
    patterns.blueprint,
]
