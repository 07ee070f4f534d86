"""The pages that were made so far, one of them shown. Which page and when is the window's decision."""

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.page import Page


class PageStack:
    """Keeps pages by name; each is made when first shown and told when it comes and goes."""

    def __init__(self, stack: QStackedWidget) -> None:
        self._stack = stack
        self._pages: dict[str, Page] = {}
        self._shown = ""

    @property
    def current(self) -> Page | None:
        """The page that is shown."""
        return self._pages.get(self._shown)

    @property
    def name(self) -> str:
        """The name of the page that is shown, empty before the first."""
        return self._shown

    def show(self, name: str, make: Callable[[], Page]) -> Page:
        """Bring a page to the front, making it if need be. `on_shown` is the caller's to call."""
        before = self.current
        if before is not None and self._shown != name:
            before.on_hidden()
        page = self._pages.get(name)
        if page is None:
            page = self._pages[name] = make()
            self._stack.addWidget(page)
        self._shown = name
        self._stack.setCurrentWidget(page)
        return page

    def focus_place(self) -> tuple[str, int]:
        """Which page has the focus, and which of its widgets counted from the first."""
        page = self.current
        focused = page.window().focusWidget() if page is not None else None
        if page is None or focused is None or not page.isAncestorOf(focused):
            return "", -1
        return self._shown, page.findChildren(QWidget).index(focused)

    def restore_focus(self, place: tuple[str, int]) -> None:
        """The same page made anew has the focus where it was."""
        name, index = place
        page = self.current
        if page is None or not name or name != self._shown:
            return
        widgets = page.findChildren(QWidget)
        if index < len(widgets):
            widgets[index].setFocus()

    def forget(self, name: str) -> None:
        """Throw a page away, so that the next one of this name is made anew."""
        page = self._pages.pop(name, None)
        if page is None:
            return
        if self._shown == name:
            page.on_hidden()
            self._shown = ""
        self._stack.removeWidget(page)
        page.deleteLater()

    def close(self) -> None:
        """The shown page goes, and with it all others."""
        if self.current is not None:
            self.current.on_hidden()
        self._pages.clear()
        self._shown = ""
