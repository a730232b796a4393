import LatchJSON
import LatchPolicy

extension Inquiry {
  /// What a matcher without others inside says of a value.
  func answer(of clause: ClauseModel, about value: JSONValue) -> Answer {
    switch clause {
    case .equals(let operand): return answer(of: .oneOf([operand]), about: value)
    case .oneOf(let operands): return Answer(resolved(operands).compactMap(\.literal).contains { isEqual($0, value) })
    case .text(let kind, let operands): return text(kind, resolved(operands).compactMap(\.literal?.string), value)
    case .regex(let expressions): return ofText(value) { text in expressions.contains { $0.matches(text) } }
    case .port(let operands):
      return ofURL(value) { url in resolved(operands).contains { url.port != nil && $0.literal?.integer == url.port } }
    case .addresses(let operands):
      guard let address = value.string.flatMap(PlainURL.init)?.address, address.isPlain else { return .unreadable }
      return Answer(resolved(operands).compactMap(\.literal?.string).contains(where: address.isIn))
    case .bound(let bound, let lexeme):
      guard case .number(let text) = value, let number = PlainNumber(text).bounded,
        let limit = PlainNumber(lexeme).bounded
      else { return .unreadable }
      switch bound {
      case .min: return Answer(number >= limit)
      case .max: return Answer(number <= limit)
      case .above: return Answer(number > limit)
      case .below: return Answer(number < limit)
      }
    case .length(let least, let most):
      guard let length = value.string?.unicodeScalars.count ?? value.array?.count ?? value.object?.count else {
        return .unreadable
      }
      return Answer(length >= least ?? 0 && length <= most ?? .max)
    case .type(let types): return Answer(!value.jsonTypes.isDisjoint(with: types))
    case .present, .elements, .fields, .not: preconditionFailure("asked where their parts are")
    }
  }

  private func text(_ kind: TextMatcher, _ patterns: [String], _ value: JSONValue) -> Answer {
    func ofText(_ holds: (Text, String) -> Bool) -> Answer {
      self.ofText(value) { text in patterns.contains { holds(Text(text), $0) } }
    }
    func ofURL(_ holds: (PlainURL, String) -> Bool) -> Answer {
      self.ofURL(value) { url in patterns.contains { holds(url, $0) } }
    }
    switch kind {
    case .glob: return ofText { PlainGlob($1).matches($0) }
    case .prefix: return ofText { $0.starts(with: $1) }
    case .suffix: return ofText { $0.reversed().starts(with: Text($1).reversed()) }
    case .contains: return ofText { text, part in text.indices.contains { text[$0...].starts(with: Text(part)) } }
    case .host: return ofURL { $0.hasHost($1) }
    case .scheme: return ofURL { $0.scheme == Text($1).lowercased }
    case .urlPath:
      guard let path = value.string.flatMap(PlainURL.init)?.path else { return .unreadable }
      return Answer(patterns.contains { PlainGlob($0).matches(path) })
    case .domain:
      guard let mail = value.string.flatMap(PlainMail.init) else { return .unreadable }
      return Answer(patterns.contains(where: mail.hasDomain))
    case .regex, .within, .pathGlob: preconditionFailure("asked where their patterns are")
    }
  }

  private func ofText(_ value: JSONValue, _ holds: (String) -> Bool) -> Answer {
    value.string.map { Answer(holds($0)) } ?? .unreadable
  }

  private func ofURL(_ value: JSONValue, _ holds: (PlainURL) -> Bool) -> Answer {
    value.string.flatMap(PlainURL.init).map { Answer(holds($0)) } ?? .unreadable
  }
}

extension PlainPath {
  /// Whether `within` or `path_glob` holds for the path, its pattern beginning at a directory (empty: the root).
  func matches(_ kind: TextMatcher, _ pattern: String, below base: String, isFolded: Bool) -> Bool {
    if kind == .within {
      guard let directory = PlainPath(base + pattern) else { return false }
      return isFolded ? folded.isWithin(directory.folded) : isWithin(directory)
    }
    // The directory is no pattern: what is special in one stands for itself.
    let literal = Text(base).flatMap { scalar -> Text in
      "*?[{\\".unicodeScalars.contains(scalar) ? ["\\", scalar] : [scalar]
    }
    return PlainGlob(literal.string + pattern, isFolded: isFolded).matches(text)
  }
}

extension Operand {
  var literal: JSONValue? { if case .literal(let value) = self { value } else { nil } }

  /// What follows the directory, if it is this one; the whole text for `none`.
  func rest(below base: PathBase) -> String? {
    switch self {
    case .literal(let value): base == .none ? value.string : nil
    case .below(let own, let rest): own == base ? rest : nil
    case .named: nil
    }
  }
}
