#!/usr/bin/env bash
# Installs what the build and the tests need and is missing: system packages (apt, on Debian), a Python environment with
# real MCP servers and the official client, and the official JSON Schema suite. Usage: install.sh DIR
set -euo pipefail
cd "$(dirname "$0")/.."
tools=$1
mkdir -p "$tools"

missing=()
[ -e /usr/include/yaml.h ] || missing+=(libyaml-dev)
command -v git > /dev/null || missing+=(git)
command -v openssl > /dev/null || missing+=(openssl)
command -v cc > /dev/null || missing+=(gcc libc6-dev)
command -v python3 > /dev/null || missing+=(python3)
python3 -c 'import ensurepip, venv' 2> /dev/null || missing+=(python3-venv)
if [ "${#missing[@]}" -gt 0 ] && command -v apt-get > /dev/null; then
  sudo=""
  [ "$(id -u)" -eq 0 ] || sudo=sudo
  $sudo apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq "${missing[@]}" > /dev/null
fi

requirements=Tests/EndToEnd/requirements.txt
if ! cmp -s "$requirements" "$tools/venv/installed.txt"; then
  rm -rf "$tools/venv"
  python3 -m venv "$tools/venv"
  "$tools/venv/bin/pip" install --quiet --disable-pip-version-check -r "$requirements"
  cp "$requirements" "$tools/venv/installed.txt"
fi

if [ ! -e "$tools/json-schema-suite" ]; then
  if ! ./Tests/fetch-json-schema-suite.sh "$tools/json-schema-suite"; then
    echo "the JSON Schema suite could not be fetched: its tests will be skipped" >&2
  fi
fi
