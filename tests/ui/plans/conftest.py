"""The plans page with a plan that has a text."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from drillapp.core.plans.versions import versions_of, write_content
from drillapp.ui.plans.page import PlansPage
from drillapp.ui.session import Session
from tests.ui.filled import fill, shown
from tests.ui.plans.planned import CONTENT, begun


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> PlansPage:
    """The plans of a street; the first one has a text."""
    assert session.office is not None
    fill(session.office)
    plan_id = 1
    version = versions_of(session.office, plan_id)[0]
    write_content(session.office, version.id, version.revision, CONTENT)
    return shown(session, qtbot, PlansPage)


@pytest.fixture
def draft(session: Session, page: PlansPage) -> int:
    """A second version of that plan, being written."""
    return begun(session.office)
