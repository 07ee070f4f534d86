"""What anybody may ask: who answers here, and a joining code exchanged for a token."""

from urllib.parse import unquote

from litestar import Response, get, post
from litestar.di import NamedDependency
from sqlalchemy import Connection

from desktop_app.contract.documents import AccountDoc
from desktop_app.contract.drafts import DRAFTS_FEATURE
from desktop_app.contract.wire import Discovery, JoinAnswer, JoinRequest
from manufacturer_server import access, schemas
from manufacturer_server.bodies import Misshapen, decode
from manufacturer_server.orders import LIMITS
from manufacturer_server.problems import Refused
from manufacturer_server.sealed import sealing_key
from manufacturer_server.storage.identity import Identity, identity
from manufacturer_server.web.access import body_of
from manufacturer_server.web.answers import AnyRequest, json_answer
from manufacturer_server.web.backend import Backend
from manufacturer_server.web.operations import DESK_NAME, operation

FEATURES = ["snapshot", "orders", "cancel-requests", "amend-requests", "outcomes", "sealed", DRAFTS_FEATURE]


@get(
    "/.well-known/order-sync",
    operation_id="discover",
    operation_class=operation({200: Discovery}, open_to_all=True),
    tags=["entering"],
)
async def discovery(backend: NamedDependency[Backend]) -> Response[bytes]:
    """Who answers here: name, fixed server id, versions, epoch, limits, and the key to seal to."""
    who = await backend.read(identity)
    return json_answer(
        Discovery(
            name=who.name,
            server_id=who.server_id,
            api_versions=["1"],
            epoch=who.epoch,
            server_time=backend.now(),
            time_zone=who.time_zone,
            currency=who.currency,
            practice=who.practice,
            limits=LIMITS,
            sealing_key=sealing_key(who.sealing_secret),
            features=_features(backend, who),
            client_minimum=who.client_minimum,
            order_schemas=schemas.accepted(backend.now().date()),
        )
    )


def _features(backend: Backend, who: Identity) -> list[str]:
    return [
        *FEATURES,
        *(["events"] if backend.hints is not None else []),
        *(["practice-clock"] if who.practice else []),
    ]


@post(
    "/v1/join",
    operation_id="join",
    operation_class=operation(
        {201: JoinAnswer}, 400, 403, 413, 415, 426, body=JoinRequest, headers=(DESK_NAME,), open_to_all=True
    ),
    tags=["entering"],
    request_max_body_size=10_000,
)
async def join(request: AnyRequest, backend: NamedDependency[Backend]) -> Response[bytes]:
    """Exchange a one-time joining code for the token of this desk."""
    try:
        asked = decode(await body_of(request), JoinRequest)
    except Misshapen as misshapen:
        raise Refused("malformed", errors=[misshapen.error]) from misshapen
    if not asked.client_instance.isprintable() or not 0 < len(asked.client_instance) <= 200:
        raise Refused("malformed", "client_instance is the desk's own UUID.")

    name = unquote(request.headers.get("desk-name", ""))[:100]

    def exchange(connection: Connection) -> tuple[AccountDoc, str] | None:
        shown = name if name.isprintable() else ""
        return access.join(connection, asked.code, asked.client_instance, backend.now(), shown)

    joined = await backend.write(exchange)
    if joined is None:
        raise Refused("code-invalid", "Ask the manufacturer for a new one.")
    dealer, token = joined
    return json_answer(JoinAnswer(account=dealer.account, name=dealer.name, token=token), 201)
