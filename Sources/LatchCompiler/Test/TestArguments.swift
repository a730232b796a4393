import LatchJSON
import LatchPolicy

/// The arguments of a test as the proxy would read them from a message.
struct TestArguments {
  var document: JSONDocument?
  var refusal: Decision?

  init(_ value: JSONValue, limits: Guard.Limits) {
    do throws(JSONError) {
      document = try JSONDocument(
        parsing: Array(value.pretty(sorted: false).utf8),
        limits: JSONLimits(bytes: limits.messageBytes, depth: limits.depth))
    } catch {
      refusal = Decision(unreadable: "the arguments are refused: \(error.message)")
    }
  }
}

extension JSONValue {
  /// The value with `${project}` and `${home}` at the beginning of its texts filled in, as the proxy does in matchers,
  /// so that a test says the same on every machine. A directory that is not known stays as it is written.
  func standing(in paths: ProjectPaths) -> JSONValue {
    switch self {
    case .null, .bool, .number: self
    case .string(let text): .string(filled(text, paths))
    case .array(let elements): .array(elements.map { $0.standing(in: paths) })
    case .object(let members): .object(members.map { Member($0.name, $0.value.standing(in: paths)) })
    }
  }
}

private func filled(_ text: String, _ paths: ProjectPaths) -> String {
  if text.utf8.starts(with: "$${".utf8) { return String(text.dropFirst()) }
  for (reference, directory) in [("${project}", paths.projects.first), ("${home}", paths.homes.first)] {
    guard let directory, text.utf8.starts(with: reference.utf8) else { continue }
    let rest = text.utf8.dropFirst(reference.utf8.count)
    if rest.isEmpty || rest.first == UInt8(ascii: "/") { return directory + String(decoding: rest, as: UTF8.self) }
  }
  return text
}
