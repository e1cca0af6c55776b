"""${message}."""

from __future__ import annotations

from db.timescale.migrations.sql import run

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "run('NNNN_name.sql')"}


def downgrade() -> None:
    ${downgrades if downgrades else "..."}
