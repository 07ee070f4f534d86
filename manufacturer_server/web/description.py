"""What the OpenAPI document says about the API as a whole, and the schemas of its messages."""

import inspect
from typing import Any

import msgspec
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme, Tag

from desktop_app.contract.documents import (
    AccountDoc,
    AgreementDoc,
    ConditionDoc,
    FamilyDoc,
    ProductDoc,
    StockDateDoc,
    StockDoc,
    TurnoverDoc,
    WholesalerDoc,
)
from desktop_app.contract.drafts import DraftAnswer, DraftDoc
from desktop_app.contract.orders import (
    Accepted,
    AmendRequest,
    CancelRequest,
    OrderDocument,
    OrderRecord,
    OutcomeAnswer,
    OutcomeRequest,
    Proposal,
    RequestAnswer,
)
from desktop_app.contract.sealed import SealedAnswer
from desktop_app.contract.wire import Checkpoint, Del, Discovery, Hint, JoinAnswer, JoinRequest, Manifest, Problem, Put
from manufacturer_server.practice import ClockChange, ClockView


def _described_problem() -> type[msgspec.Struct]:
    """`Problem` with the proposal as the document it is; in the code it stays raw, to be read only where it is used."""
    fields: list[Any] = []
    for field in msgspec.structs.fields(Problem):
        if field.name == "proposal":
            fields.append((field.name, Proposal | None, None))
        elif field.required:
            fields.append((field.name, field.type))
        else:
            fields.append((field.name, field.type, [] if field.name == "errors" else field.default))
    described = msgspec.defstruct("Problem", fields)
    described.__doc__ = Problem.__doc__
    return described


MESSAGES = (
    *(Discovery, JoinRequest, JoinAnswer, _described_problem()),
    *(Manifest, Put, Del, Checkpoint, Hint),
    *(FamilyDoc, WholesalerDoc, ProductDoc, StockDoc, StockDateDoc),
    *(AccountDoc, ConditionDoc, AgreementDoc, TurnoverDoc, OrderRecord),
    *(OrderDocument, Accepted, Proposal, CancelRequest, AmendRequest, RequestAnswer, OutcomeRequest, OutcomeAnswer),
    *(SealedAnswer, DraftDoc, DraftAnswer),
    *(ClockView, ClockChange),
)


def schemas() -> dict[str, Any]:
    """The JSON Schema of every message, by name.

    Descriptions are docstrings, which Python keeps indented as they were written up to 3.12 and not from 3.13 on.
    """
    _, components = msgspec.json.schema_components(MESSAGES, ref_template="#/components/schemas/{name}")
    # What a problem proposes is one of two documents, told apart by its type.
    proposed = components["Problem"]["properties"]["proposal"]
    proposed["anyOf"] = [*proposed["anyOf"], {"$ref": "#/components/schemas/DraftDoc"}]
    for schema in components.values():
        if "description" in schema:
            schema["description"] = inspect.cleandoc(schema["description"])
    return dict(sorted(components.items()))


def openapi_config() -> OpenAPIConfig:
    """The configuration from which the framework builds the document."""
    return OpenAPIConfig(
        title="Order Sync",
        version="1",
        summary="The wire between a dealer's order desk and a manufacturer's server.",
        tags=[
            Tag("entering", "Finding a server and entering it"),
            Tag("pull", "Reading the catalogue, the dealer's terms and the progress of orders"),
            Tag("push", "Sending orders and looking up their answers"),
            Tag("drafts", "Sharing drafts among the desks of an account"),
            Tag("practice", "The clock of a practice manufacturer; other servers answer 404"),
        ],
        components=Components(security_schemes={"desk-token": SecurityScheme(type="http", scheme="bearer")}),
        use_handler_docstrings=True,
    )
