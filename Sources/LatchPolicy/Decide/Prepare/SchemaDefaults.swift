import LatchJSON

/// What a tool's locked schema says a missing argument is worth.
struct SchemaDefaults {
  let schema: JSONValue

  /// A hostile schema may fan out at each step.
  private static let mostPlaces = 64

  /// For each step what the whole path is worth where that step is the first that finds nothing; empty if nothing.
  func values(for steps: [PreparedPath.Step]) -> [JSONDocument?] {
    var places: [[JSONValue]] = []
    var current = [schema]
    for step in steps {
      current = Array(current.flatMap { parts(of: $0) }.compactMap { child($0, step) }.prefix(Self.mostPlaces))
      places.append(current)
    }
    var values: [JSONDocument?] = []
    var below: JSONDocument?
    for (position, step) in steps.enumerated().reversed() {
      if case .index = step {
        // No schema says of an array that is not there what its elements are.
        below = nil
      } else if let found = places[position].lazy.flatMap({ parts(of: $0) }).compactMap({ $0["default"] }).first {
        below = value(at: steps[(position + 1)...], in: found, otherwise: values)
      }
      values.insert(below, at: 0)
    }
    return values.contains { $0 != nil } ? values : []
  }

  private func parts(of part: JSONValue) -> [JSONValue] {
    SchemaParts(of: part, in: schema, followingChoices: false).all
  }

  private func child(_ schema: JSONValue, _ step: PreparedPath.Step) -> JSONValue? {
    switch step {
    case .name(let name): schema["properties"]?[String(decoding: name, as: UTF8.self)]
    case .index: schema["items"]
    }
  }

  /// What a default has at the steps, where an object lacks a member what the schema says of that: `inner`, one a step.
  private func value(
    at steps: ArraySlice<PreparedPath.Step>, in value: JSONValue, otherwise inner: [JSONDocument?]
  ) -> JSONDocument? {
    var value = value
    for (step, stated) in zip(steps, inner) {
      switch (step, value) {
      case (.name(let name), .object):
        guard let member = value[String(decoding: name, as: UTF8.self)] else { return stated }
        value = member
      case (.index(let index), .array(let elements)) where elements.indices.contains(index): value = elements[index]
      default: return nil
      }
    }
    return value.document()
  }
}
