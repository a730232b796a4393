/// A value as its author wrote it, taken apart: text, and the references that are filled in at start.
package struct ReferenceText: Sendable, Equatable {
  package enum Part: Sendable, Equatable {
    case literal(String)
    case environment(name: String, fallback: String?)
    case file(String)
    case project
    case home
  }

  package private(set) var parts: [Part]

  /// Reads `${env:NAME}`, `${env:NAME:-default}`, `${file:PATH}`, a leading `${project}` or `${home}`, and `$${`.
  package init(parsing text: String) throws(LaunchError) {
    parts = []
    var literal: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let first = rest.first {
      if rest.starts(with: "$${".utf8) {
        literal += "${".utf8
        rest = rest.dropFirst(3)
      } else if rest.starts(with: "${".utf8) {
        guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else { throw .malformedReference(text) }
        if !literal.isEmpty { parts.append(.literal(String(decoding: literal, as: UTF8.self))) }
        literal = []
        let inside = String(decoding: rest[(rest.startIndex + 2)..<end], as: UTF8.self)
        parts.append(try Self.reference(inside, isFirst: parts.isEmpty, in: text))
        rest = rest[(end + 1)...]
      } else {
        literal.append(first)
        rest = rest.dropFirst()
      }
    }
    if !literal.isEmpty { parts.append(.literal(String(decoding: literal, as: UTF8.self))) }
  }

  private static func reference(_ inside: String, isFirst: Bool, in text: String) throws(LaunchError) -> Part {
    if isFirst, inside == "project" { return .project }
    if isFirst, inside == "home" { return .home }
    if let path = inside.dropping(prefix: "file:"), !path.isEmpty { return .file(path) }
    guard let variable = inside.dropping(prefix: "env:") else { throw .malformedReference(text) }
    let bytes = Array(variable.utf8)
    let end = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
    let name = String(decoding: bytes[..<end], as: UTF8.self)
    guard isVariableName(name) else { throw .malformedReference(text) }
    if end == bytes.endIndex { return .environment(name: name, fallback: nil) }
    guard bytes[end...].starts(with: ":-".utf8) else { throw .malformedReference(text) }
    return .environment(name: name, fallback: String(decoding: bytes[(end + 2)...], as: UTF8.self))
  }

  /// Whether `name` is spelled as shells spell variables.
  package static func isVariableName(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    func isLetter(_ byte: UInt8) -> Bool {
      byte == UInt8(ascii: "_") || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
    }
    guard let first = bytes.first, isLetter(first) else { return false }
    return bytes.allSatisfy { isLetter($0) || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")) }
  }
}

extension ReferenceText {
  /// The names of the variables that the text reads, in order.
  package var variableNames: [String] {
    parts.compactMap { if case .environment(let name, _) = $0 { name } else { nil } }
  }

  /// Whether `${project}` is in it, so that a project directory is needed.
  package var readsProject: Bool { parts.contains(.project) }
}

extension String {
  fileprivate func dropping(prefix: String) -> String? {
    utf8.starts(with: prefix.utf8) ? String(decoding: utf8.dropFirst(prefix.utf8.count), as: UTF8.self) : nil
  }
}
