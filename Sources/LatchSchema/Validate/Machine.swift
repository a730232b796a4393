import LatchAutomata
import LatchJSON

/// Decides whether a value is valid: walks the compiled program and the instance's nodes side by side.
///
/// Every step is counted. When the work or the depth allowed is used up, everything after is refused, and `gaveUp`
/// tells the caller that the answer means nothing: it must never count as valid.
struct Machine {
  let program: Tables
  let instance: Values
  private(set) var work: Int
  private(set) var gaveUp = false
  private var depth = 0
  private let depthLimit: Int
  /// The resources entered on the way here, outermost first; kept only where a dynamic reference needs them.
  private(set) var scope: [UInt32] = []
  /// Marks of members and elements, used as a stack; empty unless a schema needs them.
  var marks: [UInt64] = []

  init(program: Tables, instance: Values, limits: SchemaLimits) {
    self.program = program
    self.instance = instance
    work = limits.work + limits.workPerValue * instance.nodes.count
    depthLimit = limits.evaluationDepth
  }

  /// Whether the value at `node` is valid against `schema`.
  mutating func accepts(_ schema: UInt32, _ node: UInt32) -> Bool {
    let plan = program.schemas[schema]
    let kind = KindSet(instance.nodes[node].kind)
    spend(1)
    guard plan.types.contains(kind) else { return false }
    if kind == .number, plan.types.contains(.integersOnly), !isInteger(node) { return false }
    if plan.codeStart == plan.codeEnd { return !gaveUp }
    guard enter() else { return false }
    let entered = program.tracksScope && push(plan.resource)
    var index = plan.codeStart
    var result = true
    while index < plan.codeEnd {
      let step = program.code[index]
      if step.kinds.contains(kind), !perform(step, of: schema, node) {
        result = false
        break
      }
      index += 1
    }
    if entered { scope.removeLast() }
    depth -= 1
    return result && !gaveUp
  }

  /// Whether one keyword is content with the value.
  mutating func perform(_ step: Instruction, of schema: UInt32, _ node: UInt32) -> Bool {
    switch step.operation {
    case .never: return false
    case .equals: return isConstant(step.a, node)
    case .oneOfValues: return isOneOf(step, node)
    case .oneOfNames: return isOneOfNames(step, node)
    case .minimum, .maximum, .exclusiveMinimum, .exclusiveMaximum: return isWithin(step, node)
    case .multipleOf: return isMultiple(step.a, node)
    case .minLength, .maxLength: return hasLength(step, node)
    case .minItems, .minProperties: return instance.nodes[node].count >= step.a
    case .maxItems, .maxProperties: return instance.nodes[node].count <= step.a
    case .pattern: return matches(step.a, node)
    case .format: return hasFormat(step.a, node)
    case .content: return hasContent(step, node)
    case .uniqueItems: return hasUniqueItems(node)
    case .items: return acceptsItems(step, node)
    case .contains: return containsEnough(step, node)
    case .members: return acceptsMembers(program.plans[step.a], node)
    case .dependentRequired, .dependentSchema: return acceptsDependent(step, node)
    case .reference: return accepts(step.a, node)
    case .dynamicReference: return accepts(dynamicTarget(step), node)
    case .allOf, .anyOf, .oneOf, .not, .conditional: return acceptsCombination(step, node)
    case .unevaluatedItems, .unevaluatedProperties: return acceptsUnevaluated(step, of: schema, node)
    }
  }

  /// Counts `steps`; when none are left, gives up.
  @inline(__always)
  mutating func spend(_ steps: Int) {
    work &-= steps
    if work < 0 { gaveUp = true }
  }

  /// Notes that the answer would cost too much.
  mutating func giveUp() { gaveUp = true }

  /// Goes one level deeper if that is allowed; the caller comes back with `leave`.
  mutating func enter() -> Bool {
    if depth >= depthLimit { gaveUp = true }
    guard !gaveUp else { return false }
    depth += 1
    return true
  }

  mutating func leave() { depth -= 1 }

  /// Notes that checking goes on in `resource`; false where that is so already.
  mutating func push(_ resource: UInt32) -> Bool {
    if scope.last == resource { return false }
    scope.append(resource)
    return true
  }

  mutating func pop() { scope.removeLast() }

  /// Where a dynamic reference leads from here: the outermost resource entered that has the anchor decides.
  func dynamicTarget(_ step: Instruction) -> UInt32 {
    guard program.tracksScope else { return step.a }
    let start = program.dynamicAnchors[2 * step.b]
    let count = program.dynamicAnchors[2 * step.b + 1]
    for resource in scope {
      for pair in 0..<count where program.words[start + 2 * pair] == resource {
        return program.words[start + 2 * pair + 1]
      }
    }
    return step.a
  }
}

/// The tables of a program, lent.
struct Tables {
  let schemas: Borrowed<SchemaNode>
  let code: Borrowed<Instruction>
  let words: Borrowed<UInt32>
  let bytes: Borrowed<UInt8>
  let plans: Borrowed<MemberPlan>
  let entries: Borrowed<NameEntry>
  let numbers: Borrowed<NumberBound>
  let constants: Values
  let patterns: Borrowed<Pattern>
  let transitions: Borrowed<UInt16>
  let matchers: [PatternMatcher]
  let dynamicAnchors: Borrowed<UInt32>
  let tracksScope: Bool
}

/// The nodes of a tree and the bytes they point into, lent.
struct Values {
  let nodes: Borrowed<JSONDocument.Node>
  let bytes: Borrowed<UInt8>
}

extension Program {
  /// Lends the tables and an instance to a machine for as long as `body` runs.
  func run<Result>(on instance: JSONDocument, limits: SchemaLimits, _ body: (inout Machine) -> Result) -> Result {
    instance.lend { values in
      lend { tables in
        var machine = Machine(program: tables, instance: values, limits: limits)
        return body(&machine)
      }
    }
  }

  private func lend<Result>(_ body: (Tables) -> Result) -> Result {
    lendSteps { schemas, code, words, bytes in
      lendNames { plans, entries, anchors in
        lendConstants { constants, numbers in
          lendPatterns { patterns, transitions in
            body(
              Tables(
                schemas: schemas, code: code, words: words, bytes: bytes, plans: plans, entries: entries,
                numbers: numbers, constants: constants, patterns: patterns, transitions: transitions,
                matchers: matchers,
                dynamicAnchors: anchors, tracksScope: tracksScope))
          }
        }
      }
    }
  }

  private func lendSteps<Result>(
    _ body: (Borrowed<SchemaNode>, Borrowed<Instruction>, Borrowed<UInt32>, Borrowed<UInt8>) -> Result
  ) -> Result {
    schemas.lend { schemas in
      code.lend { code in words.lend { words in bytes.lend { body(schemas, code, words, $0) } } }
    }
  }

  private func lendNames<Result>(
    _ body: (Borrowed<MemberPlan>, Borrowed<NameEntry>, Borrowed<UInt32>) -> Result
  ) -> Result {
    plans.lend { plans in entries.lend { entries in dynamicAnchors.lend { body(plans, entries, $0) } } }
  }

  private func lendConstants<Result>(_ body: (Values, Borrowed<NumberBound>) -> Result) -> Result {
    constants.lend { nodes in
      constantBytes.lend { bytes in numbers.lend { body(Values(nodes: nodes, bytes: bytes), $0) } }
    }
  }

  private func lendPatterns<Result>(_ body: (Borrowed<Pattern>, Borrowed<UInt16>) -> Result) -> Result {
    patterns.lend { patterns in transitions.lend { body(patterns, $0) } }
  }
}

extension JSONDocument {
  /// Lends the tree's two tables to `body`.
  func lend<Result>(_ body: (Values) -> Result) -> Result {
    nodes.lend { nodes in storage.lend { body(Values(nodes: nodes, bytes: $0)) } }
  }
}
