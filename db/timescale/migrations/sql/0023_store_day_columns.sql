-- The KPIs of a store-day in columns: a list of many stores reads thousands of them, and JSON was most of its time.

-- The job computes all days again. Some of the rows rest on special days of other stores.
DELETE FROM store_days;

ALTER TABLE store_days
  DROP COLUMN kpis,
  ADD COLUMN state text NOT NULL,
  ADD COLUMN is_complete boolean NOT NULL,
  ADD COLUMN is_known boolean NOT NULL,
  ADD COLUMN visitors bigint NOT NULL,
  ADD COLUMN exits bigint NOT NULL,
  ADD COLUMN unmatched_exits bigint NOT NULL,
  ADD COLUMN residual bigint,
  ADD COLUMN dwell_s double precision,
  ADD COLUMN person_seconds double precision NOT NULL,
  ADD COLUMN open_person_seconds double precision NOT NULL,
  ADD COLUMN open_known_s double precision NOT NULL,
  ADD COLUMN occupancy_peak double precision,
  ADD COLUMN occupancy_end double precision NOT NULL,
  ADD COLUMN expected_s double precision NOT NULL,
  ADD COLUMN observed_s double precision NOT NULL,
  ADD COLUMN overdue_s double precision NOT NULL,
  ADD COLUMN line_changed boolean NOT NULL,
  ADD COLUMN has_two_lines boolean NOT NULL,
  ADD CONSTRAINT store_days_state_check CHECK (state IN ('value', 'partial', 'no_data', 'pending', 'closed'));
