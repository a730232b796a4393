import LatchCompiler
import LatchJSON
import LatchPolicy

/// A call about which the policy and the reference say different things.
struct Disagreement: CustomStringConvertible, Sendable {
  var model: PolicyModel
  var seed: UInt64
  var places: PlacesModel
  var upstream: String
  var call: CallModel

  /// What both say; nil where they agree, or the compiler takes no policy from it.
  private func verdicts() -> (found: Verdict, wanted: Verdict)? {
    guard let compiled = try? CompiledPolicy(model, seed: seed, places: places),
      let (upstream, policy) = compiled.policies.first(where: { $0.upstream.name == upstream })
    else { return nil }
    let found = Verdict(policy, call)
    let wanted = Reference(policy: model, upstream: upstream, places: places).verdict(on: call)
    return found == wanted ? nil : (found, wanted)
  }

  /// The same without the rules and arguments that it does not need.
  func shrunk() -> Disagreement {
    var smallest = self
    var goesOn = true
    while goesOn {
      let smaller = smallest.smaller.first { $0.verdicts() != nil }
      goesOn = smaller != nil
      smallest = smaller ?? smallest
    }
    return smallest
  }

  private var smaller: [Disagreement] {
    let fewerRules = model.rules.indices.map { index in
      var smaller = self
      smaller.model.rules.remove(at: index)
      return smaller
    }
    let shorterRules = model.rules.indices.flatMap { index in
      model.rules[index].smaller.map { rule in
        var smaller = self
        smaller.model.rules[index] = rule
        return smaller
      }
    }
    let members = call.arguments?.object ?? []
    let fewerArguments = members.indices.map { index in
      var smaller = self
      smaller.call.arguments = .object(members.enumerated().filter { $0.offset != index }.map(\.element))
      return smaller
    }
    return fewerRules + fewerArguments + shorterRules
  }

  var description: String {
    guard let verdicts = verdicts() else { return "the disagreement is gone" }
    let files = (try? model.files(seed: seed)).map { [$0.root] + $0.included } ?? []
    let schema = model.upstreams.first { $0.name == upstream }?.tools.first { $0.name == call.tool }?.schema
    return """
      seed \(seed), upstream \(upstream), \(places)
      \(files.map { "--- \($0.path)\n\(String(decoding: $0.bytes, as: UTF8.self))" }.joined())
      --- schema of the tool
      \(schema.map { text($0.json) } ?? "none")
      --- call of \(call.tool) by \(call.client ?? "nobody")\(call.isChanged ? ", changed" : "")
      \(call.arguments.map(text) ?? "no arguments")
      --- the policy says
      \(verdicts.found.difference(from: verdicts.wanted))
      --- the reference says
      \(verdicts.wanted.difference(from: verdicts.found))
      """
  }

  private func text(_ value: JSONValue) -> String {
    (try? value.canonicalBytes()).map { String(decoding: $0, as: UTF8.self) } ?? "\(value)"
  }
}

extension RuleModel {
  /// The same with one part less.
  fileprivate var smaller: [RuleModel] {
    var all: [RuleModel] = []
    for change in Self.cuts {
      var rule = self
      if change(&rule) { all.append(rule) }
    }
    return all + cutConditions(\.when) + cutConditions(\.unless)
  }

  /// Each says whether there was something to leave out.
  private static let cuts: [@Sendable (inout RuleModel) -> Bool] = [
    { rule in
      defer { rule.when = nil }; return rule.when != nil
    },
    { rule in
      defer { rule.unless = nil }; return rule.unless != nil
    },
    { rule in
      defer { rule.limit = nil }; return rule.limit != nil
    },
    { rule in
      defer { rule.approval = nil }; return rule.approval != nil
    },
    { rule in
      defer { rule.clients = nil }; return rule.clients != nil
    },
    { rule in
      defer { rule.classes = nil }; return rule.classes != nil
    },
    { rule in
      defer { rule.tools = nil }; return rule.tools != nil
    },
    { rule in
      defer { rule.upstreams = nil }; return rule.upstreams != nil
    },
  ]

  private func cutConditions(_ place: WritableKeyPath<RuleModel, ConditionModel?>) -> [RuleModel] {
    (self[keyPath: place]?.smaller ?? []).map { condition in
      var rule = self
      rule[keyPath: place] = condition
      return rule
    }
  }
}

extension ConditionModel {
  /// One entry less, or one of the conditions inside alone.
  fileprivate var smaller: [ConditionModel] {
    let fewer =
      entries.count < 2
      ? []
      : entries.indices.map { index in
        ConditionModel(entries: entries.enumerated().filter { $0.offset != index }.map(\.element))
      }
    return fewer + entries.flatMap(\.smaller)
  }
}

extension EntryModel {
  fileprivate var smaller: [ConditionModel] {
    switch self {
    case .anyOf(let parts), .allOf(let parts), .noneOf(let parts): parts
    case .test(let path, .map(let clauses)) where clauses.count > 1:
      clauses.map { ConditionModel(entries: [.test(path, .map([$0]))]) }
    case .test(let path, .map(let clauses)):
      if case .not(let inner)? = clauses.first { [ConditionModel(entries: [.test(path, inner)])] } else { [] }
    case .test, .anywhere: []
    }
  }
}
