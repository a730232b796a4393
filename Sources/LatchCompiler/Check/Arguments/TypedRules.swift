import LatchJSON
import LatchPolicy
import LatchSource

/// The conditions of a project beside what the lock says of the arguments that they ask about, looked up once.
struct TypedRules: Sendable {
  /// Those with a condition.
  private(set) var rules: [TypedRule] = []
  private var places: [[UInt8]: Int] = [:]
  private var routes: [ArgumentRoute] = []
  private var readings: [SchemaReading?] = []
  private var toolPlaces: [ToolPlace] = []
  private var toolNumbers: [ToolPlace: Int] = [:]
  /// By tool and route: which of the arguments; -1 where nobody asked.
  private var table: [[Int32]] = []
  private var arguments: [LockedArgument] = []
  private var argumentNumbers: [[UInt8]: Int32] = [:]
  private var conjunctions = 0

  /// Whether calls may have arguments that schemas do not name.
  private var permitsMore = false
  /// Upstreams of the lock that may be defined in what could not be read.
  private var strangers: [LockedUpstream] = []

  private struct ToolPlace: Hashable {
    var upstream: Int
    var tool: Int
  }

  init() {}

  init(_ model: Model) {
    permitsMore = model.settings.defaults.extraArguments == .ignore || model.unread.contains(.settings)
    strangers = model.unread.contains(.definitions) ? model.strangers : []
    for rule in model.rules where rule.isConditional {
      let denies = rule.effect != .allow
      let when = rule.declaration.when.map { typedApart($0, Standing(isDenying: denies)) }
      let unless = rule.declaration.unless.map { typedApart($0, Standing(isDenying: !denies)) }
      rules.append(TypedRule(rule: rule, when: when, unless: unless, tools: tools(of: rule, model)))
    }
    table = readings.map { _ in Array(repeating: -1, count: routes.count) }
    for rule in rules { lookUp(rule) }
  }

  /// What a tool's schema says of the place that a question looks at.
  subscript(test: TypedTest, tool: TypedTool) -> LockedArgument {
    let index = table[tool.number][test.place]
    return index < 0 ? .found(.unknown) : arguments[Int(index)]
  }

  /// Where a tool stands in the model.
  func place(of tool: TypedTool) -> (upstream: Int, tool: Int) {
    let place = toolPlaces[tool.number]
    return (place.upstream, place.tool)
  }

  /// Where a question stands.
  private struct Standing {
    var route = ArgumentRoute()
    var isDenying: Bool
    var isNegated = false
    var conjunction = 0

    var turned: Standing {
      Standing(route: route, isDenying: !isDenying, isNegated: !isNegated, conjunction: conjunction)
    }
  }

  /// A condition that stands in no map or list with others that hold too.
  private mutating func typedApart(_ condition: ConditionDeclaration, _ standing: Standing) -> TypedCondition {
    var standing = standing
    conjunctions += 1
    standing.conjunction = conjunctions
    return typed(condition, standing)
  }

  private mutating func typed(_ condition: ConditionDeclaration, _ standing: Standing) -> TypedCondition {
    switch condition {
    case .all(let parts): .all(typed(parts, standing))
    case .any(let parts): .any(typedApart(parts, standing))
    case .none(let parts): .none(typed(parts, standing.turned))
    case .test(let test): .test(typed(test, standing))
    }
  }

  private mutating func typed(_ parts: [ConditionDeclaration], _ standing: Standing) -> [TypedCondition] {
    var result: [TypedCondition] = []
    for part in parts { result.append(typed(part, standing)) }
    return result
  }

  private mutating func typedApart(_ parts: [ConditionDeclaration], _ standing: Standing) -> [TypedCondition] {
    var result: [TypedCondition] = []
    for part in parts { result.append(typedApart(part, standing)) }
    return result
  }

  private mutating func typed(_ test: ArgumentTest, _ standing: Standing) -> TypedTest {
    let route = standing.route.appending(test.path.value)
    var inner: TypedCondition?
    if case .elements(_, let condition) = test.matcher.value {
      inner = typedApart(condition, Standing(route: route.element, isDenying: standing.isDenying))
    }
    return TypedTest(
      path: test.path, matcher: test.matcher, tolerated: ValueTypes(test.tolerated), place: number(of: route),
      route: route, isDenying: standing.isDenying, isNegated: standing.isNegated, conjunction: standing.conjunction,
      inner: inner)
  }

  private mutating func number(of route: ArgumentRoute) -> Int {
    let key = route.key
    if let known = places[key] { return known }
    routes.append(route)
    places[key] = routes.count - 1
    return routes.count - 1
  }
}

extension TypedRules {
  /// The tools whose arguments a rule's conditions are about. Resources, prompts and completions only where they are
  /// named: what a prompt takes is not known, and nobody thinks of them at a `branch`.
  private mutating func tools(of rule: Rule, _ model: Model) -> [TypedTool] {
    guard model.knowsReach(of: rule, besides: strangers) else { return [] }
    let named = (rule.tools ?? []).filter(\.isLiteral)
    var tools: [TypedTool] = []
    for place in model.reach.places[rule.index] {
      let tool = model.upstreams[place.upstream].tools[place.tool]
      let isNamed = named.contains { $0.matches(tool.name) }
      guard isNamed || !tool.isReserved else { continue }
      let number = number(of: ToolPlace(upstream: place.upstream, tool: place.tool), tool)
      tools.append(TypedTool(name: tool.name, isNamed: isNamed, number: number))
    }
    return tools
  }

  private mutating func number(of place: ToolPlace, _ tool: Tool) -> Int {
    if let known = toolNumbers[place] { return known }
    readings.append(tool.lockedArguments.map { SchemaReading(root: $0, permitsMore: permitsMore) })
    toolPlaces.append(place)
    toolNumbers[place] = readings.count - 1
    return readings.count - 1
  }

  private mutating func lookUp(_ rule: TypedRule) {
    let tests = rule.tests.filter(\.hasPlace)
    for tool in rule.tools {
      guard let reading = readings[tool.number] else { continue }
      for test in tests where table[tool.number][test.place] < 0 {
        table[tool.number][test.place] = number(of: reading.argument(at: test.route))
      }
    }
  }

  /// The same number for what says the same.
  private mutating func number(of argument: LockedArgument) -> Int32 {
    let key = argument.key
    if let known = argumentNumbers[key] { return known }
    arguments.append(argument)
    argumentNumbers[key] = Int32(arguments.count - 1)
    return Int32(arguments.count - 1)
  }
}

/// What some tools' schemas say alike.
struct Answer {
  var argument: LockedArgument
  var tools: [TypedTool]
}

extension TypedRules {
  /// What the schemas of tools say of the place that a question looks at, each answer once.
  func answers(to test: TypedTest, of tools: [TypedTool]) -> [Answer] {
    var found: [Answer] = []
    var positions: [Int32: Int] = [:]
    for tool in tools {
      let number = table[tool.number][test.place]
      if let position = positions[number] {
        found[position].tools.append(tool)
      } else {
        positions[number] = found.count
        found.append(Answer(argument: number < 0 ? .found(.unknown) : arguments[Int(number)], tools: [tool]))
      }
    }
    return found
  }
}

extension Tool {
  /// The schema that its arguments are held against; nil where none is known.
  fileprivate var lockedArguments: JSONValue? {
    if name == "@resources/read" {
      return ["properties": ["uri": ["type": "string", "format": "uri"]], "required": ["uri"]]
    }
    return checksSchema ? inputSchema : nil
  }
}
