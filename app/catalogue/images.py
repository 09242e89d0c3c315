"""Pictures as a lesson knows them: by the name in its text, with an address and a size."""

from collections.abc import Mapping
from typing import NamedTuple


class Image(NamedTuple):
    """A picture. Its sides are in pixels, None where it was removed for good or cannot be read."""

    address: str
    width: int | None = None
    height: int | None = None


Images = Mapping[str, Image]  # name such as images/letter.png -> picture
