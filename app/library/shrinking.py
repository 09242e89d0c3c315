"""Photographs as they come from a camera, made small enough for a phone. Everything else stays as it is."""

import warnings
from io import BytesIO

from PIL import Image, ImageOps

from app.kernel.errors import Refusal
from app.library.picture_formats import Measured

LONGEST_SIDE = 1600  # pixels: twice the widest place that a page has for one
QUALITY = 80
FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}

_FAULTS = (OSError, ValueError, SyntaxError, EOFError, ArithmeticError, LookupError, TypeError)


def shrunk(picture: Measured) -> bytes:
    """The picture with no side longer than 1,600 pixels, or as it is where that would not make it lighter.

    Moving pictures and drawings are left alone. Raises Refusal for dots that cannot be read.
    """
    if picture.kind not in FORMATS:
        return picture.body
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(BytesIO(picture.body), formats=[FORMATS[picture.kind]])
            if getattr(image, "is_animated", False):
                return picture.body
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            made = BytesIO()
            profile = image.info.get("icc_profile")
            upright.save(made, FORMATS[picture.kind], quality=QUALITY, optimize=True, icc_profile=profile)
    except _FAULTS:
        raise Refusal("This picture is broken or cut short. Save it again.") from None
    return min(made.getvalue(), picture.body, key=len)
