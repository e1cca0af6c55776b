#!/bin/sh
# Installs what requirements.lock pins, then torch (which build of it arrives depends on the machine), then Metrica itself.
set -eu
python=$1
pip() { "$python" -m pip --disable-pip-version-check "$@"; }
log=build/stamps/pip.log

step() { # a line of progress, quiet details: they are shown when something fails
  echo "metrica: $1"
  shift
  if ! "$@" >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    echo "metrica: installing the Python packages failed (see $log): check the network and try again." >&2
    exit 1
  fi
}

step "installing Python packages, 1 of 3: torch, for preparing the model (the largest, once)" \
  pip install torch==2.13.0 torchvision==0.28.0 --constraint requirements.lock
step "installing Python packages, 2 of 3: everything that requirements.lock pins" \
  pip install --no-deps --requirement requirements.lock
step "installing Python packages, 3 of 3: Metrica" \
  pip install --no-deps --editable .
rm -f "$log"
