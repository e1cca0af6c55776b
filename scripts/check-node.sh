#!/bin/sh
# Fail with a sentence that says what to install when Node.js is missing or older than 20.19, which Vite needs.
fail() {
  echo "metrica: $1" >&2
  exit 1
}
command -v node >/dev/null 2>&1 || fail "Node.js 20.19 or newer is needed, and no 'node' is on the PATH: install Node.js and try again."
node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' \
  || fail "Node.js 20.19 or newer is needed, and 'node' is $(node --version 2>/dev/null || echo "not working"): update it and try again."
command -v npm >/dev/null 2>&1 || fail "npm is needed beside Node.js, and no 'npm' is on the PATH: install it and try again."
