"""`python -m functions.api.openapi`: print the OpenAPI document, from which the web client is generated."""

import json
import sys

from functions.api.app import app


def main() -> None:
    """Write the document to stdout, with its keys in the order of the code, so that a diff shows only changes."""
    json.dump(app.openapi(), sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
