/// What a condition says of a call: `unreadable` where a value that it asks about is not of a form that it reads.
enum Truth: UInt8, Sendable {
  case no = 1
  case yes = 2
  case unreadable = 3

  init(_ holds: Bool) { self = holds ? .yes : .no }

  var negated: Truth {
    switch self {
    case .no: .yes
    case .yes: .no
    case .unreadable: .unreadable
    }
  }

  /// Both hold: a no of one is enough for no.
  func and(_ other: Truth) -> Truth {
    if self == .no || other == .no { return .no }
    return self == .unreadable || other == .unreadable ? .unreadable : .yes
  }
}
