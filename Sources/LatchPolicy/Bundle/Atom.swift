/// One question about the arguments.
package struct Atom: Sendable, Equatable {
  package var path: ArgumentPath
  package var matcher: Matcher
  /// Types that the author asked for by `type` beside the matcher: where a value of one of them is of no form that the
  /// matcher reads, the matcher does not hold, and the call is not refused as unreadable.
  package var tolerated: [JSONType]

  package init(path: ArgumentPath, matcher: Matcher, tolerated: [JSONType] = []) {
    self.path = path
    self.matcher = matcher
    self.tolerated = tolerated
  }
}

/// Which value inside the arguments is asked about; without steps the value itself, which only stands inside `any` and
/// `all`.
package struct ArgumentPath: Sendable, Equatable, Hashable {
  package enum Step: Sendable, Equatable, Hashable {
    case name(String)
    case index(Int)
  }

  package var steps: [Step]
  /// `**`: some string anywhere in the arguments, names included.
  package let isAnywhere: Bool

  package static let anywhere = ArgumentPath(isAnywhere: true)

  package init(_ steps: [Step]) {
    self.steps = steps
    isAnywhere = false
  }

  private init(isAnywhere: Bool) {
    steps = []
    self.isAnywhere = isAnywhere
  }
}

/// The types of JSON Schema: an `integer` is a `number` without a fraction, however it is written.
package enum JSONType: String, Sendable, CaseIterable {
  case null, boolean, integer, number, string, array, object
}
