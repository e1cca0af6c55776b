#!/bin/sh
# Rewrites requirements.lock. torch and what only its CUDA build needs stay out: see scripts/install-python.sh.
set -eu
resolved=$(.venv/bin/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
  --override requirements-overrides.txt --no-emit-index-url --no-annotate --no-header --quiet)
{
  echo "# Written by \`make lock\`; installed with --no-deps. torch and torchvision are pinned in pyproject.toml and installed apart:"
  echo "# which build of them arrives (CPU or CUDA) depends on the machine."
  echo "$resolved" | grep -v -E '^(torch|torchvision|triton|cuda-|nvidia-(cu|nccl|nv[jst])|opencv-python==|backports-strenum|pandas==)'
} > requirements.lock
