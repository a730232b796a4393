import LatchJSON
import LatchPolicy
import LatchTestSupport

/// The lists that `values:` of every generated policy has.
enum RandomValues {
  static let words = "words"
  static let directories = "dirs"
  static let numbers = "num"
  static let networks = "nets"
  static let hosts = "hosts"

  static func all(_ dice: inout Dice) -> [ValuesModel] {
    let based = Operand.below(dice.pick([.project, .home]), dice.pick(Pools.rests))
    return [
      ValuesModel(name: words, elements: dice.many(1...3) { .literal(.string($0.pick(Pools.words))) }),
      ValuesModel(
        name: directories, elements: [based] + dice.many(1...2) { .literal(.string($0.pick(Pools.directories))) }),
      ValuesModel(name: numbers, elements: dice.many(1...2) { .literal(.number($0.pick(Pools.ports))) }),
      ValuesModel(name: networks, elements: dice.many(1...2) { .literal(.string($0.pick(Pools.networks))) }),
      ValuesModel(name: hosts, elements: dice.many(1...2) { .literal(.string($0.pick(Pools.hosts))) }),
    ]
  }
}

extension Dice {
  // MARK: Conditions

  mutating func condition(depth: Int) -> ConditionModel {
    condition(depth: depth, about: Kind.asked, allowsAnywhere: true)
  }

  /// `asked`: the paths that it may name.
  private mutating func condition(
    depth: Int, about asked: [(path: [ArgumentPath.Step], kind: Kind)], allowsAnywhere: Bool
  ) -> ConditionModel {
    var keys: Set<String> = []
    var entries: [EntryModel] = []
    for _ in 0..<(one(in: 3) ? 2 : 1) {
      let (key, entry) = entry(depth: depth, about: asked, allowsAnywhere: allowsAnywhere)
      if keys.insert(key).inserted { entries.append(entry) }
    }
    return ConditionModel(entries: entries)
  }

  private mutating func entry(
    depth: Int, about asked: [(path: [ArgumentPath.Step], kind: Kind)], allowsAnywhere: Bool
  ) -> (String, EntryModel) {
    if depth > 0, one(in: 4) {
      let parts = many(1...3) { $0.condition(depth: depth - 1, about: asked, allowsAnywhere: allowsAnywhere) }
      return pick([("any_of", .anyOf(parts)), ("all_of", .allOf(parts)), ("none_of", .noneOf(parts))])
    }
    if allowsAnywhere, one(in: 6) { return ("**", .anywhere(byteMatcher())) }
    // The arguments with most matchers of their own stand first.
    let (path, kind) = pick(one(in: 2) ? Array(asked.prefix(4)) : asked)
    return (path.text, .test(path, matcher(of: kind, depth: depth)))
  }

  // MARK: Matchers

  private mutating func matcher(of kind: Kind, depth: Int) -> MatcherModel {
    switch Int.random(in: 0..<8, using: &self) {
    case 0: return single(operand(of: kind))
    case 1: return .list(many(1...3) { $0.operand(of: kind) })
    default: break
    }
    var clauses = [clause(of: one(in: 12) ? pick(Kind.asked).kind : kind, depth: depth)]
    if one(in: 4) { clauses.append(clause(of: kind, depth: depth)) }
    if one(in: 6) { clauses.append(.type(types())) }
    return .map(clauses.withoutTwins)
  }

  /// An array or object alone would say something else: it is a list of values, or a map of matchers.
  private func single(_ operand: Operand) -> MatcherModel {
    let isCompound = operand.literal?.array != nil || operand.literal?.object != nil
    return isCompound ? .map([.equals(operand)]) : .value(operand)
  }

  private mutating func byteMatcher() -> MatcherModel {
    switch Int.random(in: 0..<7, using: &self) {
    case 0: .value(word())
    case 1: .list(many(1...3) { $0.word() })
    case 2: .map([.oneOf(many(1...3) { $0.word() })])
    default: .map(many(1...2) { $0.textClause() }.withoutTwins)
    }
  }

  private mutating func clause(of kind: Kind, depth: Int) -> ClauseModel {
    if depth > 0, one(in: 7) { return .not(matcher(of: kind, depth: depth - 1)) }
    if one(in: 6) { return commonClause(of: kind) }
    switch kind {
    case .path: return one(in: 6) ? textClause() : pathClause()
    case .url: return urlClause()
    case .mail: return one(in: 4) ? textClause() : .text(.domain, texts(Pools.domains))
    case .number: return .bound(pick([.min, .max, .above, .below]), pick(Pools.bounds))
    case .text: return textClause()
    case .list(let element): return .elements(pick([.any, .all]), matcher(of: element, depth: max(0, depth - 1)))
    case .object(let members):
      let asked = members.map { ([ArgumentPath.Step.name($0.name)], $0.kind) }
      return .fields(condition(depth: max(0, depth - 1), about: asked, allowsAnywhere: false))
    }
  }

  /// Those that are for a value of any kind.
  private mutating func commonClause(of kind: Kind) -> ClauseModel {
    switch Int.random(in: 0..<6, using: &self) {
    case 0: return .equals(operand(of: kind))
    case 1: return .oneOf(many(1...3) { $0.operand(of: kind) })
    case 2: return .present(one(in: 2))
    case 3: return .type(types())
    default:
      let least = Int.random(in: 0...3, using: &self)
      return pick([.length(min: least, max: nil), .length(min: nil, max: least), .length(min: least, max: least + 2)])
    }
  }

  private mutating func types() -> [JSONType] {
    Array(Set(many(1...3) { $0.pick([.string, .string, .null, .number, .integer, .array, .object, .boolean]) }))
      .sorted { $0.rawValue < $1.rawValue }
  }

  private mutating func textClause() -> ClauseModel {
    switch Int.random(in: 0..<5, using: &self) {
    case 0: .text(.glob, texts(Pools.globs))
    case 1: .regex(many(1...2) { $0.pick(Pools.expressions) })
    case 2: .text(.prefix, many(1...2) { $0.word() })
    case 3: .text(.suffix, many(1...2) { $0.word() })
    default: .text(.contains, many(1...2) { $0.word() })
    }
  }

  private mutating func pathClause() -> ClauseModel {
    one(in: 2)
      ? .text(.within, many(1...2) { $0.directory() })
      : .text(
        .pathGlob,
        many(1...2) { dice in
          dice.one(in: 3)
            ? .below(dice.pick([.project, .home]), dice.pick(Pools.globRests))
            : .literal(.string(dice.pick(Pools.pathGlobs)))
        })
  }

  private mutating func directory() -> Operand {
    switch Int.random(in: 0..<6, using: &self) {
    case 0: .named(RandomValues.directories)
    case 1, 2: .below(pick([.project, .project, .home]), pick(Pools.rests))
    default: .literal(.string(pick(Pools.directories)))
    }
  }

  private mutating func urlClause() -> ClauseModel {
    switch Int.random(in: 0..<6, using: &self) {
    case 0: .text(.scheme, texts(Pools.schemes))
    case 1: .port([pick([.literal(.number(pick(Pools.ports))), .named(RandomValues.numbers)])])
    case 2: .text(.urlPath, texts(Pools.urlPaths))
    case 3: .addresses(one(in: 2) ? [.named(RandomValues.networks)] : texts(Pools.networks))
    default: .text(.host, one(in: 4) ? [.named(RandomValues.hosts)] : texts(Pools.hosts))
    }
  }

  private mutating func texts(_ pool: [String]) -> [Operand] { many(1...2) { .literal(.string($0.pick(pool))) } }

  private mutating func word() -> Operand {
    one(in: 5) ? .named(RandomValues.words) : .literal(.string(pick(Pools.words)))
  }

  private mutating func operand(of kind: Kind) -> Operand {
    if one(in: 6) { return .named(pick([RandomValues.words, RandomValues.numbers])) }
    return .literal(value(of: kind))
  }
}

extension [ClauseModel] {
  /// A key stands once in a map.
  fileprivate var withoutTwins: [ClauseModel] {
    var seen: Set<String> = []
    return filter { seen.insert($0.name).inserted }
  }
}
