-- The first hours of the store-day in progress of each store: a list of many stores computes only what follows them.

-- One row for each store, that of its last store-day. It is valid under the conditions of store_days (0016_store_days.sql), for
-- the UTC dates from starts_at to until. hour_visitors has NULL where nothing is known.
CREATE TABLE store_first_hours (
  store_id uuid PRIMARY KEY REFERENCES stores ON DELETE CASCADE,
  day date NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  until timestamptz NOT NULL,
  data_version bigint NOT NULL,
  formula_version integer NOT NULL,
  hour_visitors integer[] NOT NULL,
  hour_states text[] NOT NULL,
  live_occupancy bigint NOT NULL,
  live_unmatched_exits bigint NOT NULL,
  state text NOT NULL,
  is_known boolean NOT NULL,
  visitors bigint NOT NULL,
  exits bigint NOT NULL,
  unmatched_exits bigint NOT NULL,
  person_seconds double precision NOT NULL,
  open_person_seconds double precision NOT NULL,
  open_known_s double precision NOT NULL,
  occupancy_peak double precision,
  occupancy_end double precision NOT NULL,
  expected_s double precision NOT NULL,
  observed_s double precision NOT NULL,
  line_changed boolean NOT NULL,
  has_two_lines boolean NOT NULL,
  computed_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT store_first_hours_order_check CHECK (starts_at < until AND until <= ends_at),
  CONSTRAINT store_first_hours_state_check CHECK (state IN ('value', 'partial', 'no_data', 'closed')),
  CONSTRAINT store_first_hours_hours_check CHECK (cardinality(hour_visitors) = cardinality(hour_states))
);

-- api: reads them, and the scheduled Lambda that stores them is in the same role.
GRANT SELECT, INSERT, UPDATE ON store_first_hours TO metrica_api;
