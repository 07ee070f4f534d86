"""What the package promises before it is built. Building is `make package`, the proof `installer/smoke-test`."""

import ast
import configparser
import os
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
INSTALLER = ROOT / "installer"
PLAN = ast.parse((INSTALLER / "comptoir.spec").read_text(encoding="utf-8"))
PROGRAMS: dict[str, str] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]


def calls(name: str) -> list[list[str]]:
    """The texts given to each call of `name` in PyInstaller's plan."""
    return [
        [str(part.value) for part in node.args if isinstance(part, ast.Constant)]
        for node in ast.walk(PLAN)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    ]


def not_needed() -> set[str]:
    for node in PLAN.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "NOT_NEEDED":
            return set(ast.literal_eval(node.value))
    raise AssertionError("comptoir.spec does not say what it leaves out")


def imported(path: Path) -> set[str]:
    """Each module that the file names in an import, early or late."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def test_it_holds_the_programs_that_the_project_has_each_started_the_same_way() -> None:
    assert {texts[0] for texts in calls("program")} == set(PROGRAMS)
    starts = ["".join(sorted(imported(INSTALLER / texts[0]) - {"os", "sys"})) for texts in calls("analysis")]
    assert sorted(starts) == sorted(entry.partition(":")[0] for entry in PROGRAMS.values())


def test_all_our_packages_are_inside() -> None:
    named = {package for texts in calls("analysis") for package in texts[1:]}
    with_data = {texts[0].partition(".")[0] for texts in calls("collect_data_files")}
    assert {"conformance", "desktop_app", "manufacturer_server", "resources", "ui"} <= named | with_data


@pytest.mark.parametrize("package", ["conformance", "desktop_app", "manufacturer_server", "resources", "ui"])
def test_nothing_we_import_is_left_out(package: str) -> None:
    left_out = not_needed()
    wrong = [
        f"{path}: {name}"
        for path in (ROOT / package).rglob("*.py")
        for name in imported(path)
        if name.partition(".")[0] in left_out or name in left_out
    ]
    assert not wrong


def test_the_menu_entry_starts_the_desk() -> None:
    entry = configparser.RawConfigParser(strict=True)
    entry.read(INSTALLER / "debian" / "comptoir.desktop", encoding="utf-8")
    assert {entry[section]["Exec"].split()[0] for section in entry.sections()} <= set(PROGRAMS)
    assert (ROOT / "resources" / "icons" / f"{entry['Desktop Entry']['Icon']}.svg").is_file()
    assert f"Desktop Action {entry['Desktop Entry']['Actions'].strip(';')}" in entry.sections()


def test_each_place_in_the_control_file_is_filled() -> None:
    places = set(re.findall(r"@[A-Z]+@", (INSTALLER / "debian" / "control").read_text(encoding="utf-8")))
    build = (INSTALLER / "build").read_text(encoding="utf-8")
    assert places
    assert all(f"s/{place}/" in build for place in places)


@pytest.mark.skipif(os.name != "posix", reason="the mark of a program that can be run")
@pytest.mark.parametrize("name", ["build", "smoke-test"])
def test_its_programs_can_be_run(name: str) -> None:
    assert os.access(INSTALLER / name, os.X_OK)
