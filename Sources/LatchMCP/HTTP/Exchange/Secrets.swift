/// What must not stand in a log or an error: words of a server may repeat what it was sent.
struct Secrets: Sendable {
  private var values: [[UInt8]] = []

  /// Shorter ones would be found everywhere.
  private static let shortest = 8

  init(_ endpoint: HTTPEndpoint) {
    for field in endpoint.fields {
      add(field.value)
      for word in field.value.split(separator: " ") { add(String(word)) }
    }
  }

  mutating func add(_ value: String) {
    guard value.utf8.count >= Self.shortest else { return }
    values.append(Array(value.utf8))
    values.sort { $0.count > $1.count }
  }

  /// Words of the server for people: short, on one line, without what a terminal obeys and without secrets.
  func cleaned(_ text: String) -> String {
    let scalars = String(decoding: redacted(Array(text.utf8)), as: UTF8.self).unicodeScalars.prefix(300).map { scalar in
      scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? " " : scalar
    }
    return String(String.UnicodeScalarView(scalars))
  }

  /// The text with every secret in it replaced.
  func redacted(_ text: [UInt8]) -> [UInt8] {
    var bytes = text
    for value in values { Self.replace(value, in: &bytes) }
    return bytes
  }

  private static func replace(_ value: [UInt8], in bytes: inout [UInt8]) {
    var index = 0
    while index + value.count <= bytes.count {
      if bytes[index..<(index + value.count)].elementsEqual(value) {
        bytes.replaceSubrange(index..<(index + value.count), with: "[redacted]".utf8)
      }
      index += 1
    }
  }
}
