"""Who a route can be for."""

from enum import Enum


class Access(Enum):
    """Who may use a route. Rows that belong to one person are then reached through that person."""

    ANYONE = "anyone"
    PERSON = "anyone with an account"
    CONFIRMED = "anyone with a confirmed account"
    EDITOR = "editors and admins"
    MANAGER = "managers and admins"
    ADMIN = "admins"
