/// The tree that every pattern language is read into: what a piece of text may be.
indirect enum Pattern: Sendable {
  /// One scalar of the set.
  case scalars(ScalarSet)
  case sequence([Pattern])
  case choice([Pattern])
  case repeated(Pattern, least: Int, most: Int?)
  /// The empty text, where the place is right.
  case position(TextPosition)
  /// The empty text, where what follows (or comes before) is of the pattern, or is not.
  case look(Pattern, ahead: Bool, holds: Bool)

  static let empty = Pattern.sequence([])
  static let anything = Pattern.repeated(.scalars(.text), least: 0, most: nil)

  static func literal(_ text: some StringProtocol) -> Pattern {
    .sequence(text.unicodeScalars.map { .scalars(ScalarSet($0)) })
  }

  /// Whether it takes no scalar, whatever the text: such a piece need not be repeated more than once.
  var takesNothing: Bool {
    switch self {
    case .scalars: false
    case .sequence(let items), .choice(let items): items.allSatisfy(\.takesNothing)
    case .repeated(let item, _, let most): most == 0 || item.takesNothing
    case .position, .look: true
    }
  }

  /// Whether each match begins at the text's start, so that a search need not move.
  var isAnchoredAtStart: Bool {
    switch self {
    case .position(.textStart): true
    case .sequence(let items): items.first { !$0.isAssertionButNotStart }?.isAnchoredAtStart ?? false
    case .choice(let items): items.allSatisfy(\.isAnchoredAtStart)
    case .repeated(let item, let least, _): least > 0 && item.isAnchoredAtStart
    case .scalars, .position, .look: false
    }
  }

  /// Whether each match ends at the text's end.
  var isAnchoredAtEnd: Bool {
    switch self {
    case .position(.textEnd): true
    case .sequence(let items): items.last?.isAnchoredAtEnd ?? false
    case .choice(let items): items.allSatisfy(\.isAnchoredAtEnd)
    case .repeated(let item, let least, _): least > 0 && item.isAnchoredAtEnd
    case .scalars, .position, .look: false
    }
  }

  private var isAssertionButNotStart: Bool {
    switch self {
    case .look: true
    case .position(let position): position != .textStart
    default: false
    }
  }

  /// Whether a look-ahead (or, for `false`, a look-behind) is anywhere in it.
  func looks(ahead wanted: Bool) -> Bool {
    switch self {
    case .look(let inner, let ahead, _): ahead == wanted || inner.looks(ahead: wanted)
    case .sequence(let items), .choice(let items): items.contains { $0.looks(ahead: wanted) }
    case .repeated(let item, _, _): item.looks(ahead: wanted)
    case .scalars, .position: false
    }
  }
}

/// A place in a text that takes no scalar.
enum TextPosition: Sendable {
  case textStart, textEnd, lineStart, lineEnd, wordBoundary, notWordBoundary

  /// Whether the place between two neighbours is this one.
  func holds(before: Surroundings, after: Surroundings) -> Bool {
    switch self {
    case .textStart: before.contains(.edge)
    case .textEnd: after.contains(.edge)
    case .lineStart: !before.isDisjoint(with: [.edge, .newline])
    case .lineEnd: !after.isDisjoint(with: [.edge, .newline])
    case .wordBoundary: before.contains(.word) != after.contains(.word)
    case .notWordBoundary: before.contains(.word) == after.contains(.word)
    }
  }

  /// What of the neighbours it asks for.
  var needs: Surroundings {
    switch self {
    case .textStart, .textEnd: .edge
    case .lineStart, .lineEnd: [.edge, .newline]
    case .wordBoundary, .notWordBoundary: .word
    }
  }
}

/// What a place's neighbour is: the text's edge, a word character (ASCII), a line feed, or nothing that matters.
struct Surroundings: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  static let edge = Surroundings(rawValue: 1)
  static let word = Surroundings(rawValue: 2)
  static let newline = Surroundings(rawValue: 4)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  init(of scalar: UInt32) {
    switch scalar {
    case 0x0A: self = .newline
    case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: self = .word
    default: self = []
    }
  }
}
