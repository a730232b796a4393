import LatchCompiler
import LatchJSON
import LatchPolicy
import LatchSource
import Testing

/// What is said to hold always or never, held against decisions.
@Suite("What is said of matchers is so")
struct VerdictTests {
  private static let schemas = [
    #"{"enum":["a","ab","b"]}"#, #"{"enum":["a",1,null]}"#, #"{"const":"ab"}"#, #"{"type":"boolean"}"#,
    #"{"type":"string"}"#, #"{"type":"string","minLength":2}"#, #"{"type":"string","maxLength":1}"#,
    #"{"type":"integer","minimum":0,"maximum":3}"#, #"{"type":"number","exclusiveMinimum":1}"#, #"{"type":"integer"}"#,
    #"{"type":"array","items":{"type":"string"},"maxItems":2}"#, #"{"type":"array","minItems":1}"#,
    #"{"anyOf":[{"type":"string","maxLength":2},{"type":"null"}]}"#, #"{"type":["integer","string"],"maximum":2}"#,
    #"{"allOf":[{"type":"integer"},{"minimum":2},{"maximum":4}]}"#, #"{"type":"object","minProperties":1}"#,
    #"{"oneOf":[{"enum":["a"]},{"type":"integer","minimum":5}]}"#, #"{"type":"string","default":"ab"}"#,
  ]

  private static let matchers = [
    "a", "[a, ab, b]", "[true, false]", "1", "{ in: [0, 1, 2, 3.0] }", "{ glob: '*' }", "{ glob: 'a*' }",
    "{ prefix: a }", "{ regex: '^[ab]+$' }", "{ suffix: zz }", "{ min: 0 }", "{ max: 3 }", "{ above: 3 }",
    "{ below: 5, min: 2 }", "{ length: { min: 1 } }", "{ length: { max: 2 } }", "{ length: { min: 3 } }",
    "{ type: string }", "{ type: integer }", "{ type: [string, 'null'] }", "{ present: true }", "{ present: false }",
    "{ not: a }", "{ any: a }", "{ glob: 'a*', prefix: b }", "{ min: 3, max: 2 }", "{ glob: a, in: [b, c] }",
    "{ regex: 'a^b' }", "{ within: /a }", "{ host: a.example }", "{ type: [string, array], length: { max: 9 } }",
  ]

  private static let values: [JSONValue] = [
    "", "a", "ab", "b", "abc", "zz", "/a", "/a/b", "https://a.example/", 0, 1, 2, 3, 4, 5, 12, .number("-1"),
    .number("1.5"), true, false, .null, [], ["a"], ["a", "b"], ["a", "b", "c"], [:], ["a": 1],
  ]

  @Test("A matcher that never holds matches no call, and one that always holds matches every", arguments: schemas)
  func verdicts(_ schema: String) throws {
    var said = 0
    for isRequired in [false, true] {
      let required = isRequired ? #","required":["a"]"# : ""
      let project = try ConditionProject(#"{"properties":{"a":\#(schema)}\#(required)}"#)
      for matcher in Self.matchers {
        let files = try project.files("  - { id: r, effect: deny, when: { a: \(matcher) }, tool: write_thing }")
        let outcome = compile(files, settings: testSettings)
        guard let bundle = outcome.accepted else { continue }
        let codes = Set(outcome.found.map(\.code))
        let matched = try matches(of: Policy(bundle, upstream: "fs"))
        if codes.contains("L3114") {
          #expect(!matched.contains(true), "\(matcher) of \(schema) was said never to hold")
        }
        // One of several in a map may be the one that is said to hold always.
        if codes.contains("L3115"), !matcher.contains(", ") || matcher.hasPrefix("[") {
          #expect(!matched.contains(false), "\(matcher) of \(schema) was said always to hold")
        }
        said += codes.isDisjoint(with: ["L3114", "L3115"]) ? 0 : 1
      }
    }
    #expect(said > 0)
  }

  /// Whether the rule matches, for each call that the schema takes; what cannot be read matches nothing.
  private func matches(of policy: Policy) throws -> [Bool] {
    let calls = Self.values.map { JSONValue.object([.init("a", $0)]) } + [.object([])]
    return calls.compactMap { arguments in
      let decision = policy.decide(Call(tool: "write_thing", arguments: arguments.document()))
      switch decision.decidedBy {
      case .invalidArguments: return nil
      case .rule: return true
      default: return false
      }
    }
  }
}
