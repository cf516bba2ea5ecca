from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base, UtcDateTime, db, now


class Task(Base):
    __tablename__ = "tasks"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    done: Mapped[bool] = mapped_column(default=False)
    created: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    updated: Mapped[datetime] = mapped_column(UtcDateTime, default=now, onupdate=now)


def newest(page: int, limit: int) -> tuple[Sequence[Task], int]:
    """Return one page of tasks, the newest first, and how many there are in all."""
    total = db.session.scalar(select(func.count()).select_from(Task)) or 0
    query = select(Task).order_by(Task.id.desc()).offset((page - 1) * limit).limit(limit)
    return db.session.scalars(query).all(), total
