"""What evaluators wrote about a drill."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from drillapp.core.database.base import Base, Keyed


class Evaluation(Base, Keyed):
    """The sheet of one evaluator."""

    __tablename__ = "drill_evaluations"
    __table_args__ = (UniqueConstraint("drill_id", "position"),)

    drill_id: Mapped[int] = mapped_column(ForeignKey("drills.id"))
    position: Mapped[int]
    form: Mapped[str] = mapped_column(Text)
    """The form's name: a file of resources/standards/evaluation."""
    evaluator: Mapped[str] = mapped_column(Text)
    institution: Mapped[str | None] = mapped_column(Text)
    """The third party the evaluator comes from; None for in-house."""
    qualification: Mapped[str | None] = mapped_column(Text)
    contract: Mapped[str | None] = mapped_column(Text)
    assigned: Mapped[str | None] = mapped_column(Text)
    """Where the evaluator stands and which groups of the form are his, as he reads it."""
    answers: Mapped[str] = mapped_column(Text)
    """The answer to each item by its code, with its reason, as JSON (evaluation.forms.Answer)."""
    comment: Mapped[str | None] = mapped_column(Text)
    """What was said on the spot after the drill."""
    submitted_on: Mapped[date | None]
    """From this day on the sheet is closed."""
    revision: Mapped[int] = mapped_column(default=1)
    """Counts the changes; a change made on an older revision is refused."""


class DrillVerdict(Base, Keyed):
    """How a drill is rated in the end, and by whom; the drill itself carries the rating."""

    __tablename__ = "drill_verdicts"

    drill_id: Mapped[int] = mapped_column(ForeignKey("drills.id"), unique=True)
    computed: Mapped[str | None] = mapped_column(Text)
    """The rating by the rule, as it was when the verdict was given."""
    reason: Mapped[str | None] = mapped_column(Text)
    """Why the rating given is another than the computed one."""
    decided_by: Mapped[str] = mapped_column(Text)
    decided_on: Mapped[date]
