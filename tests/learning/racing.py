"""A process of many tabs. For each line that it is sent (a person and an attempt) every tab hands in at once.

Arguments: the database, and how many tabs. It answers each line with how many of the hand-ins were the first.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.people.tables import User
from tests.learning.passing import hand_over

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def hand_in_at_once(engine: Engine, tabs: int, person_id: int, code: str) -> int:
    gate = Barrier(tabs)

    def one(_number: int) -> bool:
        with Session(engine) as session:
            gate.wait()
            with writing(session):
                result = hand_over(session, session.get_one(User, person_id), code, NOW)
            assert result.passed
            return result.first_time

    with ThreadPoolExecutor(tabs) as threads:
        return sum(threads.map(one, range(tabs)))


def main(url: str, tabs: str) -> None:
    engine = create_engine(url, pool_size=int(tabs))
    for line in sys.stdin:
        person_id, code = line.split()
        print(hand_in_at_once(engine, int(tabs), int(person_id), code), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
