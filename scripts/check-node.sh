#!/bin/sh
# Says in one sentence what is missing when Node is absent or too old.
if ! command -v node >/dev/null 2>&1; then
  echo "metrica: Node.js 20 or newer is needed, and no 'node' is on the PATH. Install Node.js and try again." >&2
  exit 1
fi
major=$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)
if [ "$major" -lt 20 ]; then
  echo "metrica: Node.js 20 or newer is needed (found: $(node --version)). Update Node.js and try again." >&2
  exit 1
fi
if ! command -v npm >/dev/null 2>&1; then
  echo "metrica: npm is needed beside Node.js, and no 'npm' is on the PATH. Install it and try again." >&2
  exit 1
fi
