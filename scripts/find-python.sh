#!/bin/sh
# Print the path of the first Python that is new enough, or fail with a sentence that says what to install.
for candidate in "${PYTHON:-}" python3.13 python3.12 python3.11 python3.14 python3; do
  [ -n "$candidate" ] || continue
  if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    "$candidate" -c 'import sys; print(sys.executable)'
    exit 0
  fi
  [ "$candidate" = "${PYTHON:-}" ] && break
done
found=$("${PYTHON:-python3}" -c 'import platform; print("Python " + platform.python_version())' 2>/dev/null || echo "none")
echo "metrica: Python 3.11 or newer is needed (found: $found). Install it, or name one with PYTHON=/path/to/python3." >&2
exit 1
