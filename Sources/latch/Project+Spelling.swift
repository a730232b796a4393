import LatchLaunch
import LatchMCP

extension Project {
  /// Where it lies as its user says it, from the root on: over links, if they have come over some.
  var spelling: String {
    let way = withoutDots(self.way ?? Files.absolute(directory, in: Files.shellDirectory))
    let real = absolute
    // `..` behind a link leads elsewhere than it seems to.
    return Files.realPath(way)?.utf8.elementsEqual(real.utf8) == true ? way : real
  }
}

extension Files {
  /// The working directory as the shell calls it, over the links that it has come; its real path if `PWD` does not say.
  static var shellDirectory: String {
    let real = workingDirectory
    guard let told = ProcessEnvironment.current()["PWD"], told.utf8.first == UInt8(ascii: "/"),
      realPath(told)?.utf8.elementsEqual(real.utf8) == true
    else { return real }
    return told
  }
}

/// A path from the root on, without `.`, doubled slashes and a final one, and with `..` done as it is written.
private func withoutDots(_ path: String) -> String {
  var segments: [String] = []
  for segment in path.utf8.split(separator: UInt8(ascii: "/")) where !segment.elementsEqual(".".utf8) {
    if segment.elementsEqual("..".utf8) { _ = segments.popLast() } else { segments.append(String(segment) ?? "") }
  }
  return "/" + segments.joined(separator: "/")
}
