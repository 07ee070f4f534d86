"""The document of a shared draft."""

from datetime import UTC, datetime

import msgspec
import pytest

from desktop_app.contract.drafts import DraftDoc, DraftLineDoc, DraftState

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)


def test_it_reads_what_it_writes_and_leaves_out_what_is_not_said() -> None:
    lines = [DraftLineDoc(1, 1.0, "TN1", 12, 10, "N"), DraftLineDoc(2, 1.5, "MF9", 0)]
    document = DraftDoc("d-1", "B-2026-0001", NOW, NOW, NOW, lines, holder="Sophie", state=DraftState.SENT)
    written = msgspec.json.encode(document)
    assert msgspec.json.decode(written, type=DraftDoc) == document
    assert b"note" not in written


@pytest.mark.parametrize(
    "changed",
    [
        {"updated_at": "2026-03-10T09:30:00"},
        {"held_since": "9999-12-31T23:00:00Z"},
        {
            "lines": [
                {"key": 1, "place": 1, "sku": "A", "quantity": 1},
                {"key": 1, "place": 2, "sku": "B", "quantity": 1},
            ]
        },
        {"lines": [{"key": 1, "place": 1, "sku": "A", "quantity": -1}]},
        {"total": "-1.00"},
        {"state": "elsewhere"},
    ],
)
def test_what_no_desk_could_keep_is_no_draft(changed: dict[str, object]) -> None:
    plain = {**msgspec.to_builtins(DraftDoc("d-1", "B-1", NOW, NOW, NOW)), **changed}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(plain, DraftDoc, strict=False)
