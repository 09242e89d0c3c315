"""Every page module's blueprint, in the order of the journeys."""

from flask import Blueprint

from app.web.public import appearance, health
from app.web.studio import patterns

DOORS: list[Blueprint] = [
    health.blueprint,
    appearance.blueprint,
    patterns.blueprint,
]
