"""The form of the code: sizes, names, a test module for each module of the core, no promise left open."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("conformance", "desktop_app", "manufacturer_server", "resources", "ui")
TESTED_ROOMS = ("contract", "documents", "domain", "remote", "services", "storage", "sync")
FILE_LINES, CLASS_LINES, FUNCTION_LINES = 500, 300, 50
EMPTY_WORDS = re.compile(r"(Manager|Helpers?|Utils?|Base)$|^Base[A-Z]")
OPEN_PROMISES = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def none_of(complaints: list[str]) -> None:
    """Fail with all complaints, one a line."""
    assert not complaints, "\n" + "\n".join(complaints)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def length(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from the first to the last, decorators and docstring left out."""
    assert node.end_lineno is not None
    first = node.body[0]
    docstring = 0
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        assert first.end_lineno is not None
        docstring = first.end_lineno - first.lineno + 1
    return node.end_lineno - node.lineno + 1 - docstring


def too_long(path: Path) -> Iterator[str]:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    if lines > FILE_LINES:
        yield f"{name(path)}: {lines} lines"
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ClassDef) and length(node) > CLASS_LINES:
            yield f"{name(path)}:{node.lineno} class {node.name}: {length(node)} lines"
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and length(node) > FUNCTION_LINES:
            yield f"{name(path)}:{node.lineno} {node.name}: {length(node)} lines"


def test_files_classes_and_functions_can_be_read_at_once() -> None:
    none_of([complaint for path in sources(*PACKAGES, "scripts", "tests") for complaint in too_long(path)])


def test_each_module_says_what_lives_in_it() -> None:
    silent = [name(path) for path in sources(*PACKAGES, "scripts", "tests") if not ast.get_docstring(tree(path))]
    none_of([path for path in silent if (ROOT / path).stat().st_size])


def test_names_say_what_a_thing_does() -> None:
    empty = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in sources(*PACKAGES)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and EMPTY_WORDS.search(node.name)
    ]
    none_of(empty)


@pytest.mark.parametrize("room", TESTED_ROOMS)
def test_each_module_of_the_core_has_its_test_module(room: str) -> None:
    modules = {path.relative_to(ROOT / "desktop_app") for path in (ROOT / "desktop_app" / room).rglob("*.py")}
    wanted = {path.with_name(f"test_{path.name}") for path in modules if path.name != "__init__.py"}
    none_of(sorted(path.as_posix() for path in wanted if not is_tested(path)))


def is_tested(path: Path) -> bool:
    """Tests mirror the packages; those that need a server or two desks have a folder of their own."""
    return any((ROOT / "tests" / place).is_file() for place in (Path("unit") / path, path))


def test_nothing_of_qt_in_the_core() -> None:
    """The import contracts say it too; this one also sees a word in a string or an import done late."""
    word = re.compile(r"\b(PySide6|PyQt\d|qasync|shiboken6|qtpy|qtawesome)\b")
    none_of([name(path) for path in sources("desktop_app") if word.search(path.read_text(encoding="utf-8"))])


def test_no_promise_is_left_open() -> None:
    mine = Path(__file__).resolve()
    open_promises = [
        f"{name(path)}:{number}"
        for path in sources(*PACKAGES, "scripts", "tests")
        if path != mine
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if OPEN_PROMISES.search(line)
    ]
    none_of(open_promises)


def test_the_core_refuses_by_name_and_never_catches_everything() -> None:
    blind = [
        f"{name(path)}:{node.lineno}"
        for path in sources(*PACKAGES)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}))
    ]
    none_of(blind)
