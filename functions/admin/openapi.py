"""Print the OpenAPI document of the admin API: `python -m functions.admin.openapi`."""

from __future__ import annotations

import json
import sys

from functions.admin.app import app

if __name__ == "__main__":
    json.dump(app.openapi(), sys.stdout, indent=2)
    sys.stdout.write("\n")
