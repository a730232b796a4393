import LatchJSON
import LatchSchema
import LatchSource

extension ShapeReader {
  func wrongType(_ failure: SchemaFailure) -> Diagnostic {
    let node = node(failure)
    let place = place(failure)
    if node.tree.source.bytes.isEmpty || place.tokens.isEmpty && node.kind == .null {
      return Diagnostic("L1002", "the file is empty; a policy begins with `version: 1`", at: node.span)
    }
    let wanted = keyword(failure).map(WantedValue.init)
    if let wanted, node.isQuotable, wanted.types == ["string"], !wanted.takes(written(node), forms) {
      return badForm(failure)
    }
    let types = (wanted?.types ?? []).map(typeInWords).joined(separator: " or ")
    let subject = place.elementNumber == nil ? place.key : "an element of \(place.key)"
    return Diagnostic(
      "L1002", "\(subject) must be \(types), not \(kindInWords(node.kind))", at: node.span,
      fix: wanted.flatMap { conversion(of: node, to: $0) })
  }

  /// Whether a value is of a type that one of the alternatives takes, none of which it fits.
  func fitsAlternative(_ failure: SchemaFailure) -> Bool {
    keyword(failure).map(WantedValue.init)?.takes(node(failure).kind) ?? true
  }

  private func written(_ node: Node) -> String { node.tree.source[node.span] }

  /// What a text says, and other values as they are written.
  private func said(_ failure: SchemaFailure) -> String {
    let node = node(failure)
    return failure.isName || node.kind == .string ? tree.document.string(failure.node) : written(node)
  }

  /// A number or truth value that should be text wants quotes; YAML 1.1's words for truth values are texts today.
  private func conversion(of node: Node, to wanted: WantedValue) -> Fix? {
    let written = written(node)
    if node.isQuotable { return wanted.takes(written, forms) ? .replace(node.span, with: "\"\(written)\"") : nil }
    guard node.kind == .string, wanted.types == ["boolean"], let truth = truthWords[written] else { return nil }
    return .replace(node.span, with: truth)
  }

  func badValue(_ failure: SchemaFailure) -> Diagnostic {
    let node = node(failure)
    let said = said(failure)
    let place = place(failure)
    if place.tokens == ["version"] { return badVersion(said, node) }
    let present = neighbours(failure)
    let left = failure.expected.filter { !present.contains($0) }
    let near = node.kind == .string ? closest(to: said, among: left) : nil
    let use = left.isEmpty ? "; leave it out" : "; use \(alternatives(left))"
    let key = failure.isName ? InstancePlace(holderPointer(place), names).key : place.key
    return Diagnostic(
      "L1004", "`\(said)` is not a value of \(key)\(near == nil ? use : didYouMean(near))", at: node.span,
      fix: near.map { .replace(node.span, with: $0) })
  }

  private func badVersion(_ said: String, _ node: Node) -> Diagnostic {
    guard node.kind == .string, said == "1" else {
      return Diagnostic(
        "L1004", "version `\(said)` of the language is not known; this Latch reads version 1", at: node.span)
    }
    return Diagnostic(
      "L1002", "`version` must be a number, not text", at: node.span, fix: .replace(node.span, with: said))
  }

  private func holderPointer(_ place: InstancePlace) -> String {
    place.tokens.dropLast().map { "/" + $0 }.joined()
  }

  func badForm(_ failure: SchemaFailure) -> Diagnostic {
    if let diagnostic = badKey(failure) ?? badPort(failure) { return diagnostic }
    let rule = keyword(failure).flatMap(\.description).map(asClause) ?? failure.message
    let what = keyword(failure).flatMap(\.title).map(asClause) ?? "value"
    let subject = failure.isName ? "" : " in \(place(failure).key)"
    return Diagnostic(
      "L1005", "`\(said(failure))`\(subject) is not \(article(what)) \(what): \(rule)", at: span(failure))
  }

  /// A text in the place of a port, which only the name of a list can be.
  private func badPort(_ failure: SchemaFailure) -> Diagnostic? {
    guard place(failure).key == "`port`", !failure.isName, let text = node(failure).string else { return nil }
    guard let port = Int(text.value), (1...65_535).contains(port) else {
      return Diagnostic(
        "L1005", "`\(text.value)` is not a port: a whole number up to 65535, or `$name` of a list of `values:`",
        at: text.span)
    }
    return Diagnostic(
      "L1002", "`port` must be a number, not text", at: text.span, fix: .replace(text.span, with: String(port)))
  }

  func outOfRange(_ failure: SchemaFailure) -> Diagnostic {
    let bound = keyword(failure).map { $0.schema.string($0.keyword) } ?? ""
    let relation = failure.keyword.hasSuffix("inimum") ? "at least" : "at most"
    let said = tree.document.string(failure.node)
    return Diagnostic("L1006", "\(place(failure).key) is \(said); it must be \(relation) \(bound)", at: span(failure))
  }

  func isEmpty(_ failure: SchemaFailure) -> Diagnostic {
    let place = place(failure)
    let subject = place.elementNumber.map { "element \($0) of \(place.key)" } ?? place.key
    return Diagnostic("L1007", "\(subject) is empty; write what it should hold or leave it out", at: span(failure))
  }
}

extension Node {
  /// Whether it is a number or truth value, which quotes make a text.
  fileprivate var isQuotable: Bool { [.number, .true, .false].contains(kind) }
}

private let truthWords = [
  "yes": "true", "on": "true", "y": "true", "Yes": "true", "On": "true", "YES": "true", "ON": "true", "no": "false",
  "off": "false", "n": "false", "No": "false", "Off": "false", "NO": "false", "OFF": "false",
]

private func typeInWords(_ type: String) -> String {
  switch type {
  case "object": "a map"
  case "array": "a list"
  case "string": "text"
  case "integer": "a whole number"
  case "number": "a number"
  case "boolean": "`true` or `false`"
  default: "nothing"
  }
}

private func kindInWords(_ kind: JSONDocument.Node.Kind) -> String {
  switch kind {
  case .object: "a map"
  case .array: "a list"
  case .string: "text"
  case .number: "a number"
  case .true: "`true`"
  case .false: "`false`"
  case .null: "nothing"
  }
}

/// A sentence of the schema as a part of ours: lower case at its beginning, no full stop at its end.
private func asClause(_ sentence: String) -> String {
  var text = sentence
  if text.hasSuffix(".") { text.removeLast() }
  guard let first = text.first else { return text }
  return first.lowercased() + text.dropFirst()
}

private func article(_ noun: String) -> String { "aeiou".contains(noun.prefix(1)) ? "an" : "a" }
