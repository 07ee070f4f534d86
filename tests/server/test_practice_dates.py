"""The words for dates in the practice set: always of this month, quarter and year, whenever it is imported."""

import re
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import zstandard

import resources
from desktop_app.contract.documents import SHARED_COLLECTIONS
from manufacturer_server.founding import practice_folder
from manufacturer_server.importing.run import import_practice
from manufacturer_server.practice_dates import practice_dates
from manufacturer_server.storage.database import Database
from manufacturer_server.storage.documents import SHARED, live_ids
from tests.support.server import new_server


@pytest.mark.parametrize(
    ("day", "month_end", "quarter"),
    [
        ("2026-01-01", "2026-01-31", ("2026-01-01", "2026-03-31")),
        ("2028-02-29", "2028-02-29", ("2028-01-01", "2028-03-31")),
        ("2026-11-24", "2026-11-30", ("2026-10-01", "2026-12-31")),
        ("2026-12-31", "2026-12-31", ("2026-10-01", "2026-12-31")),
    ],
)
def test_months_and_quarters_end_on_their_last_day(day: str, month_end: str, quarter: tuple[str, str]) -> None:
    found = practice_dates(datetime.fromisoformat(day).replace(hour=10, tzinfo=UTC))
    assert found["month_end"] == month_end
    assert (found["quarter_start"], found["quarter_end"]) == quarter
    assert found["next_january"] == f"{int(day[:4]) + 1}-01-01"
    assert found["next_january"] > found["year_end"] >= day


def test_every_word_of_the_set_is_known() -> None:
    known = practice_dates(datetime(2026, 11, 24, tzinfo=UTC))
    for path in resources.path("practice").glob("*.csv.zst"):
        text = zstandard.ZstdDecompressor().decompress(path.read_bytes()).decode()
        assert set(re.findall(r"\{([a-z_0-9]+)\}", text)) <= set(known), path.name


def test_the_set_is_taken_in_whole_and_one_stock_is_old(tmp_path: Path) -> None:
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    with closing(Database.open(new_server(tmp_path / "data", practice=True))) as database:
        import_practice(database, practice_folder(), lambda: now)
        with database.reading() as connection:
            counts = {name: len(live_ids(connection, name, SHARED)) for name in SHARED_COLLECTIONS}
            bodies = connection.exec_driver_sql("SELECT id, body FROM documents WHERE collection='stock_dates'").all()
            agreements = connection.exec_driver_sql(
                "SELECT count(*) FROM documents WHERE collection='agreements'"
            ).scalar()
    assert counts["products"] == 47_551
    assert agreements == 2
    old = (now - timedelta(days=3)).strftime("%Y-%m-%d").encode()
    assert [row[0] for row in bodies if old in row[1]] == ["O"]
