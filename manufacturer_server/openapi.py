"""Writing `docs/openapi.yaml`: `python -m manufacturer_server.openapi FILE`. A test keeps the committed file fresh."""

import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from manufacturer_server.application import application_over
from manufacturer_server.clock import new_uuid, utc_now
from manufacturer_server.founding import found_server
from manufacturer_server.storage.database import Database
from manufacturer_server.web.backend import Backend
from manufacturer_server.web.description import openapi_config, schemas

EXIT_USAGE = 2


def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document of the API."""
    with tempfile.TemporaryDirectory() as folder:
        found_server(Path(folder) / "server", new_id=new_uuid)
        with closing(Backend(Database.open(Path(folder) / "server"), utc_now, new_uuid)) as backend:
            app = application_over(lambda: backend, practising=True, openapi_config=openapi_config())
            written: dict[str, Any] = app.openapi_schema.to_schema()
    written["components"]["schemas"] = schemas()
    return written


def text() -> str:
    """The document as YAML, the same for the same code."""
    return msgspec.yaml.encode(document()).decode()


def main(arguments: list[str]) -> int:
    """Write the document to the file named."""
    if len(arguments) != 1:
        print("usage: python -m manufacturer_server.openapi FILE", file=sys.stderr)
        return EXIT_USAGE
    Path(arguments[0]).write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
