import Foundation
import LatchCompiler
import LatchJSON
import LatchPolicy
import Testing

/// Tools of real servers with a person's label each; `LATCH_CORPUS` names the directory that holds `tools/`.
@Suite struct LabelledToolsTests {
  static let directory = ProcessInfo.processInfo.environment["LATCH_CORPUS"].map { $0 + "/tools/" }

  private struct Label {
    var server: String
    var tool: String
    var actionClass: ActionClass
    var inferred: ActionClass
    var isRandom: Bool
  }

  @Test(.enabled(if: directory != nil, "LATCH_CORPUS does not name the labelled tools"))
  func `a class is seldom inferred laxer than a person labels it`() throws {
    let labels = try read(#require(Self.directory))
    try #require(labels.count > 500)
    let random = labels.filter(\.isRandom)
    print(table(random, "drawn at random"), table(labels.filter { !$0.isRandom }, "drawn by keyword"), separator: "\n")
    for label in labels where label.inferred < label.actionClass {
      print("laxer: \(label.server) \(label.tool): \(label.actionClass.rawValue) → \(label.inferred.rawValue)")
    }
    #expect(random.count { $0.inferred < $0.actionClass } * 100 <= random.count * 2)
    #expect(random.count { $0.inferred == $0.actionClass } * 100 >= random.count * 78)
    #expect(labels.count { $0.inferred < $0.actionClass } * 100 <= labels.count * 2)
  }

  private func read(_ directory: String) throws -> [Label] {
    let random = Set(
      try json(directory + "labels-strata.json")["random"]?.array?.map { pair in
        pair.array?.compactMap(\.string).joined(separator: "\n") ?? ""
      } ?? [])
    var definitions: [String: JSONValue] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: directory)
    where file.hasSuffix(".json") && !file.hasPrefix("labels") {
      let server = try json(directory + file)
      for tool in server["tools"]?.array ?? [] {
        definitions["\(server["server"]?.string ?? "")\n\(tool["name"]?.string ?? "")"] = tool
      }
    }
    return try json(directory + "labels.json").array?.compactMap { label in
      let (server, tool) = (label["server"]?.string ?? "", label["tool"]?.string ?? "")
      guard let definition = definitions["\(server)\n\(tool)"],
        let actionClass = ActionClass(rawValue: label["class"]?.string ?? "")
      else { return nil }
      return Label(
        server: server, tool: tool, actionClass: actionClass,
        inferred: inferClass(of: definition, trustAnnotations: false).class,
        isRandom: random.contains("\(server)\n\(tool)"))
    } ?? []
  }

  private func json(_ path: String) throws -> JSONValue {
    try JSONValue(parsing: Array(Data(contentsOf: URL(fileURLWithPath: path))))
  }

  /// Rows are labels, columns what was inferred.
  private func table(_ labels: [Label], _ title: String) -> String {
    let classes = ActionClass.allCases.sorted()
    let header = "| \(title) | " + classes.map(\.rawValue).joined(separator: " | ") + " |"
    let rows = classes.map { actual in
      let counts = classes.map { inferred in
        String(labels.count { $0.actionClass == actual && $0.inferred == inferred })
      }
      return "| \(actual.rawValue) | " + counts.joined(separator: " | ") + " |"
    }
    let exact = labels.count { $0.inferred == $0.actionClass }
    let laxer = labels.count { $0.inferred < $0.actionClass }
    return
      ([header] + rows + [
        "exact \(exact), laxer \(laxer), stricter \(labels.count - exact - laxer), of \(labels.count)"
      ])
      .joined(separator: "\n")
  }
}
