"""What a room refuses. The doors turn each into one page; nothing here knows of HTTP."""


class Refusal(Exception):
    """A request that a room turns down. `str()` is a sentence that may be shown to the person."""


class NotFound(Refusal):
    """There is no such thing, or it is not this person's to see: both look the same from outside."""


class NotAllowed(Refusal):
    """The thing is there and known to the person, but they may not do this with it."""


class Conflict(Refusal):
    """The thing has moved on since the person last saw it."""
