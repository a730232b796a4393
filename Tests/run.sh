#!/usr/bin/env bash
# Passes the tests on a fresh Debian 12 that has Swift 6.3 and nothing else: installs what they need, builds once in
# debug and once in release, and runs unit, golden, property and end-to-end tests, a little fuzzing, and the proxy under
# the thread sanitizer.
# Ends with a line `N passed, N failed` and exits 1 if any failed.
set -uo pipefail
cd "$(dirname "$0")/.."
root=$PWD
tools=$root/.build/tools

./Tests/install.sh "$tools" || { echo "could not install what the tests need"; exit 2; }
export PATH="$tools/venv/bin:$PATH"
export LATCH_PYTHON="$tools/venv/bin/python"
export LATCH_JSON_SCHEMA_SUITE="$tools/json-schema-suite"

passed=0
failed=0
# Takes the figures of one runner: its name, its exit status, how many passed, how many failed.
count() {
  passed=$((passed + $3))
  failed=$((failed + $4))
  if [ "$2" -ne 0 ] && [ "$4" -eq 0 ]; then failed=$((failed + 1)); fi
  echo "== $1: $3 passed, $4 failed (exit $2), $((SECONDS / 60)) min after the start"
}

# The release builds take longest: they get what time of the machine everything else leaves over. SwiftPM undoes `nice`
# where it may.
idle="nice -n 19"
if command -v chrt > /dev/null && chrt --idle 0 true 2> /dev/null; then idle="chrt --idle 0"; fi
(
  LATCH_SCRATCH=$root/.build/quickstart/build $idle ./Examples/quickstart.sh > "$tools/quickstart.log" 2>&1
  echo $? > "$tools/quickstart.status"
) &
quickstart=$!
$idle ./Tests/fuzz.sh 0 > "$tools/fuzz-build.log" 2>&1 &
fuzz_build=$!

echo "== Swift tests"
if ! swift build --build-tests --explicit-target-dependency-import-check error > "$tools/build.log" 2>&1; then
  grep -E 'error:' "$tools/build.log" | sort -u
  tail -n 20 "$tools/build.log"
  echo "0 passed, 1 failed"
  exit 1
fi
# Where the bundle of tests is a program it is run as one, so that two can run at the same time.
program=$(swift build --show-bin-path)/latchPackageTests.xctest
run() {
  if [ -f "$program" ]; then
    "$program" --filter "^$1\\." --testing-library swift-testing
  else
    swift test --skip-build --filter "^$1\\."
  fi > "$tools/$1.log" 2>&1
  echo $? > "$tools/$1.status"
}
export -f run
export program tools

# Those that compute go two at a time; beside them, those that wait for answers would not be run in time.
computing="LatchAutomataTests LatchLanguageTests LatchCompilerTests LatchPolicyTests LatchSchemaTests LatchSourceTests"
printf '%s\n' $computing | xargs -P "$([ -f "$program" ] && echo 2 || echo 1)" -I {} bash -c 'run {}'
for target in Tests/*Tests; do
  name=${target#Tests/}
  case " $computing " in *" $name "*) ;; *) run "$name" ;; esac
  plain=$tools/$name.plain
  sed -E $'s/\x1b\\[[0-9;]*m//g' "$tools/$name.log" > "$plain"
  grep -vE '^(\[[0-9]+/|◇|✔|↳|Fetch|Working|Computed|Creating|Compiling|Build complete|Test Suite|\t Executed)' "$plain"
  good=$(grep -E '^✔ Test .* passed' "$plain" | grep -vc '^✔ Test run with')
  bad=$(grep -E '^✘ Test .* failed' "$plain" | grep -vc '^✘ Test run with')
  count "$name" "$(cat "$tools/$name.status")" "$good" "$bad"
done

# Takes the last line of a script's output, `N passed, N failed`: its name, its exit status, its output.
count_of() {
  count "$1" "$2" "$(tail -n 1 "$3" | grep -oE '^[0-9]+' || echo 0)" \
    "$(tail -n 1 "$3" | grep -oE '[0-9]+ failed' | cut -d' ' -f1 || echo 0)"
}

echo "== End to end: real servers and the official client through the proxy"
log=$tools/pytest.log
python -m pytest -q Tests/EndToEnd 2>&1 | tee "$log"
status=${PIPESTATUS[0]}
good=$(grep -oE '[0-9]+ passed' "$log" | tail -n 1 | cut -d' ' -f1)
bad=$(grep -oE '[0-9]+ (failed|error)' "$log" | awk '{n += $1} END {print n + 0}')
count "pytest" "$status" "${good:-0}" "${bad:-0}"

echo "== The proxy under the thread sanitizer"
./Tests/threads.sh > "$tools/threads.log" 2>&1
status=$?
[ "$status" -eq 0 ] || tail -n 100 "$tools/threads.log"
count_of "threads" "$status" "$tools/threads.log"

echo "== Fuzzing, and the quickstart"
wait "$fuzz_build"
./Tests/fuzz.sh 15 > "$tools/fuzz.log" 2>&1
status=$?
cat "$tools/fuzz.log"
count_of "fuzz" "$status" "$tools/fuzz.log"
wait "$quickstart"
status=$(cat "$tools/quickstart.status")
[ "$status" -eq 0 ] || tail -n 60 "$tools/quickstart.log"
count "quickstart" "$status" $((status == 0)) $((status != 0))

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
