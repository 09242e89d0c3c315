"""Rendered pages, kept in memory as they are sent: one body an encoding, each with its tag."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from threading import Lock

import brotli


@dataclass(frozen=True)
class KeptPage:
    """By encoding: the bytes of the page and their tag. `disposition` is "" unless it is a file to keep."""

    bodies: Mapping[str, bytes]
    tags: Mapping[str, str]
    disposition: str = ""


class KeptPages:
    """The pages asked for last, at most so many of them. Threads share it."""

    def __init__(self, most: int) -> None:
        self._pages: OrderedDict[Hashable, KeptPage] = OrderedDict()
        self._lock, self._most = Lock(), most

    def get(self, key: Hashable) -> KeptPage | None:
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
            return self._pages.get(key)

    def keep(self, key: Hashable, page: KeptPage) -> None:
        with self._lock:
            self._pages[key] = page
            self._pages.move_to_end(key)
            while len(self._pages) > self._most:
                self._pages.popitem(last=False)

    def __len__(self) -> int:
        return len(self._pages)


def encoded(body: bytes, disposition: str = "") -> KeptPage:
    """The page in every encoding that a browser may ask for."""
    zipped = gzip.compress(body, compresslevel=6, mtime=0)
    bodies = {"identity": body, "gzip": zipped, "br": brotli.compress(body, quality=6)}
    digest = hashlib.sha256(body).hexdigest()[:20]
    return KeptPage(bodies, {encoding: f"{digest}-{encoding}" for encoding in bodies}, disposition)
