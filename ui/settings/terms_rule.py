"""The dealer's rule for changed terms: ask, take what is no dearer, or take a little more; said in plain words."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSpinBox, QWidget

from desktop_app.settings import TERMS_POLICY, TOLERANCE_EUR, TOLERANCE_PERCENT, Setting, Settings
from ui.formats import NBSP, THIN
from ui.page import UiContext
from ui.theme.tokens import BODY, CONTROL
from ui.widgets.card import Card
from ui.widgets.choices import SegmentedChoice
from ui.widgets.text import Text, body, row, section, small

_ASK, _BETTER, _TOLERANCE = "ask", "better", "tolerance"


class TermsRuleCard(Card):
    """Every choice is kept the moment it is made; the words below say what it will do."""

    def __init__(self, context: UiContext, settings: Settings) -> None:
        self._context, self._settings = context, settings
        look, french = context.look, context.formats.french
        self._title, self._intro = section(look), small(look, "", "ink2", wrap=True)
        self._words: Text = body(look, "", "ink", wrap=True)
        self._never = small(look, "", wrap=True)
        self._tolerance = QWidget()
        self.percent = self._spin(TOLERANCE_PERCENT, f"{THIN}%" if french else "%")
        self.euros = self._spin(TOLERANCE_EUR, f"{NBSP}€" if french else "")
        self.euros.setPrefix("" if french else "€")
        self._percent_words, self._euro_words = body(look, "", "ink"), body(look, "", "ink")
        self._tolerance.setLayout(
            row(self._percent_words, self.percent, 12, self._euro_words, self.euros, None, spacing=8)
        )
        self._holder = QWidget()
        super().__init__(
            self._title, self._intro, self._holder, self._tolerance, self._words, self._never, spacing=10, margin=20
        )
        options = (
            (_ASK, self.tr("Ask me")),
            (_BETTER, self.tr("Take what is not dearer")),
            (_TOLERANCE, self.tr("Take a little more too")),
        )
        self._title.setText(self.tr("When the manufacturer changes prices"))
        self.rule = SegmentedChoice(look, options, settings.get(TERMS_POLICY), self._title.text())
        self._holder.setLayout(row(self.rule, None))
        self._say_names()
        self.rule.chosen.connect(self._on_rule_chosen)
        self._show()

    def _say_names(self) -> None:
        self._intro.setText(
            self.tr("An order may meet other prices than those you saw when you sent it. Without you this happens:")
        )
        self._percent_words.setText(self.tr("Each unit price at most"))
        self._euro_words.setText(self.tr("dearer, the whole order at most"))
        self._never.setText(
            self.tr("Quantities, stopped products, credit and used-up special prices are always asked about.")
        )
        self.percent.setAccessibleName(self.tr("Most a unit price may rise, in per cent"))
        self.euros.setAccessibleName(self.tr("Most an order may rise before VAT, in euros"))

    def _spin(self, setting: Setting[int], suffix: str) -> QSpinBox:
        field = QSpinBox()
        field.setRange(setting.lowest or 0, setting.highest or 0)
        field.setValue(self._settings.get(setting))
        field.setSuffix(suffix)
        field.setFont(self._context.look.font(BODY))
        field.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        field.setFixedSize(96, CONTROL)
        field.valueChanged.connect(self._keeper(setting))
        return field

    def _keeper(self, setting: Setting[int]) -> Callable[[int], None]:
        def keep(value: int) -> None:
            self._context.navigator.run(lambda: self._settings.set(setting, value))
            self._show()

        return keep

    def _on_rule_chosen(self, rule: str) -> None:
        self._context.navigator.run(lambda: self._settings.set(TERMS_POLICY, rule))
        self._show()

    def _show(self) -> None:
        """What the rule does, from what is really kept."""
        rule, formats = self._settings.get(TERMS_POLICY), self._context.formats
        self.rule.set_value(rule)
        self._tolerance.setVisible(rule == _TOLERANCE)
        words = {
            _ASK: self.tr("Every changed order waits for your decision in the Sync centre."),
            _BETTER: self.tr(
                "An order leaves again by itself where no line and no total is dearer than you saw. You are told "
                "afterwards; any other change waits for your decision."
            ),
            _TOLERANCE: self.tr(
                "An order also leaves again by itself, once, where it is a little dearer and within these limits. "
                "You are told afterwards; any other change waits for your decision."
            ),
        }
        self._words.setText(formats.typography(words[rule]))
