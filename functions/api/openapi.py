"""`python -m functions.api.openapi`: print the OpenAPI document of the owner API, the source of the web client."""

import json
import sys

from functions.api.app import build
from functions.common.settings import API_SETTINGS, load_settings


def main() -> None:
    """Write the document to stdout, with its keys in the order of the code, so that a diff shows only changes."""
    json.dump(build(load_settings(API_SETTINGS)).openapi(), sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
