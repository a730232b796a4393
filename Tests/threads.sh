#!/usr/bin/env bash
# Runs tests end to end with a latch-proxy that the thread sanitizer watches: whatever two of its threads do at the same
# time without agreeing on it is a failure. Usage: threads.sh [TEST…] (arguments for pytest in `Tests/EndToEnd`; by default
# those that keep all of its threads busy). Needs what `Tests/install.sh` installs, and the debug build.
# Ends with a line `N passed, N failed` and exits 1 if any failed.
set -uo pipefail
cd "$(dirname "$0")/.."
root=$PWD
scratch=$root/.build/threads
reports=$scratch/reports
rm -rf "$reports"
mkdir -p "$scratch/Sources" "$reports" "$scratch/bin"
if [ $# -eq 0 ]; then set -- test_faults.py test_main_job.py test_transparency.py -k "not harness"; fi

# Copies keep their times, so that only what changed is built again.
rm -rf "$scratch/Sources"
cp -a Sources "$scratch/Sources"
for target in $(grep -rl '^import Synchronization' Sources | cut -d/ -f2 | sort -u); do
  cp -a Tests/Threads/Mutex.swift "$scratch/Sources/$target/"
done
cp Tests/Threads/Package.swift "$scratch/Package.swift"
if ! swift build --package-path "$scratch" --disable-index-store --product latch-proxy > "$scratch/build.log" 2>&1; then
  grep -E 'error:' "$scratch/build.log" | sort -u
  tail -n 20 "$scratch/build.log"
  echo "0 passed, 1 failed"
  exit 1
fi

# The other programs are the ordinary ones.
for program in latch latch-proxy-http puppet caller; do
  ln -sfn "$(swift build --show-bin-path)/$program" "$scratch/bin/$program"
done
ln -sfn "$(swift build --package-path "$scratch" --show-bin-path)/latch-proxy" "$scratch/bin/latch-proxy"

export LATCH_BIN=$scratch/bin
# A report goes to a file of its own: what the proxy writes belongs to the test.
export TSAN_OPTIONS="log_path=$reports/report exitcode=0 halt_on_error=0 atexit_sleep_ms=0 history_size=4"
export SWIFT_BACKTRACE=enable=no
export LATCH_SLOWNESS=5
(cd Tests/EndToEnd && python -m pytest -q "$@") > "$scratch/pytest.log" 2>&1
tail -n 30 "$scratch/pytest.log"
passed=$(grep -oE '[0-9]+ passed' "$scratch/pytest.log" | tail -n 1 | cut -d' ' -f1)
failed=$(grep -oE '[0-9]+ (failed|error)' "$scratch/pytest.log" | awk '{n += $1} END {print n + 0}')
for report in "$reports"/*; do
  [ -e "$report" ] || continue
  failed=$((failed + 1))
  head -n 60 "$report"
done
echo "${passed:-0} passed, $failed failed"
[ "$failed" -eq 0 ] && [ "${passed:-0}" -gt 0 ]
