"""For whoever watches the process: is it there, and can it serve? Plain text, without session or person."""

from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.web.shared.context import db

blueprint = Blueprint("health", __name__)

MIGRATIONS = Path(__file__).parents[3] / "migrations"
HEAD = ScriptDirectory(str(MIGRATIONS)).get_current_head()


@blueprint.get("/healthz")
def live() -> Response:
    """The process answers. It asks the database nothing: a restart would not mend the database."""
    return _say("The process answers.", 200)


@blueprint.get("/readyz")
def ready() -> Response:
    """The database answers, and its tables are the ones that this program was written for."""
    try:
        db.session.execute(text("SELECT 1"))
        at = MigrationContext.configure(db.session.connection()).get_current_revision()
    except SQLAlchemyError:
        return _say("Not ready: the database does not answer.", 503)
    if at != HEAD:
        return _say(
            f"Not ready: the tables are at migration {at or 'none'}, but this program needs {HEAD}.", 503
        )
    return _say("Ready.", 200)


def _say(sentence: str, status: int) -> Response:
    return Response(f"{sentence}\n", status, mimetype="text/plain", headers={"Cache-Control": "no-store"})
