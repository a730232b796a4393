import LatchJSON
import LatchPolicy

/// What a tool's locked schema says of a place that a condition looks at.
enum LockedArgument: Sendable {
  case found(FoundArgument)
  case missing(MissingArgument)
}

struct FoundArgument: Sendable {
  var values: PossibleValues
  /// Whether the schema speaks of it by name the whole way; else it only does not exclude it.
  var isNamed: Bool
  /// Whether it is there in every call that the schema takes.
  var isRequired: Bool
  /// What the schema says that it is worth where it is left out.
  var fallback: JSONValue?

  /// Of a tool whose schema is not known, or not held against its arguments.
  static let unknown = FoundArgument(values: .all, isNamed: false, isRequired: false)
}

struct MissingArgument: Sendable {
  /// The step of the route at which nothing can be.
  var step: Int
  /// The names that there are instead.
  var known: [String]
  /// What is there in the place of an object or an array, if that is why.
  var container: ValueTypes?
  /// Whether the schema says that it takes more than it names, and calls with it are denied all the same.
  var isDeniedOnly = false
}

extension SchemaReading {
  /// What the schema says of a place.
  func argument(at route: ArgumentRoute) -> LockedArgument {
    var walk = SchemaWalk(reading: self)
    for (index, step) in route.steps.enumerated() {
      if let missing = walk.take(step, index) { return .missing(missing) }
    }
    return .found(walk.argument)
  }
}

/// A walk from the top of a schema to a place.
private struct SchemaWalk {
  let reading: SchemaReading
  private var schema: JSONValue
  private(set) var argument: FoundArgument

  init(reading: SchemaReading) {
    self.reading = reading
    schema = reading.root
    argument = FoundArgument(values: reading.values(of: schema), isNamed: true, isRequired: true)
    // Arguments are an object, whether the schema says so or not.
    argument.values.types = .object
  }

  /// What is missing, if something is.
  mutating func take(_ step: ArgumentRoute.Step, _ index: Int) -> MissingArgument? {
    let container: ValueTypes = if case .name = step { .object } else { .array }
    let values = argument.values
    guard values.types.isEmpty || values.types.contains(container) else {
      return MissingArgument(step: index, known: [], container: values.types)
    }
    let place = place(step)
    if isMissing(step, index, place) {
      return MissingArgument(
        step: index, known: place.names ?? [],
        isDeniedOnly: index == 0 && !reading.permitsMore && place.isOpen && !place.isClosed)
    }
    argument.isRequired = isRequired(step, place, in: container)
    argument.isNamed = argument.isNamed && place.isNamed
    argument.fallback = place.fallback(in: reading) ?? argument.fallback.flatMap { $0.value(at: step) }
    argument.values = reading.values(of: place.schema)
    schema = place.schema
    return nil
  }

  /// Arguments are held against the names of the schema too, where the project does not permit more; what stands
  /// inside them only against the schema.
  private func isMissing(_ step: ArgumentRoute.Step, _ index: Int, _ place: PlaceInSchema) -> Bool {
    guard index == 0, case .name(let name) = step else { return place.isMissing }
    if reading.permitsMore { return place.isMissing && place.isClosed }
    return reading.names.map { !$0.contains(name) } ?? place.isMissing
  }

  private func place(_ step: ArgumentRoute.Step) -> PlaceInSchema {
    switch step {
    case .name(let name): reading.member(name, of: schema)
    case .index(let index): reading.element(index, of: schema)
    case .element: reading.element(nil, of: schema)
    }
  }

  private func isRequired(_ step: ArgumentRoute.Step, _ place: PlaceInSchema, in container: ValueTypes) -> Bool {
    let isThere = argument.isRequired && argument.values.types == container
    return switch step {
    case .name: isThere && place.isRequired
    case .index(let index): isThere && argument.values.count(of: .array).least > index
    // Whoever asks about elements has one.
    case .element: true
    }
  }
}

extension PlaceInSchema {
  /// The first default among the schemas that hold whatever the value; none where it is null, which says "not given".
  fileprivate func fallback(in reading: SchemaReading) -> JSONValue? {
    var pending = [schema]
    var budget = 64
    while let next = pending.popLast(), budget > 0 {
      if let value = next["default"] { return value == .null ? nil : value }
      pending += reading.joined(by: next)
      budget -= 1
    }
    return nil
  }
}

extension JSONValue {
  fileprivate func value(at step: ArgumentRoute.Step) -> JSONValue? {
    switch step {
    case .name(let name): self[name]
    case .index(let index): array.flatMap { $0.indices.contains(index) ? $0[index] : nil }
    case .element: nil
    }
  }
}

extension LockedArgument {
  /// The same bytes for what says the same.
  var key: [UInt8] {
    switch self {
    case .found(let argument):
      Array("+\(argument.isNamed) \(argument.isRequired) ".utf8) + framed(argument.fallback?.key ?? [])
        + argument.values.key
    case .missing(let missing):
      Array("-\(missing.step) \(missing.container?.rawValue ?? 0) \(missing.isDeniedOnly)".utf8)
        + missing.known.flatMap { framed(Array($0.utf8)) }
    }
  }
}
