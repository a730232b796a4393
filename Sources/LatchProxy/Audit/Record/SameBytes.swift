#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Whether two texts are the same, byte for byte.
func isSame(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
  guard left.count == right.count else { return false }
  return unsafe left.withUnsafeBufferPointer { left in
    unsafe right.withUnsafeBufferPointer { right in
      guard let first = left.baseAddress, let second = right.baseAddress else { return true }
      return unsafe memcmp(first, second, right.count) == 0
    }
  }
}
