"""Repository of the end of a subscription by its token. The token is the proof: there is no caller."""

from __future__ import annotations

from sqlalchemy import delete

from db.timescale.tables import report_subscriptions

from . import audit, bearer_token
from .database import Connection
from .unsubscribe_token import is_well_formed


def unsubscribe(connection: Connection, token: str) -> bool:
    """End the subscription of a token, record it in the audit log, and return whether there was one."""
    if not is_well_formed(token):
        return False
    c = report_subscriptions.c
    statement = (
        delete(report_subscriptions)
        .where(c.unsubscribe_sha256 == bearer_token.digest(token))
        .returning(c.id, c.user_id, c.store_id, c.period)
    )
    row = connection.execute(statement).mappings().one_or_none()
    if row is None:
        return False
    audit.record(
        connection,
        None,
        "report_subscription.unsubscribe",
        subject_type="report_subscription",
        subject_id=row["id"],
        store_id=row["store_id"],
        before=dict(row),
    )
    return True
