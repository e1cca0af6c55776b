"""`python -m server`: the command `metrica-server`."""

import sys

from server.cli import main

sys.exit(main())
