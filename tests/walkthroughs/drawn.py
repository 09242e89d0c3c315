"""A picture for the gallery: a round table with six places, drawn here."""

from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.library.course_pictures import add_picture
from app.library.uploads import read_upload
from app.people.tables import User
from tests.walkthroughs.journey import COURSE
from tests.walkthroughs.site import Site

PLACES = ((200, 50), (295, 85), (295, 175), (200, 210), (105, 175), (105, 85))
SEATS = "".join(f'<circle cx="{x}" cy="{y}" r="22" fill="#8a5a44"/>' for x, y in PLACES)
TABLE = f"""<svg xmlns="http://www.w3.org/2000/svg" width="400" height="260" viewBox="0 0 400 260">
<rect width="400" height="260" fill="#f4eee2"/>{SEATS}
<circle cx="200" cy="130" r="70" fill="#fff" stroke="#5a4636" stroke-width="3"/></svg>"""


def draw_table(session: Session, site: Site, editor: User) -> None:
    """Put the picture into the course's draft, as an editor would."""
    sent = read_upload("round-table.svg", TABLE.encode())
    with writing(session):
        add_picture(session, ("course", COURSE), sent, by_id=editor.id, now=site.clock())
