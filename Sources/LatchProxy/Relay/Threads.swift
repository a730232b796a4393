import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Starts a thread that nobody waits for; false if the system has none to give.
package func startThread(_ work: @escaping @Sendable () -> Void) -> Bool {
  let box = unsafe Unmanaged.passRetained(Work(run: work))
  var attributes = pthread_attr_t()
  _ = unsafe pthread_attr_init(&attributes)
  defer { _ = unsafe pthread_attr_destroy(&attributes) }
  _ = unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
  _ = unsafe pthread_attr_setstacksize(&attributes, stackSize)
  #if canImport(Darwin)
    var thread: pthread_t?
  #else
    var thread = pthread_t()
  #endif
  let outcome = unsafe pthread_create(
    &thread, &attributes,
    { context in
      #if canImport(Darwin)
        let work = unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue()
      #else
        guard let context = unsafe context else { return nil }
        let work = unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue()
      #endif
      work.run()
      return nil
    }, box.toOpaque())
  if outcome != 0 { unsafe box.release() }
  return outcome == 0
}

/// As the first thread has it on most systems: what is nested is judged by going down into it, and some give others half
/// a megabyte.
private let stackSize = 8 << 20

private final class Work: Sendable {
  let run: @Sendable () -> Void

  init(run: @escaping @Sendable () -> Void) { self.run = run }
}
