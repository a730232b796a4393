import CLibFuzzer

// SwiftPM's `main` is this file, so libFuzzer's own is not linked.
var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe CommandLine.unsafeArgv
_ = unsafe LLVMFuzzerRunDriver(&count, &arguments) { start, count in
  let input = unsafe UnsafeBufferPointer(start: start, count: count)
  Target.chosen.take(unsafe input.span)
  return 0
}
