"""What a stranger relies on: the locked packages are those the project asks for, and the README's commands exist."""

import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def asked_for(group: str) -> list[Requirement]:
    """The requirements of the program and of one dependency group with the groups it includes."""
    found = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
    waiting = [group]
    while waiting:
        for entry in PROJECT["dependency-groups"][waiting.pop()]:
            if isinstance(entry, str):
                found.append(Requirement(entry))
            else:
                waiting.append(entry["include-group"])
    return found


def locked(kind: str) -> dict[str, str]:
    """Name and version of each locked package."""
    text = (ROOT / "requirements" / f"{kind}.txt").read_text(encoding="utf-8")
    return {canonicalize_name(name): version for name, version in re.findall(r"^([\w.-]+)==(\S+)", text, re.M)}


@pytest.mark.parametrize(
    ("kinds", "group"), [(["runtime"], "build"), (["dev"], "dev"), (["runtime", "package"], "package")]
)
def test_each_package_asked_for_is_locked_at_a_version_that_fits(kinds: list[str], group: str) -> None:
    versions = {name: version for kind in kinds for name, version in locked(kind).items()}
    for requirement in asked_for(group):
        assert requirement.specifier.contains(versions[canonicalize_name(requirement.name)]), str(requirement)


def test_the_lists_hold_the_same_versions() -> None:
    runtime, dev, package = locked("runtime"), locked("dev"), locked("package")
    assert runtime == {name: version for name, version in dev.items() if name in runtime}
    assert package == package | {name: version for name, version in dev.items() if name in package}


@pytest.mark.parametrize("kind", ["runtime", "dev", "package"])
def test_each_locked_package_has_a_hash_and_no_list_names_an_address(kind: str) -> None:
    text = (ROOT / "requirements" / f"{kind}.txt").read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index-url|--find-links", text)
    blocks = re.split(r"\n(?=\S)", text.partition("make lock\n")[2].strip())
    assert len(blocks) == len(locked(kind))
    assert all("--hash=sha256:" in block for block in blocks)


def test_the_installed_packages_are_the_locked_ones() -> None:
    versions = locked("dev")
    installed: dict[str, str] = {}
    for package in metadata.distributions():
        installed[canonicalize_name(package.metadata["Name"])] = package.version
    differing = {name for name, version in versions.items() if installed.get(name, version) != version}
    assert differing == set()


def test_each_make_command_the_readme_names_exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", readme, re.M))
    assert {"run", "test"} <= named <= targets


@pytest.mark.parametrize("program", ["comptoir", "comptoir-server"])
def test_each_sub_command_the_readme_names_exists(program: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(rf"^(?:\.venv/bin/)?{program} (?:--profile \S+ )?([a-z]+)", readme, re.M))
    assert named
    for command in sorted(named):
        done = subprocess.run(
            [Path(sys.executable).parent / program, command, "--help"], capture_output=True, check=False
        )
        assert done.returncode == 0, f"{program} {command}: {done.stderr.decode()}"


def test_every_locked_package_is_named_with_its_licence() -> None:
    notice = (ROOT / "docs" / "third_party.md").read_text(encoding="utf-8")
    for name in locked("runtime"):
        assert f"| {name} |" in notice, f"docs/third_party.md does not name {name}: run scripts/write_third_party.py"
