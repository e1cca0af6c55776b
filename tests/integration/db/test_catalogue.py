"""The five migrations create the schema that eleven earlier ones had created, but for the listed changes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from db.timescale.embedded.launcher import running
from db.timescale.migrate import downgrade, upgrade
from tests.database import migrated_folder
from tests.integration.db.catalogue import Catalogue, parse, read_catalogue

BEFORE = Path(__file__).with_name("catalogue_0011.txt")
SQUASHED = "0005_roles"
"""The last of the five migrations. Later ones change the schema; this test does not look at them."""

RENAMED = {
    "cameras_keep_counting_periods": "update_counting_periods",
    "audit_log_is_not_emptied": "reject_truncate",
    "audit_log_is_final()": "reject_audit_log_change()",
    "audit_log.audit_log_is_final": "audit_log.reject_update_or_delete",
    "TRIGGER audit_log_is_final": "TRIGGER reject_update_or_delete",
    "footfall_15m_reading_idx": "footfall_15m_store_id_bucket_covering_idx",
    "coverage_15m_reading_idx": "coverage_15m_store_id_bucket_covering_idx",
    # in the two functions
    "quarter constant": "quarter_hour constant",
    "bin(quarter,": "bin(quarter_hour,",
    "+ quarter\\b": "+ quarter_hour",
    "did_count": "counted_before",
    "does_count": "counts_now",
    "begins": "window_start",
    "ends": "window_end",
    "noted": "covered_ids",
    "reach": "start_offset",
    "settled": "end_offset",
}
"""Names that are different now."""


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """The schema of the five migrations, always on the embedded server: other versions print definitions differently."""
    folder = tmp_path_factory.mktemp("catalogue") / "data"
    shutil.copytree(migrated_folder(), folder)
    with running(folder, jobs_every_s=0, durable=False) as server:
        downgrade(server.url)
        upgrade(server.url, SQUASHED)
        with psycopg.connect(server.url, autocommit=True, prepare_threshold=None) as connection:
            yield read_catalogue(connection)


def test_print(catalogue: Catalogue) -> None:
    from tests.integration.db.catalogue import render
    Path("/tmp/dbh/new.txt").write_text(render(catalogue))
