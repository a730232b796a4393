import LatchCompiler
import LatchPolicy

extension TestReport {
  /// JUnit's XML as Ant and Jenkins describe it: a suite for each file, and one of the mutants where there are any.
  var junit: String {
    var suites: [Suite] = []
    for entry in entries {
      if suites.last?.name != entry.file { suites.append(Suite(name: entry.file)) }
      suites[suites.count - 1].cases.append(entry.testCase)
    }
    if let mutation { suites.append(Suite(name: "mutants", cases: cases(of: mutation))) }
    let elements = suites.enumerated().map { $1.element(number: $0) }
    return XMLElement("testsuites", [:], elements).document
  }

  /// Those that a test notices are one case that passes; the others are what is to be mended.
  private func cases(of mutation: MutationRun) -> [TestCase] {
    let noticed = TestCase(name: "\(mutation.killed) of \(mutation.total) mutants noticed", className: "mutants")
    return [noticed]
      + mutation.survivors.map { mutant in
        let name = "\(mutant.isGuardrail ? "guardrail" : "rule") `\(mutant.rule)`: \(mutant.change)"
        let place = shown(mutant.place).map { "\($0): " } ?? ""
        return TestCase(
          name: name, className: "mutants",
          outcome: .failed("no test notices this change", text: "\(place)\(name)"))
      }
  }
}

/// What JUnit calls a test suite.
private struct Suite {
  var name: String
  var cases: [TestCase] = []

  /// Nothing is timed, so that the same results give the same text: the time is 0 and the date the beginning of time.
  func element(number: Int) -> XMLElement {
    XMLElement(
      "testsuite",
      [
        "name": name, "package": "latch", "id": "\(number)", "timestamp": "1970-01-01T00:00:00",
        "hostname": "localhost", "tests": "\(cases.count)", "failures": "\(cases.count(where: \.hasFailed))",
        "errors": "0", "skipped": "\(cases.count(where: \.isSkipped))", "time": "0",
      ],
      [XMLElement("properties")] + cases.map(\.element) + [XMLElement("system-out"), XMLElement("system-err")])
  }
}

/// What JUnit calls a test case.
private struct TestCase {
  enum Outcome { case passed, failed(String, text: String), skipped(String) }

  var name: String
  var className: String
  var outcome = Outcome.passed

  var hasFailed: Bool { if case .failed = outcome { true } else { false } }
  var isSkipped: Bool { if case .skipped = outcome { true } else { false } }

  var element: XMLElement {
    let children =
      switch outcome {
      case .passed: [XMLElement]()
      case .skipped(let message): [XMLElement("skipped", ["message": message])]
      case .failed(let message, let text):
        [XMLElement("failure", ["type": "failed", "message": message], text: text)]
      }
    return XMLElement("testcase", ["name": name, "classname": className, "time": "0"], children)
  }
}

extension TestReport.Entry {
  fileprivate var testCase: TestCase {
    let outcome: TestCase.Outcome =
      switch status {
      case .passed: .passed
      case .skipped: .skipped("upstream `\(upstream)` is off")
      case .failed: .failed(failure, text: ([place] + explanation).joined(separator: "\n"))
      }
    return TestCase(name: name, className: file, outcome: outcome)
  }
}
