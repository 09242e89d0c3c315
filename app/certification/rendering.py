"""A certificate's page as a picture, for whoever tries a design. What is kept and sent is the PDF."""

from io import BytesIO
from threading import Lock

import pypdfium2

WIDE = 794  # pixels across an A4 page: 96 to the inch
COLOURS = 128  # plenty for type, a logo and thin lines, and a third of the bytes

# The library is not made for threads.
_RENDERING = Lock()


def render_page(document: bytes) -> tuple[bytes, int, int]:
    """The first page of one of our own documents: a PNG, its width and its height in pixels."""
    with _RENDERING:
        opened = pypdfium2.PdfDocument(document)
        try:
            page = opened[0]
            picture = page.render(scale=WIDE / page.get_width()).to_pil().convert("RGB")
        finally:
            opened.close()
    body = BytesIO()
    picture.quantize(COLOURS).save(body, "PNG")
    return body.getvalue(), picture.width, picture.height
