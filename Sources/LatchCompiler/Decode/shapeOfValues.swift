import LatchJSON
import LatchSchema
import LatchSource

extension ShapeReader {
  func wrongType(_ failure: SchemaFailure) -> Diagnostic {
    let node = node(failure)
    let wanted = failure.expected.isEmpty ? keyword(failure)?.words ?? [] : failure.expected
    let place = place(failure)
    if node.tree.source.bytes.isEmpty || place.tokens.isEmpty && node.kind == .null {
      return Diagnostic("L1002", "the file is empty; a policy begins with `version: 1`", at: node.span)
    }
    let types = wanted.map(typeInWords).joined(separator: " or ")
    let subject = isElement(place) ? "an element of \(place.key)" : place.key
    return Diagnostic(
      "L1002", "\(subject) must be \(types), not \(kindInWords(node.kind))", at: node.span,
      fix: conversion(of: node, to: wanted))
  }

  private func isElement(_ place: InstancePlace) -> Bool {
    place.tokens.count > 2 && place.tokens.last.flatMap { Int($0) } != nil
  }

  /// A number or truth value that should be text wants quotes; YAML 1.1's words for truth values are texts today.
  private func conversion(of node: Node, to wanted: [String]) -> Fix? {
    let written = node.tree.source[node.span]
    switch node.kind {
    case .number, .true, .false: return wanted == ["string"] ? .replace(node.span, with: "\"\(written)\"") : nil
    case .string where wanted == ["boolean"]:
      guard let truth = truthWords[written] else { return nil }
      return .replace(node.span, with: truth)
    default: return nil
    }
  }

  func badValue(_ failure: SchemaFailure) -> Diagnostic {
    let node = node(failure)
    let written = node.tree.source[node.span]
    let said = failure.isName || node.kind == .string ? tree.document.string(failure.node) : written
    let place = place(failure)
    if place.tokens == ["version"] {
      return Diagnostic(
        "L1004", "version `\(said)` of the language is not known; this Latch reads version 1", at: node.span)
    }
    let near = node.kind == .string ? closest(to: said, among: failure.expected) : nil
    let rest = near == nil ? "; use \(alternatives(failure.expected))" : didYouMean(near)
    let key = failure.isName ? InstancePlace(holderPointer(place), names).key : place.key
    return Diagnostic(
      "L1004", "`\(said)` is not a value of \(key)\(rest)", at: node.span,
      fix: near.map { .replace(node.span, with: $0) })
  }

  private func holderPointer(_ place: InstancePlace) -> String {
    place.tokens.dropLast().map { "/" + $0 }.joined()
  }

  func badForm(_ failure: SchemaFailure) -> Diagnostic {
    if let diagnostic = badKey(failure) { return diagnostic }
    let said = tree.document.string(failure.node)
    let rule = keyword(failure).flatMap(\.description).map(asClause) ?? failure.message
    let what = keyword(failure).flatMap(\.title).map(asClause) ?? "value"
    let subject = failure.isName ? "" : " in \(place(failure).key)"
    return Diagnostic("L1005", "`\(said)`\(subject) is not \(article(what)) \(what): \(rule)", at: span(failure))
  }

  func outOfRange(_ failure: SchemaFailure) -> Diagnostic {
    let bound = keyword(failure).map { $0.schema.string($0.keyword) } ?? ""
    let relation = failure.keyword.hasSuffix("inimum") ? "at least" : "at most"
    let said = tree.document.string(failure.node)
    return Diagnostic("L1006", "\(place(failure).key) is \(said); it must be \(relation) \(bound)", at: span(failure))
  }

  func isEmpty(_ failure: SchemaFailure) -> Diagnostic {
    Diagnostic("L1007", "\(place(failure).key) is empty; write what it should hold or leave it out", at: span(failure))
  }
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
