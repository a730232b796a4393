import LatchJSON

/// A schema together with those that it applies to the same value.
struct SchemaParts {
  private let root: JSONValue
  /// The schema first.
  let all: [JSONValue]

  /// A hostile schema may refer to itself; further than this nobody's does.
  private static let most = 1024

  /// All parts, also those that hold only sometimes.
  init(_ schema: JSONValue) {
    self.init(of: schema, in: schema, followingChoices: true)
  }

  /// `followingChoices`: also what `anyOf` and its like apply only sometimes.
  init(of schema: JSONValue, in root: JSONValue, followingChoices: Bool) {
    self.root = root
    var parts = [schema]
    var next = 0
    while next < parts.count, parts.count <= Self.most {
      let part = parts[next]
      for reference in ["$ref", "$dynamicRef"] {
        if case .string(let text)? = part[reference], let target = Self.target(of: text, in: root) {
          parts.append(target)
        }
      }
      for keyword in ["allOf"] + (followingChoices ? ["anyOf", "oneOf"] : []) {
        if case .array(let joined)? = part[keyword] { parts += joined }
      }
      if followingChoices {
        parts += ["if", "then", "else"].compactMap { part[$0] }
        if case .object(let members)? = part["dependentSchemas"] { parts += members.map(\.value) }
      }
      next += 1
    }
    all = Array(parts.prefix(Self.most))
  }

  /// What a reference inside a schema points to (RFC 6901, in a fragment).
  private static func target(of reference: String, in root: JSONValue) -> JSONValue? {
    guard reference.utf8.first == UInt8(ascii: "#") else { return nil }
    let pointer = PercentEncoding.decoded(Array(reference.utf8.dropFirst()))
    guard pointer.isEmpty || pointer.first == UInt8(ascii: "/") else { return nil }
    let tokens = String(decoding: pointer, as: UTF8.self).split(separator: "/", omittingEmptySubsequences: false)
    return tokens.dropFirst().reduce(Optional(root)) { value, token in
      guard case .array(let elements)? = value else { return value?[unescaped(token)] }
      return Int(token).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
    }
  }

  private static func unescaped(_ token: Substring) -> String {
    token.split(separator: "~1", omittingEmptySubsequences: false).map { part in
      part.split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~")
    }.joined(separator: "/")
  }
}
