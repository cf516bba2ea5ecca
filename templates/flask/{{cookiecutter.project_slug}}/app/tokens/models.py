from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base, UtcDateTime, now


class Token(Base):
    __tablename__ = "tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    # All that is kept of the token itself.
    digest: Mapped[str] = mapped_column(unique=True)
    rights: Mapped[str]
    created: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    expires: Mapped[datetime] = mapped_column(UtcDateTime)
