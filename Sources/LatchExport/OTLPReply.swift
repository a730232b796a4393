import LatchJSON
package import LatchMCP
package import LatchProxy

/// What a collector means with its answer (OTLP/HTTP).
package enum OTLPReply: Sendable, Equatable {
  /// It has the records, but for so many of them; they are not to be sent again.
  case taken(rejected: Int, said: String?)
  /// It may take them later; not before so long, if it says so.
  case later(after: Duration?)
  /// It will not take them, however often they are sent.
  case refused(said: String?)

  package init(_ answer: HTTPAnswer, now: UTCTime = .now()) {
    let value = try? JSONValue(parsing: answer.body)
    switch answer.status {
    case 200..<300 where Self.isPage(answer.body):
      self = .refused(said: "a page for people is in the place of the collector")
    case 200..<300: self = Self.taken(value?["partialSuccess"])
    case 429, 502, 503, 504: self = .later(after: answer.retryAfter.flatMap { Self.duration($0, from: now) })
    default: self = .refused(said: value?["message"]?.string ?? Self.plain(answer.body))
    }
  }

  private static func taken(_ partial: JSONValue?) -> OTLPReply {
    // A 64-bit number is a string in the JSON of Protocol Buffers, but may be written as a number.
    let count = partial?["rejectedLogRecords"]
    let rejected = count?.integer ?? count?.string.flatMap { Int($0) } ?? 0
    return .taken(rejected: max(0, rejected), said: partial?["errorMessage"]?.string.flatMap { $0.isEmpty ? nil : $0 })
  }

  /// A text for people, if it is one; not a page.
  private static func plain(_ body: [UInt8]) -> String? {
    guard !isPage(body), let text = String(validating: body, as: UTF8.self) else { return nil }
    let trimmed = text.unicodeScalars.drop { $0.properties.isWhitespace }
    return trimmed.isEmpty ? nil : String(trimmed)
  }

  /// Such as one to sign in on.
  private static func isPage(_ body: [UInt8]) -> Bool { body.first { $0 > 0x20 } == UInt8(ascii: "<") }

  /// `Retry-After` (RFC 9110): seconds, or a date such as `Sun, 06 Nov 1994 08:49:37 GMT`.
  private static func duration(_ text: String, from now: UTCTime) -> Duration? {
    if let seconds = Int(text), seconds >= 0 { return .seconds(min(seconds, 86_400)) }
    let words = text.split(separator: " ")
    guard words.count == 6, let month = months.firstIndex(where: { $0.utf8.elementsEqual(words[2].utf8) }) else {
      return nil
    }
    let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
    return UTCTime(parsing: "\(words[3])-\(number)-\(words[1])T\(words[4])Z").map {
      .milliseconds(max(0, $0.milliseconds - now.milliseconds))
    }
  }

  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
