/// What the session asks of the world before a call goes on. The relay has the real one, tests have their own.
package protocol Gate: Sendable {
  /// What a clean path is once every link in it is followed; what does not exist yet is taken to be made where it
  /// stands. nil where that cannot be told.
  func realPath(of path: Span<UInt8>) -> [UInt8]?
}
