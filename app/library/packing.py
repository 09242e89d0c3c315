"""A source's files as one zip that any tool opens: the same files always make the same bytes. Pure."""

from io import BytesIO
from stat import S_IFREG
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from app.library.folders import Files

UNIX = 3
OLDEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can name
MODE = S_IFREG | 0o644


def pack(files: Files) -> bytes:
    """The files (path in the working copy -> bytes) as a zip.

    Nothing is squeezed: what squeezing yields differs from one machine's library to the next.
    """
    body = BytesIO()
    with ZipFile(body, "w", ZIP_STORED) as made:
        for path in sorted(files):
            entry = ZipInfo(path, OLDEST)
            entry.create_system, entry.external_attr = UNIX, MODE << 16
            made.writestr(entry, files[path])
    return body.getvalue()
