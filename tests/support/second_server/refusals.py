"""The problem documents of the second server: the table of docs/api.md."""

import json
from typing import Any

# slug: (status, retry)
PROBLEMS: dict[str, tuple[int, str]] = {
    **dict.fromkeys(("malformed", "client-instance-missing", "key-mismatch"), (400, "never")),
    "unauthorized": (401, "reauth"),
    "code-invalid": (403, "never"),
    "not-found": (404, "never"),
    "method-not-allowed": (405, "never"),
    "terms-changed": (409, "confirm"),
    "terms-unknown": (409, "resync"),
    **dict.fromkeys(("superseded", "already-accepted"), (409, "never")),
    **dict.fromkeys(("cursor-expired", "epoch-changed"), (410, "resync")),
    "epoch-mismatch": (412, "resync"),
    "too-large": (413, "never"),
    "media-type": (415, "never"),
    "range": (416, "never"),
    **dict.fromkeys(("rejected", "key-reused", "receipt-invalid"), (422, "never")),
    "epoch-missing": (428, "resync"),
    "headers-too-large": (431, "never"),
    "internal": (500, "later"),
}


class Refused(Exception):
    """Becomes the problem document of `slug`; `more` are its further members."""

    def __init__(self, slug: str, detail: str = "", **more: object) -> None:
        super().__init__(slug, detail)
        self.status, self.retry = PROBLEMS[slug]
        self.body = encoded(problem(slug, detail, **more))


def problem(slug: str, detail: str = "", **more: object) -> dict[str, Any]:
    """A problem document (RFC 9457)."""
    status, retry = PROBLEMS[slug]
    named = "epoch-changed" if slug == "epoch-mismatch" else slug
    document = {"type": f"urn:order-sync:{named}", "title": named.replace("-", " ").capitalize(), "status": status}
    return document | ({"detail": detail} if detail else {}) | {"retry": retry} | more


def encoded(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def decoded(body: bytes) -> Any:
    """What a body holds; text that is not Unicode through and through makes the whole malformed."""
    try:
        found = json.loads(body.decode("utf-8", "strict"))
        written = json.dumps(found, ensure_ascii=False).encode("utf-8", "strict")
    except (ValueError, RecursionError) as error:
        raise Refused("malformed", "The body is not JSON in UTF-8.") from error
    if b"\\u0000" in written:
        raise Refused("malformed", "The body holds a NUL character.")
    return found
