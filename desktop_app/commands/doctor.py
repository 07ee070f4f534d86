"""`comptoir doctor`: versions, paths, the state of the files, the queue, and what is wrong with them."""

import platform
from argparse import ArgumentParser, Namespace
from pathlib import Path

from desktop_app.application import Application
from desktop_app.commands.order_json import moment_json
from desktop_app.commands.output import print_json, say
from desktop_app.credentials import Credentials
from desktop_app.errors import ComptoirError
from desktop_app.paths import ProfilePaths
from desktop_app.places import unsafe_place
from desktop_app.services.second_folder import FolderState
from desktop_app.version import program_version


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments of `doctor`."""
    parser.add_argument(
        "--set-aside", type=Path, metavar="FILE", help="write the rows that could not be read to a file, with all bytes"
    )
    parser.add_argument("--json", action="store_true", help="print JSON (always so)")


def run(arguments: Namespace) -> int:
    """Print what was found; exit 1 where something is wrong. Changes nothing but what is exported; no network."""
    paths = ProfilePaths(arguments.profile)
    credentials = Credentials()
    problems: list[str] = []
    answer: dict[str, object] = {
        "version": program_version(),
        "python": platform.python_version(),
        "system": platform.platform(),
        "profile": str(paths.root),
        "desk": str(paths.desk),
        "log": str(paths.log),
        "key_store": credentials.describe(),
        "connected": paths.profile.exists(),
    }
    unsafe = unsafe_place(paths.root)
    if unsafe is not None:
        problems.append(f"The folder {paths.root} {unsafe.sentence}. Move it to this computer's own disk.")
    try:
        application = Application.open(arguments.profile, credentials=credentials)
    except ComptoirError as error:
        problems.append(f"{error.title}: {error.message}")
    else:
        try:
            if arguments.set_aside is not None:
                count = application.unreadable.export(arguments.set_aside)
                say(f"{count} rows written to {arguments.set_aside}.")
            answer |= _examine(application, problems)
        finally:
            application.close_files()
    print_json(answer | {"problems": problems})
    for problem in problems:
        say(problem)
    return 1 if problems else 0


def _examine(application: Application, problems: list[str]) -> dict[str, object]:
    """What an open, connected desk has to say; {} before it is connected."""
    identity = application.identity
    if identity is None:
        return {}
    health = application.health()
    problems.extend(health.problems())
    if waiting := application.unreadable.waiting():
        problems.append(
            f"{waiting} rows could not be read by this version and were set aside: write them to a file with "
            "--set-aside FILE and ask for help."
        )
    status = application.sync.status()
    return {
        "account": identity.account,
        "manufacturer": identity.manufacturer,
        "server_url": identity.server_url,
        "practice": identity.practice,
        "sqlite": health.engine.sqlite,
        "sqlcipher": health.engine.sqlcipher,
        "wal_safe": health.engine.wal_safe,
        "desk_bytes": health.desk.size,
        "desk_integrity": health.desk.damage or "ok",
        "catalogue": str(health.catalogue.path),
        "catalogue_bytes": health.catalogue.size,
        "catalogue_integrity": health.catalogue.damage or "ok",
        "unreadable_rows": health.unreadable_rows,
        "set_aside": [
            {"table": row.table, "key": row.key, "reason": row.reason, "at": moment_json(row.at)}
            for row in application.unreadable.all()
        ],
        "backups": [str(path) for path in health.backups],
        "unsent_copies": health.unsent.messages,
        "second_folder": _second_folder(application, problems),
        "recovery_code_made_at": _recovery_code(application, problems),
        "last_success": moment_json(status.last_success),
        "offline_since": moment_json(status.since),
        "queue": {"waiting": status.waiting, "held": status.held, "attention": status.attention},
        "ages": {
            age.collection: {"rows": age.rows, "synced_at": moment_json(age.synced_at), "verified": age.verified}
            for age in status.collections
        },
    }


def _second_folder(application: Application, problems: list[str]) -> dict[str, object] | None:
    """How the second folder is, None where none was chosen. That a stick is not there is no problem."""
    view = application.second_copy.view().folder
    if not view.folder:
        return None
    if view.state is FolderState.FAILED:
        problems.append(f"The second folder {view.folder} cannot be written: {view.detail}")
    return {
        "folder": view.folder,
        "state": view.state,
        "in_step_at": moment_json(view.since),
        "same_disk": view.same_disk,
    }


def _recovery_code(application: Application, problems: list[str]) -> str | None:
    """When the recovery code was made, None where there is none."""
    try:
        return moment_json(application.recovery.made_at())
    except ComptoirError as error:
        problems.append(f"{error.title}: {error.message}")
        return None
