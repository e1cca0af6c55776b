-- The columns of a stored store-day as one value: a list of many stores reads thousands of rows of 22 columns.

-- In the binary format and in the order that functions/api/repositories/store_days.py unpacks. NULL is sent as NaN, or as the
-- lowest integer.
ALTER TABLE store_days ADD COLUMN packed bytea GENERATED ALWAYS AS (
  date_send(day) || timestamptz_send(starts_at) || timestamptz_send(ends_at) || int8send(data_version)
  || int4send(array_position(ARRAY['value', 'partial', 'no_data', 'pending', 'closed'], state))
  || boolsend(is_complete) || boolsend(is_known)
  || int8send(visitors) || int8send(exits) || int8send(unmatched_exits)
  || float8send(person_seconds) || float8send(open_person_seconds) || float8send(open_known_s)
  || float8send(occupancy_end) || float8send(expected_s) || float8send(observed_s) || float8send(overdue_s)
  || boolsend(line_changed) || boolsend(has_two_lines)
  || int8send(coalesce(residual, '-9223372036854775808'))
  || float8send(coalesce(dwell_s, 'NaN')) || float8send(coalesce(occupancy_peak, 'NaN'))
) STORED;
