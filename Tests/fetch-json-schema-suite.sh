#!/usr/bin/env bash
# Fetches the official JSON Schema test suite into DIR (default: .build/tools/json-schema-suite): it is inside the
# source distribution of the PyPI package `jsonschema`. Usage: fetch-json-schema-suite.sh [DIR]
set -euo pipefail
cd "$(dirname "$0")/.."
target=${1:-.build/tools/json-schema-suite}
version=4.26.0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" download --quiet --disable-pip-version-check --no-binary :all: --no-deps --dest "$work" \
  "jsonschema==$version"
tar -xzf "$work/jsonschema-$version.tar.gz" -C "$work" "jsonschema-$version/json"
mkdir -p "$(dirname "$target")"
rm -rf "$target"
mv "$work/jsonschema-$version/json" "$target"
echo "the JSON Schema suite of jsonschema $version is in $target"
