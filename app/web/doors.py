"""Every page module's blueprint, in the order of the journeys."""

from flask import Blueprint

DOORS: list[Blueprint] = []
