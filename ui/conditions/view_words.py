"""The views of the room: their short names, what each shows in full, and what an empty one says."""

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate

DEARER = "dearer"


def view_chips() -> tuple[tuple[str, str], ...]:
    """Each view with its name on the chip, in their order."""
    return (
        ("all", translate("ConditionViews", "All")),
        ("changed", translate("ConditionViews", "Changed")),
        ("ending", translate("ConditionViews", "Ending")),
        ("ahead", translate("ConditionViews", "Ahead")),
        (DEARER, translate("ConditionViews", "Dearer")),
        ("conflicts", translate("ConditionViews", "Errors")),
    )


def view_tips() -> dict[str, str]:
    """What each view shows, in full."""
    return {
        "all": translate("ConditionViews", "All conditions"),
        "changed": translate("ConditionViews", "What changed since last week"),
        "ending": translate("ConditionViews", "What ends this month"),
        "ahead": translate("ConditionViews", "What is announced and not yet in force"),
        DEARER: translate("ConditionViews", "What becomes dearer, and from which day"),
        "conflicts": translate("ConditionViews", "Records that contradict each other, so that neither counts"),
    }


def empty_words(view: str, narrowed: bool) -> tuple[str, str, str]:
    """Icon, words and what to do next, where a view shows nothing; `narrowed` by words or filters."""
    if narrowed:
        return (
            "magnifying-glass",
            translate("ConditionViews", "No condition matches"),
            translate("ConditionViews", "Try fewer words, or give up a filter."),
        )
    words = {
        "changed": (
            translate("ConditionViews", "Nothing changed since last week"),
            translate("ConditionViews", "New, changed and withdrawn conditions stand here for a week."),
        ),
        "ending": (
            translate("ConditionViews", "Nothing ends this month"),
            translate("ConditionViews", "Promotions and contracts stand here in the month they end."),
        ),
        "ahead": (
            translate("ConditionViews", "Nothing is announced"),
            translate("ConditionViews", "What the manufacturer announces stands here until it is in force."),
        ),
        DEARER: (
            translate("ConditionViews", "Nothing becomes dearer"),
            translate("ConditionViews", "Announced prices and discounts that end stand here before it happens."),
        ),
        "conflicts": (
            translate("ConditionViews", "No contradictory record"),
            translate("ConditionViews", "Everything the manufacturer sent can be read one way only."),
        ),
    }
    none = (
        translate("ConditionViews", "No condition yet"),
        translate("ConditionViews", "They arrive with the next synchronisation."),
    )
    return ("handshake", *words.get(view, none))
