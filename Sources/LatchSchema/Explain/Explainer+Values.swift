import LatchJSON

/// Words for keywords that look at one value only.
extension Explainer {
  mutating func explainValue(_ step: Instruction, of schema: UInt32, _ node: UInt32) {
    let wanted = source(schema).shown(step.keyword)
    let found = instance.shown(node)
    let butIs = but("is \(found)")
    func tell(_ keyword: Keyword, _ message: String) { report(keyword, schema, step.keyword, at: node, message) }
    switch step.operation {
    case .never: report(nil, schema, step.keyword, at: node, "nothing is allowed here")
    case .equals, .oneOfValues, .oneOfNames: explainChoice(step, of: schema, node)
    case .minimum: tell(.minimum, "must be at least \(wanted)\(butIs)")
    case .maximum: tell(.maximum, "must be at most \(wanted)\(butIs)")
    case .exclusiveMinimum: tell(.exclusiveMinimum, "must be above \(wanted)\(butIs)")
    case .exclusiveMaximum: tell(.exclusiveMaximum, "must be below \(wanted)\(butIs)")
    case .multipleOf: tell(.multipleOf, "must be a multiple of \(wanted)\(butIs)")
    case .minLength, .maxLength: explainCount(step, of: schema, node, "character", isBrief ? 0 : length(node))
    case .minItems, .maxItems: explainCount(step, of: schema, node, "element", instance.nodes[Int(node)].count)
    case .minProperties, .maxProperties:
      explainCount(step, of: schema, node, "member", instance.nodes[Int(node)].count)
    case .pattern:
      tell(.pattern, "\(isBrief ? "must" : "\(found) does not") match the pattern \(patternShown(step, schema))")
    case .format: explainFormat(step, of: schema, node)
    case .content:
      tell(.contentMediaType, "\(isBrief ? "must" : "\(found) does not") hold content of the type \(wanted)")
    case .uniqueItems: explainTwins(step, of: schema, node)
    case .contains: explainContains(step, of: schema, node)
    case .dependentRequired: explainDependent(step, of: schema, node)
    case .not: explainNot(step, of: schema, node)
    default: preconditionFailure("every other keyword is explained where it leads")
    }
  }

  private func patternShown(_ step: Instruction, _ schema: UInt32) -> String {
    LatchSchema.shown(source(schema).content(Int(step.keyword)), limit: 120)
  }

  private func length(_ node: UInt32) -> UInt32 {
    UInt32(instance.content(Int(node)).count { $0 & 0xC0 != 0x80 })
  }

  private mutating func explainCount(
    _ step: Instruction, of schema: UInt32, _ node: UInt32, _ noun: String, _ count: UInt32
  ) {
    let (keyword, isLeast): (Keyword, Bool) =
      switch step.operation {
      case .minLength: (.minLength, true)
      case .maxLength: (.maxLength, false)
      case .minItems: (.minItems, true)
      case .maxItems: (.maxItems, false)
      case .minProperties: (.minProperties, true)
      default: (.maxProperties, false)
      }
    let message =
      isLeast && step.a == 1
      ? "must not be empty"
      : "must have at \(isLeast ? "least" : "most") \(counted(step.a, noun))\(but("has \(count)"))"
    report(keyword, schema, step.keyword, at: node, message)
  }

  private mutating func explainChoice(_ step: Instruction, of schema: UInt32, _ node: UInt32) {
    let tree = source(schema)
    if step.operation == .equals {
      let expected = tree.plain(Int(step.keyword)).map { [$0] } ?? []
      let message = "must be \(tree.shown(step.keyword))\(but("is \(instance.shown(node))"))"
      report(
        .const, schema, step.keyword, at: node, message, expected: expected, unexpected: instance.plain(Int(node)))
    } else {
      let expected = tree.children(of: Int(step.keyword)).compactMap { tree.plain($0) }
      reportChoice(.enum, schema, step.keyword, at: node, expected)
    }
  }

  /// Reports a value that is none of those allowed.
  mutating func reportChoice(
    _ keyword: Keyword, _ schema: UInt32, _ keywordNode: UInt32, at node: UInt32, _ expected: [String]
  ) {
    let found = instance.shown(node)
    let none = isBrief ? "must be one of the values allowed" : "\(found) is none of the values allowed"
    let message = expected.isEmpty ? none : "\(isBrief ? "must be" : "\(found) is not") \(listed(expected, by: "or"))"
    report(
      keyword, schema, keywordNode, at: node, message, expected: expected, unexpected: instance.plain(Int(node)))
  }

  private mutating func explainFormat(_ step: Instruction, of schema: UInt32, _ node: UInt32) {
    let format = Format(rawValue: UInt8(truncatingIfNeeded: step.a))
    let example = format.map { ", such as `\($0.example)`" } ?? ""
    let name = source(schema).string(Int(step.keyword))
    let isNone = isBrief ? "must be a valid" : "\(instance.shown(node)) is no valid"
    report(.format, schema, step.keyword, at: node, "\(isNone) `\(name)`\(example)")
  }

  private mutating func explainTwins(_ step: Instruction, of schema: UInt32, _ node: UInt32) {
    guard let twins = machine.twins(in: node) else { return }
    let isTwice = isBrief ? "must not be in the list twice" : "\(instance.shown(twins.second)) is in the list twice"
    let message = "\(isTwice); every element must be different"
    report(.uniqueItems, schema, step.keyword, at: twins.second, message)
  }

  private mutating func explainContains(_ step: Instruction, of schema: UInt32, _ node: UInt32) {
    var fitting: UInt32 = 0
    for element in instance.children(of: Int(node)) where machine.accepts(step.a, UInt32(element)) { fitting += 1 }
    let message =
      fitting < step.b
      ? "must have at least \(counted(step.b, "element")) of a certain form\(but("has \(fitting)"))"
      : "must have at most \(counted(step.c, "element")) of a certain form\(but("has \(fitting)"))"
    report(.contains, schema, step.keyword, at: node, message)
  }

  private mutating func explainDependent(_ step: Instruction, of schema: UInt32, _ node: UInt32) {
    for position in 0..<step.c {
      let word = step.b + 2 * position
      if machine.hasMember(word, node) { continue }
      let message = "\(shown(name(word))) is missing; where \(shown(name(step.a))) is, it must be too"
      report(.dependentRequired, schema, step.keyword, at: node, message)
    }
  }

  /// The name that stands at `word`.
  func name(_ word: UInt32) -> String {
    let start = machine.program.words[word]
    let length = machine.program.words[word + 1]
    return String(decoding: (start..<start + length).map { machine.program.bytes[$0] }, as: UTF8.self)
  }

  private mutating func explainNot(_ step: Instruction, of schema: UInt32, _ node: UInt32) {
    let tree = source(schema)
    let inner = Int(step.keyword)
    if let required = tree.member("required", of: inner), tree.kind(required) == .array,
      let name = tree.children(of: required).first(where: { _ in true }),
      let member = instance.member(tree.string(name), of: Int(node)), tree.nodes[inner].count == 1
    {
      let names = tree.children(of: required).map { tree.string($0) }
      let message = "\(listed(names, by: "and")) must not be here\(names.count > 1 ? " together" : "")"
      report(.not, schema, step.keyword, at: UInt32(member - 1), isName: true, message)
    } else if tree.member("const", of: inner) != nil || tree.member("enum", of: inner) != nil {
      let message = isBrief ? "must be another value" : "must not be \(instance.shown(node))"
      report(.not, schema, step.keyword, at: node, message)
    } else {
      let found = isBrief ? "a value" : instance.described(node)
      report(.not, schema, step.keyword, at: node, "\(found) of this form is not allowed here")
    }
  }
}
