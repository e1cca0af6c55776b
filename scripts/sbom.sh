#!/bin/sh
# Write a CycloneDX SBOM of each shipped package into build/sbom: `make sbom`.
# The Python packages are those of requirements.lock that an extra of pyproject.toml needs; the pages are npm workspaces.
set -eu
bin=${1:-.venv/bin}
out=build/sbom
mkdir -p "$out"
for extra in edge ingest api notifications admin; do
  "$bin/uv" pip compile pyproject.toml --extra "$extra" --universal --python-version 3.11 --constraint requirements.lock \
    --generate-hashes --no-annotate --no-header --quiet --output-file "$out/$extra.txt" >/dev/null
  PYTHONWARNINGS=ignore "$bin/cyclonedx-py" requirements "$out/$extra.txt" --pyproject pyproject.toml --output-reproducible \
    --output-format JSON --output-file "$out/$extra.cdx.json"
done
for page in dashboard admin; do
  node scripts/sbom-web.mjs "web/$page" >"$out/web-$page.cdx.json"
done
for file in "$out"/*.cdx.json; do
  echo "$file  $(grep -c '"purl"' "$file") packages"
done
