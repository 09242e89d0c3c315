"""Pictures within the offline copy: written into the file while it stays small, else told in words."""

import re
from base64 import b64encode
from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.library.model import CompiledCourse
from app.library.pictures import MEDIA_TYPES, addresses, ending
from app.library.storing import files_at

_PICTURE = re.compile(r'<img (?:[^>"]|"[^"]*")*>')
_SOURCE = re.compile(r'\ssrc="([^"]*)"')
_WORDS = re.compile(r'\salt="([^"]*)"')


def course_pictures(session: Session, compiled: CompiledCourse) -> dict[str, str]:
    """The address of each picture of this revision -> the picture itself, as an address that holds it."""
    files, purged = files_at(session, compiled.revision_id)
    folder = f"content/{compiled.course.slug}"
    return {
        address: f"data:{MEDIA_TYPES[ending(name)]};base64,{b64encode(files[f'{folder}/{name}']).decode()}"
        for name, address in addresses(folder, files, purged).items()
        if f"{folder}/{name}" in files
    }


def with_pictures(html: str, pictures: Mapping[str, str], largest: int) -> str:
    """The page with its pictures in it, the smallest first, as long as it stays under `largest` bytes.

    A picture that is left out is told by its words. Nothing on the page then leads to a file elsewhere.
    """
    sources = [_first(_SOURCE, tag) for tag in _PICTURE.findall(html)]
    left = largest - len(html.encode()) - 1
    kept: set[str] = set()
    for source in sorted(set(sources) & pictures.keys(), key=lambda one: len(pictures[one])):
        left -= len(pictures[source]) * sources.count(source)
        if left < 0:
            break
        kept.add(source)
    return _PICTURE.sub(lambda found: _shown(found[0], {one: pictures[one] for one in kept}), html)


def _shown(tag: str, kept: Mapping[str, str]) -> str:
    source = _first(_SOURCE, tag)
    if source in kept:
        return _SOURCE.sub(lambda _: f' src="{kept[source]}"', tag)
    return f'<span class="quiet">[Picture: {_first(_WORDS, tag) or "without words"}]</span>'


def _first(pattern: re.Pattern[str], tag: str) -> str:
    found = pattern.search(tag)
    return found[1] if found else ""
