-- admin: says since when a camera has its line, and whether somebody has crossed it since; shows how much of the open time
-- of the last days the cameras have observed.
GRANT SELECT (valid_from) ON camera_lines TO metrica_admin;
GRANT SELECT ON coverage_15m TO metrica_admin;
