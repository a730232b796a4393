#!/usr/bin/env bash
# Fuzzes what reads bytes of strangers: the JSON reader, the proxy's session, the reader of bundles.
# Usage: fuzz.sh [SECONDS] (for each target, 20 by default; 0 only builds). Builds them in a package of their own under `.build/fuzz`,
# from `Tests/Fuzz`, and begins with the inputs in `Fixtures/fuzz`. What it learns stays in `.build/fuzz/corpus`.
# Ends with a line `N passed, N failed` and exits 1 if any failed.
set -uo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-20}
scratch=$PWD/.build/fuzz
mkdir -p "$scratch/found"

# A crash would wait for Swift's own backtrace, whose process libFuzzer has stopped.
export SWIFT_BACKTRACE=enable=no
# Leaks are found with ptrace, which containers forbid; deep records of every allocation cost half the speed.
export ASAN_OPTIONS=detect_leaks=0:malloc_context_size=1:quarantine_size_mb=8

passed=0
failed=0
pass() { passed=$((passed + 1)); echo "== fuzz $1"; }
fail() { failed=$((failed + 1)); echo "== fuzz $1"; }
finish() {
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
  exit
}

# Some toolchains come without libFuzzer; the flags are those of Tests/Fuzz/Package.swift.
cat > "$scratch/probe.swift" << 'SWIFT'
@_cdecl("LLVMFuzzerTestOneInput")
public func take(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt { 0 }
SWIFT
if ! swiftc -parse-as-library -sanitize=fuzzer,address -use-ld=lld "$scratch/probe.swift" -o "$scratch/probe" \
  > "$scratch/probe.log" 2>&1 || ! "$scratch/probe" -runs=1 >> "$scratch/probe.log" 2>&1; then
  echo "fuzzing skipped: this Swift toolchain has no libFuzzer ($(grep -m 1 -E 'error' "$scratch/probe.log"))"
  finish
fi

# A target's path may not lead out of its package, so the folders are linked into it.
ln -sfn ../../Sources "$scratch/Sources"
ln -sfn ../../Tests "$scratch/Tests"
cp Tests/Fuzz/Package.swift "$scratch/Package.swift"
if ! swift build --package-path "$scratch" -c release --product fuzz > "$scratch/build.log" 2>&1; then
  grep -E 'error:' "$scratch/build.log" | sort -u
  tail -n 20 "$scratch/build.log"
  fail "the targets do not build"
  finish
fi
if [ "$seconds" -eq 0 ]; then finish; fi
fuzz=$(swift build --package-path "$scratch" -c release --show-bin-path)/fuzz

# A bundle that is no longer read teaches nothing: the real ones must be.
if timeout 60 "$fuzz" --target=bundle --only-sound Fixtures/valid/*/policy.latch > "$scratch/sound.log" 2>&1; then
  pass "bundle: the built bundles are read"
else
  grep -a -m 1 'Fatal error' "$scratch/sound.log"
  fail "bundle: a built bundle is not read"
fi
for input in Fixtures/fuzz/bundle/*; do
  timeout 60 "$fuzz" --target=bundle --only-sound "$input" > "$scratch/sound.log" 2>&1 ||
    fail "bundle: $input is no bundle of this version any more: $(grep -a -m 1 -o 'sealed: .*' "$scratch/sound.log")"
done

# Runs one target: its name, and how long its inputs are at most.
run() {
  local target=$1 log=$scratch/$1.log
  mkdir -p "$scratch/corpus/$target"
  timeout $((seconds + 120)) "$fuzz" "--target=$target" -max_total_time="$seconds" -max_len="$2" -timeout=20 \
    -rss_limit_mb=2048 -dict="Tests/Fuzz/Dictionaries/$target.dict" -artifact_prefix="$scratch/found/$target-" \
    "$scratch/corpus/$target" "Fixtures/fuzz/$target" > "$log" 2>&1
  local status=$?
  if [ "$status" -eq 0 ]; then
    pass "$target: $(grep -a -oE '^Done [0-9]+ runs' "$log"), $(grep -a -oE 'cov: [0-9]+' "$log" | tail -n 1)"
    return
  fi
  grep -a -E 'Fatal error|^==|^SUMMARY|^ *#[0-9]+ 0x' "$log" | head -n 40
  local found
  found=$(grep -a -oE 'Test unit written to .*' "$log" | head -n 1 | cut -d' ' -f5)
  if [ -n "$found" ]; then
    echo "the input, base64:"
    base64 "$found"
    echo "again: SWIFT_BACKTRACE=enable=no $fuzz --target=$target $found"
  fi
  fail "$target (exit $status)"
}
run json 4096
run session 4096
run bundle 8192
finish
