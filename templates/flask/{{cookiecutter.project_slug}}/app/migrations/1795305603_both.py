"""accounts and tasks, which do not know of each other"""

revision: str = "1795305603"
down_revision: tuple[str, str] = ("1795305601", "1795305602")
branch_labels: tuple[str, ...] | None = None
depends_on: str | None = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
