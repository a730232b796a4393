import LatchAutomata
import LatchJSON
import LatchSchema
import Synchronization

/// A tool's locked `inputSchema`, compiled when the first call needs it: most tools of a server are never called.
final class ArgumentSchema: Sendable {
  /// What the schema is ready for.
  final class Compiled: Sendable {
    /// nil where the schema is none that can be checked; then no call passes it.
    let schema: UsableSchema?
    /// nil where the schema names no properties.
    let names: ArgumentNames?

    init(_ source: JSONValue) {
      schema = try? UsableSchema(source)
      names = ArgumentNames(of: source)
    }
  }

  private let source: JSONValue
  private let compiled = Mutex<Compiled?>(nil)

  init(_ source: JSONValue) { self.source = source }

  func compile() -> Compiled {
    compiled.withLock { known in
      if let known { return known }
      let compiled = Compiled(source)
      known = compiled
      return compiled
    }
  }
}

extension ArgumentSchema {
  /// Why the arguments are refused, nil if they are not.
  func refusal(of arguments: Arguments, _ guarding: Guard) -> String? {
    let compiled = compile()
    if guarding.invalidArguments == .deny {
      guard let schema = compiled.schema else { return "its locked schema cannot be checked" }
      guard schema.schema.isValid(arguments.document, at: arguments.root) else {
        return schema.setAside.first { arguments.document.member($0.argument, of: arguments.root) != nil }
          .map { "its locked schema has a pattern for `\($0.argument)` that cannot be checked" }
          ?? schema.schema.complaint(about: arguments)
      }
    }
    guard guarding.extraArguments == .deny, let names = compiled.names else { return nil }
    return names.firstUnnamed(in: arguments).map { "its schema does not name `\(PreparedPath.text(of: [.shown($0)]))`" }
  }
}

extension Schema {
  /// What is wrong with the arguments, where, and what would be right; their values are not repeated.
  fileprivate func complaint(about arguments: Arguments) -> String {
    guard let failure = firstFailure(of: arguments.document, at: arguments.root) else {
      return "its locked schema refuses them"
    }
    let isForm = failure.message.utf8.starts(with: "must ".utf8)
    var steps = arguments.steps(to: failure.node).map(\.shown)
    if failure.isName, isForm { return "the name of `\(PreparedPath.text(of: steps))` \(failure.message)" }
    if failure.isName { steps.removeLast() }
    if steps.isEmpty { return isForm ? "they \(failure.message)" : failure.message }
    let place = PreparedPath.text(of: steps)
    return isForm ? "`\(place)` \(failure.message)" : "in `\(place)`: \(failure.message)"
  }
}

extension PreparedPath.Step {
  private static let longestName = 60

  /// A name as far as it is told: whoever calls chooses it.
  fileprivate static func shown(_ name: String) -> Self {
    let scalars = name.unicodeScalars.prefix(longestName).map { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: Unicode.Scalar("\u{FFFD}")
      default: scalar
      }
    }
    let isCut = name.unicodeScalars.count > longestName
    return .name(Array((String(String.UnicodeScalarView(scalars)) + (isCut ? "…" : "")).utf8))
  }

  fileprivate var shown: Self {
    guard case .name(let bytes) = self else { return self }
    return .shown(String(decoding: bytes.prefix(4 * Self.longestName + 4), as: UTF8.self))
  }
}
