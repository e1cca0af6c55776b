#!/bin/sh
# Install the Python packages into a virtual environment: `make setup` calls it with that environment's Python.
#
# 1. Everything in requirements.lock. pip checks every hash. The lock file is complete, so `--no-deps` leaves pip nothing
#    to resolve.
# 2. torch and torchvision, at the versions of pyproject.toml. The lock file leaves them out because the right build
#    depends on the machine. uv selects it: the CPU build where there is no GPU. Plain pip takes the CUDA build on Linux.
# 3. Metrica itself, with the locked setuptools.
set -eu
python=$1
log=build/stamps/pip.log
pip() { "$python" -m pip --disable-pip-version-check "$@"; }

step() { # Print one line of progress; show the details only when the command fails.
  echo "metrica: $1"
  shift
  if ! "$@" >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    echo "metrica: installing the Python packages failed (see $log): check the network and try again." >&2
    exit 1
  fi
}

step "installing Python packages, 1 of 3: everything in requirements.lock" \
  pip install --no-compile --require-hashes --no-deps --requirement requirements.lock

torch=$("$python" -c 'import tomllib
extras = tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]
print(*[requirement for requirement in extras["torch"] if requirement.startswith("torch")])')
echo "metrica: installing Python packages, 2 of 3: torch (prepares the model; about 200 MB without a GPU)"
if ! UV_HTTP_RETRIES=1 "$python" -m uv pip install --python "$python" --torch-backend=auto $torch >"$log" 2>&1; then
  step "the package index of PyTorch cannot be reached; using pip, which downloads 2 to 3 GB where it selects the CUDA build" \
    pip install --no-compile $torch
fi

# On all cores, where pip would use one. Like pip, it passes over files that are not for this Python, such as templates.
"$python" -m compileall -q -j 0 "$("$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')" >"$log" 2>&1 || true

step "installing Python packages, 3 of 3: Metrica" \
  pip install --no-deps --no-build-isolation --editable .
rm -f "$log"
