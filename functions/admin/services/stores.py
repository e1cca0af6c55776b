"""Stores: list, create, read, change, archive, restore."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from functions.admin.public_holidays import (
    CountryUnknownError,
    PublicHoliday,
    RegionUnknownError,
    holiday_years,
    list_public_holidays,
)
from functions.admin.repositories import public_holidays
from functions.admin.repositories import stores as repository
from functions.admin.repositories.stores import StoreRow, StoreWithCounts
from functions.admin.schemas.stores import Store, StoreChange, StoreCreate, Stores
from functions.admin.services.lookups import lock_active_store, lock_any_store, require_store
from functions.admin.services.preconditions import require_unchanged
from functions.admin.services.worker_keys import revoke_all_worker_keys
from functions.common import audit
from functions.common.database import Connection
from functions.common.field_errors import FieldErrorType
from functions.common.identity import Superadmin
from functions.common.preconditions import settings_etag
from functions.common.problems import Invalid, field_error

SETTINGS_ACTIONS = ("store.change", "store.archive", "store.restore")
"""The actions that change the entity tag of a store."""


def list_stores(connection: Connection, admin: Superadmin, *, include_archived: bool) -> Stores:
    """Return all stores, ordered by name."""
    rows = repository.list_stores(connection, admin, include_archived=include_archived)
    return Stores(stores=[_to_response(row) for row in rows])


def get_store(connection: Connection, admin: Superadmin, store_id: UUID) -> Store:
    """Return a store. Raises StoreNotFound."""
    return _to_response(require_store(connection, admin, store_id))


def create_store(connection: Connection, admin: Superadmin, body: StoreCreate) -> Store:
    """Create a store without cameras, keys and owners.

    Raises:
        Invalid: the database lacks the time zone, or the holidays of the country or the region are unknown.
    """
    _check_time_zone(connection, admin, body.timezone)
    if body.country is None:
        _check_no_region(body.region)
    row = repository.insert_store(connection, admin, body.model_dump())
    _update_holidays(connection, admin, None, row)
    _audit(connection, admin, "store.create", None, row)
    return get_store(connection, admin, row.id)


def change_store(
    connection: Connection, admin: Superadmin, store_id: UUID, body: StoreChange, *, if_match: str | None
) -> Store:
    """Change the members that the body contains.

    Raises:
        StoreNotFound: there is no store with this id.
        StoreArchived: the store is archived.
        PreconditionFailed: the store has changed since.
        Invalid: the database lacks the time zone, or the holidays of the country or the region are unknown.
    """
    before = lock_active_store(connection, admin, store_id)
    _require_unchanged(connection, admin, before, if_match)
    if values := body.model_dump(exclude_unset=True):
        if "timezone" in values:
            _check_time_zone(connection, admin, body.timezone)
        if values.get("country", before.country) is None:
            _check_no_region(values.get("region"))
            values["region"] = None
        after = repository.update_store(connection, admin, store_id, values)
        _update_holidays(connection, admin, before, after)
        _audit(connection, admin, "store.change", before, after)
    return get_store(connection, admin, store_id)


def archive_store(connection: Connection, admin: Superadmin, store_id: UUID, *, if_match: str | None) -> Store:
    """Hide a store from its owners and revoke its worker keys for good; no data is deleted.

    Raises:
        StoreNotFound: there is no store with this id.
        PreconditionFailed: the store has changed since.
    """
    before = lock_any_store(connection, admin, store_id)
    _require_unchanged(connection, admin, before, if_match)
    if before.archived_at is None:
        revoke_all_worker_keys(connection, admin, store_id)
        after = repository.archive_store(connection, admin, store_id)
        _audit(connection, admin, "store.archive", before, after)
    return get_store(connection, admin, store_id)


def restore_store(connection: Connection, admin: Superadmin, store_id: UUID, *, if_match: str | None) -> Store:
    """Show an archived store to its owners again. Raises StoreNotFound, PreconditionFailed."""
    before = lock_any_store(connection, admin, store_id)
    _require_unchanged(connection, admin, before, if_match)
    if before.archived_at is not None:
        after = repository.update_store(connection, admin, store_id, {"archived_at": None})
        _audit(connection, admin, "store.restore", before, after)
    return get_store(connection, admin, store_id)


def _check_time_zone(connection: Connection, admin: Superadmin, name: str) -> None:
    """Raise Invalid unless the database has the time zone: its statements use the name as it is stored."""
    if not repository.knows_time_zone(connection, admin, name):
        message = f"The database does not know the time zone {name}. Update the time zone data (tzdata) of its server."
        error = field_error(["body", "timezone"], FieldErrorType.TIME_ZONE_UNKNOWN, message, {"timezone": name})
        raise Invalid([error])


def _check_no_region(region: str | None) -> None:
    """Raise Invalid when a store without a country gets a region."""
    if region is not None:
        message = "A region needs its `country`."
        raise Invalid([field_error(["body", "region"], FieldErrorType.COUNTRY_MISSING, message)])


def _update_holidays(connection: Connection, admin: Superadmin, before: StoreRow | None, after: StoreRow) -> None:
    """Resolve the public holidays of a store again when its settings changed. Raises Invalid for an unknown place."""
    today = _today(after)
    is_moved = before is None or (before.country, before.region) != (after.country, after.region)
    if is_moved:
        holidays = {} if after.country is None else _list_holidays(after.country, after.region, today)
        public_holidays.replace_holidays(
            connection, admin, after.id, holidays, today=today, closed=after.closed_on_holidays
        )
    elif before is not None and before.closed_on_holidays != after.closed_on_holidays:
        public_holidays.set_closed(connection, admin, after.id, today=today, closed=after.closed_on_holidays)


def _list_holidays(country: str, region: str | None, today: date) -> dict[date, PublicHoliday]:
    try:
        return list_public_holidays(country, region, holiday_years(today))
    except CountryUnknownError:
        message = f"The public holidays of {country} are not known. Leave `country` empty."
        error = field_error(["body", "country"], FieldErrorType.COUNTRY_UNKNOWN, message, {"country": country})
        raise Invalid([error]) from None
    except RegionUnknownError:
        message = f"The public holidays of {region} in {country} are not known. Leave `region` empty."
        params = {"country": country, "region": str(region)}
        error = field_error(["body", "region"], FieldErrorType.REGION_UNKNOWN, message, params)
        raise Invalid([error]) from None


def _today(store: StoreRow) -> date:
    """Return the store-day in progress. A change of zone or day_start within it does not matter here."""
    day_start = timedelta(hours=store.day_start.hour, minutes=store.day_start.minute)
    return (datetime.now(UTC).astimezone(ZoneInfo(store.timezone)).replace(tzinfo=None) - day_start).date()


def _require_unchanged(connection: Connection, admin: Superadmin, locked: StoreRow, if_match: str | None) -> None:
    require_unchanged(
        connection,
        admin,
        if_match,
        get_store(connection, admin, locked.id),
        store_id=locked.id,
        subject_id=locked.id,
        actions=SETTINGS_ACTIONS,
    )


def _audit(connection: Connection, admin: Superadmin, action: str, before: StoreRow | None, after: StoreRow) -> None:
    audit.record(
        connection,
        admin,
        action,
        subject_type="store",
        subject_id=after.id,
        store_id=after.id,
        before=None if before is None else asdict(before),
        after=asdict(after),
    )


def _to_response(row: StoreWithCounts) -> Store:
    day_start = row.day_start.strftime("%H:%M")
    etag = settings_etag({field.name: getattr(row, field.name) for field in fields(StoreRow)})
    return Store.model_validate({**asdict(row), "store_id": row.id, "day_start": day_start, "etag": etag})
