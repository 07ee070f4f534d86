"""The published description of the wire says what the code does."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from manufacturer_server import openapi
from manufacturer_server.problems import REGISTRY

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return openapi.document()


def test_the_committed_file_is_fresh() -> None:
    """`python -m manufacturer_server.openapi docs/openapi.yaml` writes it anew."""
    assert (DOCS / "openapi.yaml").read_text(encoding="utf-8") == openapi.text()


def test_it_names_every_operation_once(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    operations = {
        (path, method): operation["operationId"]
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    assert set(operations) == {
        ("/.well-known/order-sync", "get"),
        ("/v1/join", "post"),
        ("/v1/accounts/{account}/catalog", "get"),
        ("/v1/accounts/{account}/catalog/{name}", "get"),
        ("/v1/accounts/{account}/changes", "get"),
        ("/v1/accounts/{account}/events", "get"),
        ("/v1/accounts/{account}/orders/{order_id}/revisions/{revision}", "put"),
        ("/v1/accounts/{account}/orders/{order_id}/revisions/{revision}/answer", "put"),
        ("/v1/accounts/{account}/orders/{order_id}/requests/{request_id}", "put"),
        ("/v1/accounts/{account}/orders:outcomes", "post"),
        ("/v1/accounts/{account}/sealed/{sha256}", "put"),
        ("/v1/accounts/{account}/drafts/{draft_id}", "put"),
        ("/v1/practice/clock", "get"),
        ("/v1/practice/clock", "post"),
    }
    assert len(set(operations.values())) == len(operations)


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    wanted = {
        part.split('"')[0].rsplit("/", 1)[-1]
        for part in msgspec.json.encode(document).decode().split('"$ref":"#/components/schemas/')[1:]
    }
    assert wanted <= set(schemas)
    assert {"OrderDocument", "Accepted", "Problem", "Checkpoint"} <= set(schemas)


def test_every_problem_is_explained_in_the_guide() -> None:
    guide = (DOCS / "api.md").read_text(encoding="utf-8")
    slugs = {"epoch-changed" if slug == "epoch-mismatch" else slug for slug in REGISTRY}
    assert [slug for slug in sorted(slugs) if f"`{slug}`" not in guide] == []


def test_wrong_use_of_the_writer(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert openapi.main([]) == 2
    assert "usage" in capsys.readouterr().err
    assert openapi.main([str(tmp_path / "x.yaml")]) == 0
    assert (tmp_path / "x.yaml").read_text(encoding="utf-8") == openapi.text()
