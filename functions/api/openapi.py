"""``python -m functions.api.openapi``: print the OpenAPI document, from which the web client is generated."""

import json
import sys

from functions.api.app import app


def main() -> None:
    """Write the document to stdout, keys in the order of the code, so that it can be compared line by line."""
    json.dump(app.openapi(), sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
