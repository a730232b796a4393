#!/usr/bin/env bash
# Runs the end-to-end tests of the proxy with one that the thread sanitizer watches, in a build of its own under
# `.build/threads` (some minutes the first time, so that it is no part of `Tests/run.sh`). `Tests/run.sh` has to have
# built the rest. Usage: threads.sh [PYTEST-ARGUMENT…]
# Ends with a line `N passed, N failed` and exits 1 if any test failed or any race was seen.
set -uo pipefail
cd "$(dirname "$0")/.."
scratch=$PWD/.build/threads
mkdir -p "$scratch/bin"
if ! swift build --sanitize=thread --scratch-path "$scratch" --product latch-proxy > "$scratch/build.log" 2>&1; then
  grep -E 'error:' "$scratch/build.log" | sort -u
  tail -n 20 "$scratch/build.log"
  echo "0 passed, 1 failed"
  exit 1
fi
debug=$(swift build --show-bin-path)
for program in latch latch-proxy-http puppet caller; do ln -sfn "$debug/$program" "$scratch/bin/$program"; done
ln -sfn "$(swift build --sanitize=thread --scratch-path "$scratch" --show-bin-path)/latch-proxy" "$scratch/bin/latch-proxy"

tests=("$@")
[ "${#tests[@]}" -gt 0 ] || tests=(Tests/EndToEnd/test_faults.py Tests/EndToEnd/test_consent.py Tests/EndToEnd/test_main_job.py)
rm -f "$scratch"/race.*
log=$scratch/tests.log
export PATH=$PWD/.build/tools/venv/bin:$PATH
LATCH_BIN=$scratch/bin TSAN_OPTIONS="log_path=$scratch/race exitcode=0" \
  python -m pytest -q "${tests[@]}" \
  2>&1 | tee "$log"
good=$(grep -oE '[0-9]+ passed' "$log" | tail -n 1 | cut -d' ' -f1)
bad=$(grep -oE '[0-9]+ (failed|error)' "$log" | awk '{n += $1} END {print n + 0}')
races=$(cat "$scratch"/race.* 2> /dev/null | grep -c 'WARNING: ThreadSanitizer')
if [ "$races" -gt 0 ]; then
  grep -hE -A 12 'WARNING: ThreadSanitizer' "$scratch"/race.* | head -n 60
  bad=$((bad + 1))
fi
echo "$races races"
echo "${good:-0} passed, $bad failed"
[ "$bad" -eq 0 ]
