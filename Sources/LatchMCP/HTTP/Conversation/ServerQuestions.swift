import LatchJSON

/// What the server has asked in a session and has no answer to.
///
/// An owner may answer late, when the session is lost and the next one asks by the same id: the answer would be taken for
/// one to the other question. So once a session is lost with a question open, the owner knows all later questions by ids
/// of our own, none of which comes twice and nobody can guess.
struct ServerQuestions: Sendable {
  private struct Question {
    /// How many have this id.
    var count = 0
    /// The server's own id as it wrote it, and as it is compared, if the owner knows another.
    var original: (text: [UInt8], key: MessageKey)?
  }

  /// By the ids that the owner knows.
  private var open: [MessageKey: Question] = [:]
  /// The ids that the owner knows, as they are written, by the server's own.
  private var aliases: [MessageKey: [UInt8]] = [:]
  private var usesAliases = false
  private var lastAlias = 0
  private let beginning: String

  private static let most = 32_768

  init() {
    var generator = SystemRandomNumberGenerator()
    let random = (0..<2).map { _ in String(generator.next(), radix: 36) }
    beginning = "latch-question-" + random.joined()
  }

  var isEmpty: Bool { open.isEmpty }

  /// The session is no more.
  mutating func lose() {
    usesAliases = usesAliases || !open.isEmpty
    open = [:]
    aliases = [:]
  }

  /// A request or notification of the server's as the owner gets to see it; nil if it asks too much.
  mutating func seen(_ message: IncomingMessage) -> [UInt8]? {
    guard let key = message.asks else { return withAlias(message) }
    // Nobody answers to such an id.
    guard !key.isTooLong else { return message.bytes }
    guard open.count < Self.most else { return nil }
    guard usesAliases, let place = message.scan[.id] else {
      open[key, default: Question()].count += 1
      return message.bytes
    }
    guard aliases[key] == nil else { return nil }
    lastAlias += 1
    let alias = "\(beginning)-\(lastAlias)"
    aliases[key] = [0x22] + Array(alias.utf8) + [0x22]
    open[MessageKey(text: alias)] = Question(count: 1, original: (Array(message.bytes[place.range]), key))
    return message.bytes.replacing(place, with: aliases[key])
  }

  /// A notification, which may take back what was asked.
  private func withAlias(_ message: IncomingMessage) -> [UInt8] {
    guard let place = message.scan[.requestId],
      let key = MessageKey(place, of: message.scan, in: message.bytes)
    else { return message.bytes }
    return message.bytes.replacing(place, with: aliases[key])
  }

  /// The answer as the server gets it; nil if it has not asked that.
  mutating func answered(by message: OutgoingMessage, _ key: MessageKey) -> OutgoingMessage? {
    guard var question = open[key] else { return nil }
    question.count -= 1
    open[key] = question.count > 0 ? question : nil
    guard let original = question.original, let place = message.scan[.id] else { return message }
    aliases[original.key] = nil
    var answer = message
    answer.replacement = message.bytes.replacing(place, with: original.text)
    return answer
  }
}

extension [UInt8] {
  /// The text with another value in the place of one; nil leaves it as it is.
  fileprivate func replacing(_ place: MessageScan.Place, with value: [UInt8]?) -> [UInt8] {
    value.map { Array(self[..<place.range.lowerBound]) + $0 + self[place.range.upperBound...] } ?? self
  }
}
