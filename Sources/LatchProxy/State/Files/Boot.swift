#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The machine's present run, from one start to the next.
enum Boot {
  /// A name that no other run has; empty if the system gives none, and then nothing is taken to be of the same run.
  static let name: String = {
    #if canImport(Darwin)
      var buffer = [UInt8](repeating: 0, count: 64)
      var size = buffer.count
      let code = unsafe buffer.withUnsafeMutableBytes {
        unsafe sysctlbyname("kern.bootsessionuuid", $0.baseAddress, &size, nil, 0)
      }
      return code == 0 ? plain(buffer.prefix(size)) : ""
    #else
      let descriptor = unsafe open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { return "" }
      defer { close(descriptor) }
      var buffer = [UInt8](repeating: 0, count: 64)
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
      return plain(buffer.prefix(max(0, count)))
    #endif
  }()

  private static func plain(_ bytes: ArraySlice<UInt8>) -> String {
    let kept = bytes.prefix { $0 > 0x20 && $0 < 0x7F }
    return String(decoding: kept, as: UTF8.self)
  }
}
