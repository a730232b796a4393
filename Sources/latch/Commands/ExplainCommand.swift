import ArgumentParser
import LatchCompiler
import LatchSource

/// `latch explain CODE`: the long form of a diagnostic.
struct ExplainCommand: LatchCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say what a diagnostic means, why it matters, and what is wrong and right.")

  @Argument(help: "The code, such as L2104; `all` lists every code.")
  var code: String

  func perform() throws(Failure) -> Status {
    let catalogue = DiagnosticCatalogue(SourceDiagnostics.all, CompilerDiagnostics.all)
    if code.lowercased().utf8.elementsEqual("all".utf8) {
      let rows = catalogue.explanations.map { ["\($0.code)", $0.severity.rawValue, $0.title] }
      Output.print(table(["CODE", "SEVERITY", "TITLE"], rows))
      return .fine
    }
    guard let code = DiagnosticCode(code.uppercased()), let explanation = catalogue[code] else {
      throw Failure("there is no diagnostic `\(code.harmless)`; `latch explain all` lists them")
    }
    Output.print(explanation.text)
    return .fine
  }
}

extension DiagnosticExplanation {
  fileprivate var text: String {
    func indented(_ text: String) -> String {
      text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "    \($0)" }
        .joined(separator: "\n")
    }
    return """
      \(code): \(title) (\(severity.rawValue))

      \(what)

      \(why)

      Wrong:

      \(indented(wrong))

      Right:

      \(indented(right))
      """
  }
}
