"""The names of public holidays in several languages, and the numbers of an incident."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0035_words_in_languages"
down_revision = "0034_idempotency_keys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run `0035_words_in_languages.sql`."""
    execute_file("0035_words_in_languages.sql")


def downgrade() -> None:
    """Drop the columns. Pages show the main name of a holiday and the English text of an incident again."""
    op.execute("REVOKE SELECT (name, names), UPDATE (names) ON public_holidays FROM metrica_maintenance")
    op.execute("ALTER TABLE incidents DROP COLUMN facts")
    op.execute("DROP TRIGGER note_special_hours ON public_holidays")
    op.execute(
        "CREATE TRIGGER note_special_hours AFTER INSERT OR UPDATE OR DELETE ON public_holidays"
        " FOR EACH ROW EXECUTE FUNCTION note_special_hours()"
    )
    op.execute("ALTER TABLE public_holidays DROP COLUMN names")
