"""What the OpenAPI document says about the API as a whole."""

from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme, Tag

OPENAPI = OpenAPIConfig(
    title="Order Sync",
    version="1",
    summary="The wire between a dealer's order desk and a manufacturer's server.",
    tags=[
        Tag("entering", "Finding a server and entering it"),
        Tag("pull", "Reading the catalogue, the dealer's terms and the progress of orders"),
        Tag("push", "Sending orders and looking up their answers"),
        Tag("practice", "The clock of a practice manufacturer; other servers answer 404"),
    ],
    components=Components(security_schemes={"desk-token": SecurityScheme(type="http", scheme="bearer")}),
    path="/v1/openapi",
    render_plugins=[],
)
