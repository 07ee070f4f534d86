"""What voids the results of long runs: everything that decides the sync, and nothing that does not."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.campaign.resumable import ROOT, files_of
from tests.simulation.tried import DECIDES_THE_SYNC, decides


def imported(file: Path) -> Iterator[str]:
    """The modules of the two programs that a file imports, as files named from the root."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        module = node.module if isinstance(node, ast.ImportFrom) else ""
        for name in (module, *(f"{module}.{name}" if module else name for name in names)):
            path = f"{name}.py".replace(".", "/", (name or "").count("."))
            if name and name.startswith(("desktop_app.", "manufacturer_server.")) and (ROOT / path).is_file():
                yield path


@pytest.mark.parametrize("folder", ["desktop_app/sync", "desktop_app/remote", "desktop_app/contract"])
def test_all_of_the_sync_counts(folder: str) -> None:
    assert all(decides(str(file.relative_to(ROOT))) for file in (ROOT / folder).glob("*.py"))


def test_what_the_sync_is_built_on_counts() -> None:
    for file in (ROOT / "desktop_app/sync").glob("*.py"):
        assert [path for path in imported(file) if not decides(path)] == []
    assert decides("desktop_app/storage/outbox.py")


@pytest.mark.parametrize("file", ["orders.py", "followups.py", "feed.py", "restored.py", "web/order_routes.py"])
def test_what_the_server_answers_with_counts(file: str) -> None:
    path = ROOT / "manufacturer_server" / file
    assert [one for one in imported(path) if one.startswith("manufacturer_server") and not decides(one)] == []


@pytest.mark.parametrize(
    "file", ["desktop_app/settings.py", "desktop_app/services/price_calendar.py", "manufacturer_server/cli.py"]
)
def test_what_has_no_part_in_it_does_not(file: str) -> None:
    assert (ROOT / file).is_file()
    assert not decides(file)


@pytest.mark.parametrize("pattern", DECIDES_THE_SYNC)
def test_each_pattern_names_something(pattern: str) -> None:
    assert files_of(pattern.removeprefix("!"))
