"""Colours, sizes and weights, light and dark. Values only: what paints with them lives beside this file."""

from msgspec import Struct

SMALL, BODY, SECTION, FIGURE = 12, 13, 16, 24
REGULAR, MEDIUM, SEMIBOLD = 400, 500, 600

PAGE_MARGIN = 24
RADIUS_MARK, RADIUS_CONTROL, RADIUS_PANEL = 4, 6, 8
RAIL_WIDTH, TOP_BAR, STATUS_BAR, STEPPER = 232, 56, 28, 56
SUMMARY_WIDTH, PRODUCT_PANEL_WIDTH = 296, 400
ROW, RESULT_ROW, DECISION_ROW, PROBLEM_ROW, SMALL_ROW = 32, 48, 52, 36, 28
CONTROL, MAIN_ACTION, SEARCH, NEW_ORDER = 32, 36, 40, 56


class Tokens(Struct, frozen=True):
    """One scheme of colours as `#RRGGBB`; the contrast of each pair that carries text is at least 4.5."""

    name: str
    paper: str
    surface: str
    rail: str
    rail_current: str
    sunk: str
    line: str
    line2: str
    ink: str
    ink2: str
    ink3: str
    accent: str
    on_accent: str
    accent_hover: str
    accent_soft: str
    selected: str
    accent_ink: str
    hover: str
    amber: str
    amber_soft: str
    amber_mark: str
    green: str
    green_soft: str
    green_mark: str
    red: str
    red_soft: str
    red_mark: str
    cap: str
    cap_border: str
    bar: str
    bar_soft: str
    stock: str
    on_stock: str
    violet: str = "#6D28D9"
    on_violet: str = "#FFFFFF"

    def tone(self, name: str) -> str:
        """The text colour called `name`: a field of this class, `ink` where there is none."""
        return str(getattr(self, name, self.ink))


LIGHT = Tokens(
    name="light",
    paper="#F7F8FA",
    surface="#FFFFFF",
    rail="#EDF0F3",
    rail_current="#FFFFFF",
    sunk="#F2F4F7",
    line="#E2E7EC",
    line2="#7F8B97",
    ink="#16202A",
    ink2="#45515D",
    ink3="#5F6B77",
    accent="#0B6E74",
    on_accent="#FFFFFF",
    accent_hover="#095F65",
    accent_soft="#E0EFEF",
    selected="#DFEFEF",
    accent_ink="#095B60",
    hover="#EEF2F5",
    amber="#854A00",
    amber_soft="#FCF1DC",
    amber_mark="#B76B00",
    green="#17663A",
    green_soft="#E2F3E9",
    green_mark="#1F7F49",
    red="#AE241B",
    red_soft="#FBE9E7",
    red_mark="#C23A30",
    cap="#FFFFFF",
    cap_border="#C9D1D9",
    bar="#B9C3CC",
    bar_soft="#DDE3E9",
    stock="#414D59",
    on_stock="#FFFFFF",
)

DARK = Tokens(
    name="dark",
    paper="#11181E",
    surface="#182129",
    rail="#0D1318",
    rail_current="#15363A",
    sunk="#141C23",
    line="#29353F",
    line2="#71808E",
    ink="#E9EEF2",
    ink2="#B6C1CB",
    ink3="#93A0AC",
    accent="#56BCC1",
    on_accent="#06282A",
    accent_hover="#6CC9CE",
    accent_soft="#15363A",
    selected="#16373B",
    accent_ink="#7FD3D7",
    hover="#1A242C",
    amber="#F2BC62",
    amber_soft="#2C2414",
    amber_mark="#E0A23C",
    green="#74D09A",
    green_soft="#12301F",
    green_mark="#4DB87B",
    red="#FF9A90",
    red_soft="#3B1B18",
    red_mark="#F0776C",
    cap="#202B34",
    cap_border="#44535F",
    bar="#4A5965",
    bar_soft="#2A3640",
    stock="#B6C1CB",
    on_stock="#11181E",
)


def tokens_for(scheme: str) -> Tokens:
    """The tokens of `light` or `dark`; anything else is light."""
    return DARK if scheme == "dark" else LIGHT
