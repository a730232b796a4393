import LatchJSON

/// What must not stand in a log or an error: words of a server may repeat what it was sent.
struct Secrets: Sendable {
  /// Those of the endpoint, the longest first.
  private var values: [[UInt8]] = []
  /// The id of the session, which lets whoever knows it take part.
  private var session: [UInt8] = []

  /// Shorter ones would be found everywhere.
  private static let shortest = 8
  private static let marker = Array("[redacted]".utf8)

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

  /// There is one session at a time.
  mutating func setSession(_ id: String) { session = id.utf8.count < Self.shortest ? [] : Array(id.utf8) }

  /// Words of the server for people: short, on one line, without what a terminal obeys and without secrets.
  func cleaned(_ text: String) -> String {
    let scalars = String(decoding: redacted(Array(text.utf8)), as: UTF8.self).unicodeScalars.prefix(300).map { scalar in
      scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? " " : scalar
    }
    return String(String.UnicodeScalarView(scalars))
  }

  /// The text with every secret in it replaced; what stands for one is not looked at again.
  func redacted(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = text[...]
    while let first = rest.first {
      if let secret = secret(at: rest) {
        result += Self.marker
        rest = rest.dropFirst(secret.count)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }

  /// The same for JSON, whose strings are looked at as what they say, however they are written.
  func redacted(json text: [UInt8], limits: JSONLimits) -> [UInt8] {
    guard let document = try? JSONDocument(parsing: text, limits: limits) else { return redacted(text) }
    var result: [UInt8] = []
    var copied = 0
    for index in document.nodes.indices where document.kind(index) == .string {
      let said = Array(document.content(index))
      let clean = redacted(said)
      guard clean != said, let quoted = try? JSONValue.string(String(decoding: clean, as: UTF8.self)).canonicalBytes()
      else { continue }
      let place = document.place(index)
      result += text[copied..<place.lowerBound] + quoted
      copied = place.upperBound
    }
    return result + text[copied...]
  }

  private func secret(at text: ArraySlice<UInt8>) -> [UInt8]? {
    if let value = values.first(where: text.starts(with:)) { return value }
    return !session.isEmpty && text.starts(with: session) ? session : nil
  }
}
