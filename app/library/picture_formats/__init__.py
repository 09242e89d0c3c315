"""Pictures of dots (PNG, JPEG, WebP, GIF), told by how they begin and followed from part to part. Pure.

Nothing is unpacked or drawn. The copy holds only the parts that show the picture: no notes of a camera, which
may say where it was taken, no comments, and nothing behind the picture's end.
"""

from collections.abc import Callable

from app.kernel.errors import Refusal
from app.library.picture_formats import gif, jpeg, png, webp
from app.library.picture_formats.measured import Broken, Measured

__all__ = ["Measured", "read"]

MOST_PIXELS = 25_000_000
LONGEST_SIDE = 8000  # pixels

_BEGINNINGS: tuple[tuple[bytes, Callable[[bytes], Measured]], ...] = (
    (png.BEGINS, png.measure),
    (jpeg.BEGINS, jpeg.measure),
    (b"GIF87a", gif.measure),
    (b"GIF89a", gif.measure),
    (b"RIFF", webp.measure),
)


def read(body: bytes) -> Measured | None:
    """The picture, or None where the bytes do not begin as one. Raises Refusal for a broken or vast one."""
    measure = next((each for begins, each in _BEGINNINGS if body.startswith(begins)), None)
    if measure is None:
        return None
    try:
        found = measure(body)
    except (Broken, IndexError):
        raise Refusal("This picture is broken or cut short. Save it again.") from None
    if not (found.width and found.height):
        raise Refusal("This picture has no width or no height. Save it again.")
    if max(found.width, found.height) > LONGEST_SIDE or found.width * found.height > MOST_PIXELS:
        size = f"{found.width:,} by {found.height:,} pixels"
        raise Refusal(
            f"This picture is {size}, which is too many. 8,000 a side is the most. Make it smaller."
        )
    return found
