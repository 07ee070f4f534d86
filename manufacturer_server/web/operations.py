"""How routes describe themselves in the OpenAPI document: bodies that are read raw, and the problems they may give."""

from dataclasses import dataclass
from functools import cache
from typing import ClassVar

import msgspec
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIMediaType, Operation, Reference, RequestBody

from desktop_app.contract.wire import Problem
from manufacturer_server.web.answers import JSON, PROBLEM_JSON


@cache
def takes(kind: type[msgspec.Struct]) -> type[Operation]:
    """An operation whose body is a document of `kind`; its exact bytes are read by the route itself."""

    @dataclass
    class Taking(Operation):
        body: ClassVar[RequestBody] = RequestBody(
            required=True,
            content={JSON: OpenAPIMediaType(schema=Reference(ref=f"#/components/schemas/{kind.__name__}"))},
        )

        def __post_init__(self) -> None:
            self.request_body = self.body

    return Taking


def answers(
    status: int, kind: type[msgspec.Struct] | type[bytes], *problems: int, media_type: str = JSON
) -> dict[int, ResponseSpec]:
    """The success of a route and the statuses of the problem documents it may answer instead."""
    specs = {status: ResponseSpec(kind, generate_examples=False, media_type=media_type)}
    for code in problems:
        specs[code] = ResponseSpec(Problem, generate_examples=False, media_type=PROBLEM_JSON, description="Refused")
    return specs
