import LatchJSON
import LatchSchema
import LatchSource

/// What the schema of policy files refuses in a tree, told in the language's words, and the tree with it marked.
func checkShape(of tree: Tree, isRoot: Bool) -> Outcome<Tree> {
  let schema = EmbeddedSchema.policy
  let failures = schema.schema.failures(of: tree.document)
  let names = failures.isEmpty ? EntryNames() : EntryNames(tree)
  let reader = ShapeReader(tree: tree, schema: schema.document, names: names)
  let misplaced = isRoot ? reader.missingName() : reader.keysOfRootOnly()
  var marked = tree
  marked.markBroken(failures.map(\.node))
  return Outcome(marked, reader.diagnostics(for: failures) + misplaced)
}

/// Turns failures of the schema into diagnostics at the exact place.
struct ShapeReader {
  let tree: Tree
  let schema: JSONDocument
  let names: EntryNames
  let neighbours: Neighbours
  let forms = TextForms()

  init(tree: Tree, schema: JSONDocument, names: EntryNames) {
    self.tree = tree
    self.schema = schema
    self.names = names
    neighbours = Neighbours(tree.document)
  }

  /// One diagnostic a mistake: a missing key whose misspelling is reported is not reported too.
  func diagnostics(for failures: [SchemaFailure]) -> [Diagnostic] {
    let suggestions = failures.map { isUnknownKey($0) ? suggestion(for: $0) : nil }
    let misspelled = Set(zip(failures, suggestions).compactMap { failure, key in key.map { Meant(failure, $0) } })
    return zip(failures, suggestions).compactMap { failure, near in
      if failure.keyword == "required" {
        let missing = missingKeys(failure).filter { !misspelled.contains(Meant(failure, $0)) }
        return missing.isEmpty || tree.isPartial && failure.instancePath.isEmpty ? nil : missingKey(missing, failure)
      }
      return isUnknownKey(failure) ? unknownKey(failure, near) : diagnostic(for: failure)
    }
  }

  /// A key that an object was meant to have.
  private struct Meant: Hashable {
    var object: String
    var key: String

    init(_ failure: SchemaFailure, _ key: String) {
      let tokens = pointerTokens(failure.instancePath)
      object = (failure.isName ? tokens.dropLast() : tokens[...]).joined(separator: "\u{0}")
      self.key = key
    }
  }

  private func diagnostic(for failure: SchemaFailure) -> Diagnostic {
    switch failure.keyword {
    case "type": wrongType(failure)
    case "anyOf" where !fitsAlternative(failure): wrongType(failure)
    case "enum", "const": badValue(failure)
    case "pattern": badForm(failure)
    case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum": outOfRange(failure)
    case "minItems", "minProperties", "minLength": isEmpty(failure)
    case "uniqueItems": Diagnostic("L1012", "\(place(failure).key) lists an element twice", at: span(failure))
    default: Diagnostic("L1002", failure.message, at: span(failure))
    }
  }

  func place(_ failure: SchemaFailure) -> InstancePlace { InstancePlace(failure.instancePath, names) }
  func span(_ failure: SchemaFailure) -> Span { tree.span(of: failure.node) }
  func node(_ failure: SchemaFailure) -> Node { Node(tree: tree, index: failure.node) }
  func neighbours(_ failure: SchemaFailure) -> Set<String> {
    neighbours.texts(beside: failure.node, isName: failure.isName)
  }
  func keyword(_ failure: SchemaFailure) -> SchemaPlace? { SchemaPlace(failure.schemaPath, in: schema) }
}

// MARK: Keys

extension ShapeReader {
  private func isUnknownKey(_ failure: SchemaFailure) -> Bool {
    failure.isName && ["additionalProperties", "unevaluatedProperties"].contains(failure.keyword)
  }

  /// What was meant, which is no key that is there already.
  private func suggestion(for failure: SchemaFailure) -> String? {
    let present = neighbours(failure)
    return closest(to: tree.document.string(failure.node), among: failure.expected.filter { !present.contains($0) })
  }

  private func unknownKey(_ failure: SchemaFailure, _ near: String?) -> Diagnostic {
    let key = tree.document.string(failure.node)
    let holder = InstancePlace(parentPointer(failure), names)
    let rest = near == nil ? "; known are \(alternatives(failure.expected, "and"))" : didYouMean(near)
    return Diagnostic(
      "L1001", "unknown key `\(key)` in \(holder.key)\(rest)", at: span(failure),
      fix: near.map { Fix("rename to `\($0)`", [Edit(span(failure), $0)]) })
  }

  /// The pointer of the object that an unknown key stands in.
  private func parentPointer(_ failure: SchemaFailure) -> String {
    let key = tree.document.string(failure.node)
    guard pointerTokens(failure.instancePath).last == key else { return failure.instancePath }
    let bytes = Array(failure.instancePath.utf8)
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    return String(decoding: bytes[..<slash], as: UTF8.self)
  }

  private func missingKeys(_ failure: SchemaFailure) -> [String] {
    let present = node(failure).members.map(\.key.value)
    let required = failure.expected.isEmpty ? keyword(failure)?.words ?? [] : failure.expected
    return required.filter { !present.contains($0) }
  }

  private func missingKey(_ missing: [String], _ failure: SchemaFailure) -> Diagnostic {
    Diagnostic(
      "L1003",
      "\(place(failure).key) has no \(alternatives(missing, "and")); add \(missing.count == 1 ? "`\(missing[0]): …`" : "them")",
      at: beginning(of: node(failure)))
  }

  /// Where something is missing from a map: at its first key, since a map may be long.
  private func beginning(of node: Node) -> Span { node.members.first?.key.span ?? node.span }

  /// `latch.yaml` names the project.
  func missingName() -> [Diagnostic] {
    guard tree.root.kind == .object, tree.root["name"] == nil, !tree.isPartial else { return [] }
    return [
      Diagnostic("L1003", "the project has no `name`; add `name: …` to latch.yaml", at: beginning(of: tree.root))
    ]
  }

  /// Keys that speak for the whole project stand in one file, so that a reader finds them.
  func keysOfRootOnly() -> [Diagnostic] {
    let keys: Set = ["name", "include", "defaults", "clients", "limits", "audit", "serial"]
    return tree.root.members.map(\.key).filter { keys.contains($0.value) }.map { key in
      Diagnostic("L1008", "`\(key.value)` stands in latch.yaml only; move it there", at: key.span)
    }
  }
}

/// `a`, `b` or `c`.
func alternatives(_ words: [String], _ last: String = "or") -> String {
  let quoted = words.map { "`\($0)`" }
  guard let final = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
  return "\(quoted.dropLast().joined(separator: ", ")) \(last) \(final)"
}
