"""Writes docs/openapi.yaml from the server's own routes and messages; `--check` says whether it is up to date."""

import sys
import tempfile
import uuid
from pathlib import Path

import msgspec
import yaml

from manufacturer_server.application import create_app
from manufacturer_server.founding import found_server

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "openapi.yaml"


def document() -> str:
    """The API as OpenAPI 3.1 in YAML."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "server"
        found_server(data, name="Manufacturer", practice=False, new_id=lambda: str(uuid.UUID(int=0)))
        # Defaults may be Structs: plain values only.
        schema = msgspec.to_builtins(create_app(data).openapi_schema.to_schema())
    head = "# Written by scripts/write_openapi.py from the server's routes and messages.\n"
    return head + str(yaml.safe_dump(schema, sort_keys=False, allow_unicode=True, width=120))


def main() -> int:
    """Write the document, or compare it with --check; exit 1 where it is out of date."""
    text = document()
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(text, encoding="utf-8")
    elif not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != text:
        sys.stderr.write("docs/openapi.yaml is out of date: run scripts/write_openapi.py\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
