extension SourceDiagnostics {
  static let values: [DiagnosticExplanation] = [
    .duplicateKey, .keyIsNotText, .missingKey, .unknownTag, .unfitForTag, .notFinite, .tooLarge, .unknownAlias,
    .mergeOfOther, .readOtherwise,
  ]
}

extension DiagnosticExplanation {
  fileprivate static let duplicateKey = DiagnosticExplanation(
    "L0030", "key twice",
    what: "A map has the same key twice; with quotes it is the same key as without.",
    why: "Most programs take the last, some the first: a reviewer cannot know which one counts.",
    wrong: "effect: deny\n\"effect\": allow", right: "effect: deny")
  fileprivate static let keyIsNotText = DiagnosticExplanation(
    "L0031", "key is not text",
    what: "A map's key is a number, true, false, null, a list or a map.",
    why: "Keys are names here, and in JSON they are text: `1` and `\"1\"` would be two keys that become one.",
    wrong: "when: { 1: x }", right: "when: { \"1\": x }")
  fileprivate static let missingKey = DiagnosticExplanation(
    "L0032", "key is missing",
    what: "A `:` stands without a key before it.",
    why: "The value would belong to nothing.", wrong: "env:\n  ?\n  : warn", right: "env:\n  LOG_LEVEL: warn")
  fileprivate static let unknownTag = DiagnosticExplanation(
    "L0033", "unknown tag",
    what: "A value has a tag other than `!!str`, `!!int`, `!!float`, `!!bool`, `!!null`, `!!seq`, `!!map`.",
    why: "Tags like `!!python/object` ask for the creation of objects; a policy is data only.",
    wrong: "token: !vault abc", right: "token: ${env:TOKEN}")
  fileprivate static let unfitForTag = DiagnosticExplanation(
    "L0034", "value does not fit its tag",
    what: "A value cannot be read as its tag says.",
    why: "Guessing would give the value another type than the one asked for.",
    wrong: "port: !!int many", right: "port: 8080")
  fileprivate static let notFinite = DiagnosticExplanation(
    "L0035", "not a finite number",
    what: "A value is `.inf`, `-.inf` or `.nan`.",
    why: "JSON has no such numbers, so no argument of a call can be compared with them.",
    wrong: "max: .inf", right: "max: 1000000")
  fileprivate static let tooLarge = DiagnosticExplanation(
    "L0036", "number too large",
    what: "A hexadecimal or octal number has over 64 bits.",
    why: "It would have to be cut or rounded.", wrong: "max: 0xFFFFFFFFFFFFFFFFFF", right: "max: 1000000")
  fileprivate static let unknownAlias = DiagnosticExplanation(
    "L0037", "unknown alias",
    what: "An alias `*name` names no anchor `&name` before it.",
    why: "There is nothing that it could stand for; an anchor cannot hold its own alias either.",
    wrong: "rules: *common", right: "values: { common: &common [a, b] }\nrules: *common")
  fileprivate static let mergeOfOther = DiagnosticExplanation(
    "L0038", "merge of what is no map",
    what: "The merge key `<<` takes a map, or a list of maps.",
    why: "It brings the entries of a map into another; nothing else has entries.",
    wrong: "<<: [a, b]", right: "base: &base { a: 1 }\nmore: { <<: *base, b: 2 }")
  fileprivate static let readOtherwise = DiagnosticExplanation(
    "L0039", "read otherwise by YAML 1.1", severity: .warning,
    what: "A value without quotes is read in one way by Latch (YAML 1.2) and in another by tools for YAML 1.1.",
    why: "Your editor, linter or template engine may see `no` as false and `010` as 8.",
    wrong: "env: { DEBUG: no }", right: "env: { DEBUG: \"no\" }")
}

extension Diagnostic {
  static func duplicateKey(_ name: String, at span: Span, first: Span) -> Diagnostic {
    Diagnostic(
      .duplicateKey, "the key `\(name)` is in this map already", at: span,
      notes: [Note("the first `\(name)` is here", at: first)])
  }

  static func keyIsNotText(_ text: String, _ kind: YAMLTree.Record.Kind, at span: Span) -> Diagnostic {
    let what =
      switch kind {
      case .null: "null"
      case .true, .false: "a truth value"
      default: "a number"
      }
    return Diagnostic(
      .keyIsNotText, "the key `\(text)` is \(what); a key is text", at: span, fix: .quote(text, at: span))
  }

  static func collectionAsKey(at span: Span) -> Diagnostic {
    Diagnostic(
      .keyIsNotText, "a list or a map is used as a key; a key is text", at: span,
      help: "a value that begins with `{` or `[` wants quotes: \"{name}\"")
  }

  static func missingKey(at span: Span) -> Diagnostic {
    Diagnostic(.missingKey, "a key is missing before `:`", at: span)
  }

  static func unknownTag(_ tag: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .unknownTag, "the tag `\(tag)` is not known here", at: span,
      help: "remove it; text that begins with `!` wants quotes")
  }

  static func tagOfOther(_ tag: String, _ what: String, at span: Span) -> Diagnostic {
    Diagnostic(.unfitForTag, "the tag `\(tag)` cannot be on \(what)", at: span)
  }

  static func unfitForTag(_ tag: String, _ text: String, at span: Span) -> Diagnostic {
    Diagnostic(.unfitForTag, "`\(text)` cannot be read as `\(tag)`", at: span)
  }

  static func notFinite(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .notFinite, "`\(text)` is not a finite number", at: span, fix: .quote(text, at: span),
      help: "leave the bound out, or write a number")
  }

  static func tooLarge(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .tooLarge, "`\(text)` has over 64 bits", at: span, fix: .quote(text, at: span))
  }

  static func unknownAlias(at span: Span, in source: Source) -> Diagnostic {
    let name = source[span]
    return Diagnostic(
      .unknownAlias, "`\(name)` names no anchor; `&\(name.dropFirst())` has to stand whole before it", at: span,
      help: "text that begins with `*` wants quotes: \"\(name)\"")
  }

  static func mergeOfOther(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(.mergeOfOther, "`<<` merges a map or a list of maps, which this is not", at: span)
  }

  static func readOtherwise(_ other: OldReading, _ text: String, _ reading: PlainReading, at span: Span) -> Diagnostic {
    let there =
      switch other {
      case .bool(let value): value ? "true" : "false"
      case .octal: "an octal number"
      case .binary: "a binary number"
      case .underscores: "a number"
      case .sexagesimal: "a number to base 60"
      case .text: "text"
      }
    let here = reading == .integer ? "the number \(jsonNumber(ArraySlice(text.utf8)))" : "text"
    return Diagnostic(
      .readOtherwise, "`\(text)` is \(here) here, but \(there) to tools that read YAML 1.1", at: span,
      fix: reading == .integer
        ? .replace(span, with: jsonNumber(ArraySlice(text.utf8))) : .quote(text, at: span, .safe))
  }
}

extension Fix {
  /// Puts text between double quotes.
  package static func quote(_ text: String, at span: Span, _ safety: Safety = .needsReview) -> Fix {
    let escaped = text.reduce(into: "") { $0 += $1 == "\"" || $1 == "\\" ? "\\\($1)" : String($1) }
    return Fix("write it between quotes", [Edit(span, "\"\(escaped)\"")], safety)
  }
}
