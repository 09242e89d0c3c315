"""Every page module's blueprint, in the order of the journeys."""

from flask import Blueprint

from app.web.learner import account
from app.web.public import accounts, appearance, health, welcome
from app.web.studio import patterns

DOORS: list[Blueprint] = [
    health.blueprint,
    appearance.blueprint,
    accounts.blueprint,
    welcome.blueprint,
    account.blueprint,
    patterns.blueprint,
]
