"""A design's picture: a PNG or JPEG of a size that belongs on a certificate."""

import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

LARGEST_FILE = 256 * 1024
LARGEST_SIDE = 2000


@dataclass(frozen=True)
class Picture:
    """Plain RGB pixels on white, so that nothing in the document is see-through."""

    image: Image.Image

    @property
    def shape(self) -> float:
        """Width over height."""
        return self.image.width / self.image.height


def read_picture(body: bytes) -> tuple[Picture | None, str]:
    """The picture, or None and a sentence that says why it cannot be used."""
    if len(body) > LARGEST_FILE:
        return None, "This picture is larger than 256 KB."
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            found = Image.open(BytesIO(body), formats=("PNG", "JPEG"))
            if max(found.size) > LARGEST_SIDE:
                return (
                    None,
                    f"This picture is {found.width} by {found.height} pixels; {LARGEST_SIDE} is the most.",
                )
            layers = found.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None, "This picture cannot be read. It must be a PNG or a JPEG."
    flat = Image.new("RGB", layers.size, "white")
    flat.paste(layers, mask=layers.getchannel("A"))
    return Picture(flat), ""
