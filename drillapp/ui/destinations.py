"""The places a person can go to, in the order of the navigation."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from drillapp.core.i18n import _

if TYPE_CHECKING:
    from drillapp.ui.parts.page import Page
    from drillapp.ui.session import Session


class Destination(NamedTuple):
    """One entry of the navigation; its page is imported when somebody goes there."""

    name: str
    label: str
    icon: str
    page: str
    """Name of the page's class in `drillapp.ui.<name>.page`."""

    def make(self, session: Session) -> Page:
        """The page, made now."""
        made: Page = getattr(import_module(f"drillapp.ui.{self.name}.page"), self.page)(session)
        return made


def destinations() -> tuple[Destination, ...]:
    """All places with their names in the language of now; the last one stands apart at the bottom."""
    return (
        Destination("home", _("Home"), "home", "HomePage"),
        Destination("units", _("Units"), "units", "UnitsPage"),
        Destination("plans", _("Plans"), "plans", "PlansPage"),
        Destination("drills", _("Drills"), "drills", "DrillsPage"),
        Destination("supplies", _("Supplies"), "supplies", "SuppliesPage"),
        Destination("cards", _("Cards"), "cards", "CardsPage"),
        Destination("readiness", _("Readiness"), "readiness", "ReadinessPage"),
        Destination("settings", _("Settings"), "settings", "SettingsPage"),
    )
