package import Foundation

/// A file that holds what the program is expected to say, word for word.
///
/// `LATCH_RECORD=1 swift test` writes what it says now; the change is then read before it is committed.
package struct Golden: Sendable {
  package let url: URL

  package init(url: URL) { self.url = url }

  /// A golden file by its path in the project.
  package init(_ path: String) { url = Project.url(path) }

  package static var isRecording: Bool { ProcessInfo.processInfo.environment["LATCH_RECORD"] == "1" }

  /// Nil if the text is what the file holds, else what differs; when recording, writes it.
  ///
  ///     #expect(try Golden("Fixtures/text/tabs.txt").difference(of: report) == nil)
  package func difference(of text: String) throws -> String? {
    let recorded = try? String(decoding: Data(contentsOf: url), as: UTF8.self)
    if recorded.map({ $0.utf8.elementsEqual(text.utf8) }) == true { return nil }
    if Golden.isRecording {
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
      return nil
    }
    guard let recorded else { return "\(url.lastPathComponent) is not recorded yet; LATCH_RECORD=1 writes:\n\(text)" }
    return "\(url.lastPathComponent) differs (- recorded, + now); LATCH_RECORD=1 writes it anew:\n"
      + lineDifference(from: recorded, to: text)
  }
}

/// The lines that differ between two texts, `-` those that went and `+` those that came, with two lines around.
package func lineDifference(from old: String, to new: String) -> String {
  let (old, new) = (lines(of: old), lines(of: new))
  let change = new.difference(from: old)
  var removed: Set<Int> = []
  var inserted: Set<Int> = []
  for step in change {
    switch step {
    case .remove(let offset, _, _): removed.insert(offset)
    case .insert(let offset, _, _): inserted.insert(offset)
    }
  }
  var shown: [(mark: String, text: String)] = []
  var (left, right) = (0, 0)
  while left < old.count || right < new.count {
    if removed.contains(left) {
      shown.append(("-", old[left]))
      left += 1
    } else if inserted.contains(right) {
      shown.append(("+", new[right]))
      right += 1
    } else {
      shown.append((" ", old[left]))
      (left, right) = (left + 1, right + 1)
    }
  }
  return withoutDistantLines(shown).joined(separator: "\n")
}

private func withoutDistantLines(_ lines: [(mark: String, text: String)]) -> [String] {
  let changed = lines.indices.filter { lines[$0].mark != " " }
  let near = Set(changed.flatMap { max(0, $0 - 2)...min(lines.count - 1, $0 + 2) })
  var told: [String] = []
  for index in lines.indices {
    if near.contains(index) {
      told.append(lines[index].mark + lines[index].text)
    } else if near.contains(index - 1) {
      told.append("…")
    }
  }
  return told
}

/// Lines by LF alone, so that a missing final newline or a CR is a difference too.
private func lines(of text: String) -> [String] {
  text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map {
    String(decoding: $0, as: UTF8.self).replacing("\r", with: "\\r")
  }
}
