import LatchAutomata
import Testing

/// The syntax that all engines share, against Python's `re`.
@Suite(.enabled(if: Python.has("re"), "python3 is not there"))
struct PythonDifferentialTests {
  @Test(arguments: [11, 12, 13, 14] as [UInt64])
  func commonSyntaxMeansTheSameInAllDialects(_ seed: UInt64) throws {
    var random = RandomRegex(seed: seed)
    let cases = (0..<200).map { _ in
      PatternCase(pattern: random.common(), texts: (0..<12).map { _ in random.commonText() })
    }
    for (test, verdicts) in zip(cases, try verdicts(on: cases)) {
      for dialect in [RegexDialect.re2, .ecma] { check(test, verdicts, in: dialect) }
    }
  }

  @Test(arguments: [21, 22] as [UInt64])
  func lookAroundMeansTheSameInECMA(_ seed: UInt64) throws {
    var random = RandomRegex(seed: seed)
    let cases = (0..<150).map { _ in
      PatternCase(pattern: random.lookingAround(), texts: (0..<12).map { _ in random.commonText() })
    }
    for (test, verdicts) in zip(cases, try verdicts(on: cases)) { check(test, verdicts, in: .ecma) }
  }

  private func verdicts(on cases: [PatternCase]) throws -> [[Bool]] {
    let theirs = cases.map { PatternCase(pattern: $0.pattern.replacing("$", with: #"\Z"#), texts: $0.texts) }
    return try zip(cases, Python.verdicts(of: "re", flags: ", engine.ASCII", on: theirs)).map { test, verdicts in
      try #require(verdicts, "Python refuses `\(test.pattern)`")
    }
  }

  private func check(_ test: PatternCase, _ verdicts: [Bool], in dialect: RegexDialect) {
    do throws(PatternError) {
      let automaton = try Automaton.regex(test.pattern, dialect: dialect)
      for (text, verdict) in zip(test.texts, verdicts) where automaton.accepts(text) != verdict {
        // Before 3.14 Python finds no place at all in an empty text.
        if text.isEmpty, test.pattern.contains(#"\B"#) { continue }
        Issue.record("`\(test.pattern)` on `\(text)` in \(dialect): Python says \(verdict)")
      }
    } catch {
      if error.kind == .syntax { Issue.record("Python reads `\(test.pattern)`: \(error.message)") }
    }
  }
}
