"""The part of an address that names what is edited: `courses/good-course`, `designs/standard`."""

from werkzeug.routing import BaseConverter

from app.library.folders import Key

KINDS = {"courses": "course", "designs": "design"}
PLACES = {kind: place for place, kind in KINDS.items()}


class SourceConverter(BaseConverter):
    """Two parts of an address, read as the kind and slug of a source."""

    regex = "(?:courses|designs)/[^/]+"
    part_isolating = False

    def to_python(self, value: str) -> Key:
        """The key that the address names."""
        place, _, slug = value.partition("/")
        return KINDS[place], slug

    def to_url(self, value: Key) -> str:
        """The way back."""
        kind, slug = value
        return f"{PLACES[kind]}/{super().to_url(slug)}"
