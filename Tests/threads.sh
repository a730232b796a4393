#!/usr/bin/env bash
# Runs the proxy's tests under the thread sanitizer, in a build of its own under `.build/threads` (a quarter of an hour on
# two cores the first time, so that it is no part of `Tests/run.sh`).
# Ends with a line `N passed, N failed` and exits 1 if any failed or any race was seen.
set -uo pipefail
cd "$(dirname "$0")/.."
scratch=.build/threads
mkdir -p "$scratch"
if ! swift build --build-tests --sanitize=thread --scratch-path "$scratch" > "$scratch/build.log" 2>&1; then
  grep -E 'error:' "$scratch/build.log" | sort -u
  tail -n 20 "$scratch/build.log"
  echo "0 passed, 1 failed"
  exit 1
fi
log=$scratch/tests.log
TSAN_OPTIONS="halt_on_error=0:exitcode=66" swift test --skip-build --sanitize=thread --scratch-path "$scratch" \
  --filter '^LatchProxyTests\.' > "$log" 2>&1
status=$?
grep -aE 'WARNING: ThreadSanitizer|SUMMARY: ThreadSanitizer|^✘' "$log" | sort | uniq -c
good=$(grep -acE '^✔ Test .* passed' "$log")
bad=$(grep -acE '^✘ Test .* failed' "$log")
if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
echo "$good passed, $bad failed"
[ "$bad" -eq 0 ]
