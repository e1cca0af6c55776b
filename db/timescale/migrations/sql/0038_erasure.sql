-- The owner of the tables may replace an address in the audit log while a person or a store is erased: in a transaction that
-- sets metrica.erasing. Nobody else may change a row, and nobody may delete one.
CREATE OR REPLACE FUNCTION reject_audit_log_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND current_setting('metrica.erasing', true) = 'yes'
    AND pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE')
  THEN
    RETURN NULL; -- the value is ignored: the trigger is one of the statement
  END IF;
  RAISE EXCEPTION 'the audit log cannot be changed' USING ERRCODE = 'insufficient_privilege';
END
$$;
