"""What was deleted is to be gone from the disk as well, not only from what can be asked for."""

from sqlalchemy import Engine


def let_go_of_the_past(engine: Engine) -> None:
    """Take what was deleted out of SQLite's write-ahead log too; the file itself is overwritten at once.

    Where somebody reads just now it stays until the next time: to wait would keep others from writing.
    """
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    cursor = connection.cursor()
    [(patience,)] = cursor.execute("PRAGMA busy_timeout").fetchall()
    try:
        cursor.execute("PRAGMA busy_timeout = 0").fetchall()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {patience}").fetchall()
        connection.close()
