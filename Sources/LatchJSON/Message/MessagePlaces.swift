/// What is found in a message while it is read.
struct MessagePlaces: Sendable {
  var kind: JSONDocument.Node.Kind = .null
  var elements: [Range<Int>] = []
  var idKind = MessageScan.IDKind.absent
  var memberNames = NameList()
  var parameterNames = NameList()
  var collision: MessageScan.Collision?
  var lineBreak: Int?
  var resultSaysError = false
  var hasUnicodeLineBreak = false
  var members = InlineArray<6, MessageScan.Place?>(repeating: nil)
  var parameters = InlineArray<18, MessageScan.Place?>(repeating: nil)
}

extension MessagePlaces {
  var hasUnknownMembers: Bool { Self.count(members.span) < memberNames.count }
  var hasUnknownParameters: Bool { Self.count(parameters.span) < parameterNames.count }

  private static func count(_ places: Span<MessageScan.Place?>) -> Int {
    var count = 0
    for index in places.indices where places[index] != nil { count += 1 }
    return count
  }

  mutating func findCollision(in line: Span<UInt8>) {
    if let pair = memberNames.collision(in: line) {
      collision = MessageScan.Collision(
        level: .envelope, first: pair.first, second: pair.second, isExact: pair.isExact)
    } else if let pair = parameterNames.collision(in: line) {
      collision = MessageScan.Collision(level: .params, first: pair.first, second: pair.second, isExact: pair.isExact)
    }
  }
}
