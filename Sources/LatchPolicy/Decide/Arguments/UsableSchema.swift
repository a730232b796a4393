package import LatchJSON
package import LatchSchema

/// A tool's `inputSchema` as far as it can be checked: an argument whose pattern no automaton can be made of is refused
/// whatever its value is, and all others are held against the rest.
package struct UsableSchema: Sendable {
  package struct SetAside: Sendable, Equatable {
    package let argument: String
    /// One sentence, as in `SchemaError`.
    package let problem: String
  }

  package let schema: Schema
  package let setAside: [SetAside]

  /// More than any honest tool has: each costs a compilation.
  private static let most = 32

  /// Throws where the schema cannot be used at all.
  package init(_ source: JSONValue) throws(SchemaError) {
    var source = source
    var setAside: [SetAside] = []
    while true {
      do throws(SchemaError) {
        schema = try Schema(source.document())
        self.setAside = setAside
        return
      } catch {
        // What refers to the argument, or to all of them, could mean the opposite: `not`.
        guard setAside.count < Self.most, let name = Self.argument(at: error), !source.refersToArguments else {
          throw error
        }
        setAside.append(SetAside(argument: name, problem: error.message))
        source = source.replacing(["properties", name], with: .bool(false))
      }
    }
  }

  /// The argument whose schema has the pattern at fault. Elsewhere in the schema to refuse might be to let through.
  private static func argument(at error: SchemaError) -> String? {
    let steps = error.schemaPath.split(separator: "/", omittingEmptySubsequences: false)
    guard error.document.isEmpty, steps.count > 3, steps[0].isEmpty, steps[1] == "properties", steps.last == "pattern",
      !steps[2].contains("~")
    else { return nil }
    return String(steps[2])
  }
}

extension JSONValue {
  fileprivate func replacing(_ path: ArraySlice<String>, with value: JSONValue) -> JSONValue {
    guard let name = path.first else { return value }
    guard case .object(let members) = self else { return self }
    return .object(
      members.map { member in
        guard member.name.utf8.elementsEqual(name.utf8) else { return member }
        return Member(member.name, member.value.replacing(path.dropFirst(), with: value))
      })
  }

  /// Whether a reference in it may lead to the schema of an argument: anywhere but to the definitions.
  fileprivate var refersToArguments: Bool {
    switch self {
    case .array(let elements): elements.contains(where: \.refersToArguments)
    case .object(let members):
      members.contains { member in
        let isReference = ["$ref", "$dynamicRef", "$recursiveRef"].contains(member.name)
        return isReference && !member.value.namesDefinition || member.value.refersToArguments
      }
    default: false
    }
  }

  private var namesDefinition: Bool {
    let steps = string?.split(separator: "/", omittingEmptySubsequences: false) ?? []
    return steps.count == 3 && steps[0] == "#" && (steps[1] == "$defs" || steps[1] == "definitions")
  }
}
