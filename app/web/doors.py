"""Every page module's blueprint, in the order of the journeys."""

from flask import Blueprint

from app.web.public import health

DOORS: list[Blueprint] = [
    health.blueprint,
]
