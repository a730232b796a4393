#!/usr/bin/env bash
# The main job of Latch on a fresh Debian 12 that has Swift 6.3 and nothing else: installs what is missing, builds
# release, turns an existing client configuration into a policy, and drives real calls through the proxy with the
# official MCP client.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
work=$root/.build/quickstart
venv=$work/venv

step() { printf '\n\033[1m$ %s\033[0m\n' "$*"; "$@"; }

# --- What is missing -------------------------------------------------------------------------------------------------
missing=()
[ -e /usr/include/yaml.h ] || missing+=(libyaml-dev)
[ -e /usr/include/sqlite3.h ] || missing+=(libsqlite3-dev)
command -v git > /dev/null || missing+=(git)
command -v python3 > /dev/null || missing+=(python3)
python3 -c 'import ensurepip, venv' 2> /dev/null || missing+=(python3-venv)
if [ "${#missing[@]}" -gt 0 ] && command -v apt-get > /dev/null; then
  sudo=""
  [ "$(id -u)" -eq 0 ] || sudo=sudo
  $sudo apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq "${missing[@]}" > /dev/null
fi
mkdir -p "$work"
requirements=Examples/quickstart/requirements.txt
if ! cmp -s "$requirements" "$venv/installed.txt"; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$requirements"
  cp "$requirements" "$venv/installed.txt"
fi

# --- Latch itself ----------------------------------------------------------------------------------------------------
echo "building latch and its proxies (release; some minutes the first time)"
# Where several builds run at the same time, each has its own place.
build() { swift build -c release --static-swift-stdlib --scratch-path "${LATCH_SCRATCH:-.build}" "$@"; }
for product in latch latch-proxy latch-proxy-http; do
  build --product "$product" >> "$work/build.log" 2>&1 || { tail -n 40 "$work/build.log"; exit 1; }
done
PATH=$(build --show-bin-path):$venv/bin:$PATH
export PATH

# --- A project with a git repository, and a home of its own so that nothing of yours is touched ------------------------
project=$work/project
rm -rf "$project" "$work/home"
mkdir -p "$project/.cursor" "$work/home"
export HOME=$work/home XDG_CONFIG_HOME=$work/home/.config
cd "$project"
git init -q -b main .
git -c user.name=Ann -c user.email=ann@example.com commit -q --allow-empty -m "First commit"

# --- The eight steps -------------------------------------------------------------------------------------------------
step latch init
step latch import "$root/Examples/quickstart/mcp.json" --write
echo
echo '$ export GITHUB_TOKEN=…'
export GITHUB_TOKEN=only-in-this-shell
step latch sync --trust
step latch validate
step latch build
step latch eval --upstream git --tool git_reset --arguments '{"repo_path": "."}' --client cursor
echo
echo '$ latch export --client cursor > .cursor/mcp.json'
latch export --client cursor > .cursor/mcp.json
cat .cursor/mcp.json

call() {
  printf '\n\033[1m$ call.py %s\033[0m\n' "$*"
  python "$root/Examples/quickstart/call.py" .cursor/mcp.json "$@"
}
call git
call git git_status '{"repo_path": "."}'
call git git_commit '{"repo_path": ".", "message": "not by an agent"}'
call time get_current_time '{"timezone": "Europe/Zurich"}'
