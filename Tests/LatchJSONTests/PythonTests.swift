import Foundation
import LatchJSON
import Testing

/// Other people's readers and writers, where this machine has them (`LATCH_PYTHON` names another interpreter).
enum Python {
  static let program = ProcessInfo.processInfo.environment["LATCH_PYTHON"] ?? "python3"
  static let isHere = (try? run("print(1)", [])) == ["1"]
  static let hasRFC8785 = (try? run("import rfc8785; print(1)", [])) == ["1"]

  /// Runs a script on lines; its answer's lines.
  static func run(_ script: String, _ lines: [String]) throws -> [String] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program, "-c", script]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    DispatchQueue.global().async {
      try? input.fileHandleForWriting.write(contentsOf: Data(lines.map { $0 + "\n" }.joined().utf8))
      try? input.fileHandleForWriting.close()
    }
    let answer = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: answer, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}

@Suite struct PythonTests {
  private static let reader = """
    import json, sys
    def pairs(items):
        if len({name for name, _ in items}) != len(items): raise ValueError
        return dict(items)
    def refuse(_): raise ValueError
    for line in sys.stdin:
        try:
            text = bytes.fromhex(line.strip()).decode('utf-8')
            value = json.loads(text, object_pairs_hook=pairs, parse_constant=refuse,
              parse_int=lambda lexeme: ['number', lexeme], parse_float=lambda lexeme: ['number', lexeme])
            shown = json.dumps(value, ensure_ascii=False)
            print(shown.encode('utf-8').hex())
        except (ValueError, UnicodeError): print('refused')
    """

  private static let writer = """
    import json, rfc8785, sys
    for line in sys.stdin:
        print(rfc8785.dumps(json.loads(bytes.fromhex(line.strip()))).hex())
    """

  @Test(.enabled(if: Python.isHere, "python3 is not here"))
  func `what is read and refused agrees with Python's reader made strict`() throws {
    var random = RandomJSON(seed: 99)
    var texts = CorpusTests.accepted.map { Array($0.utf8) } + CorpusTests.refused.map { Array($0.0.utf8) }
    texts += CorpusTests.malformed.map { [0x22] + $0 + [0x22] }
    for _ in 0..<4_000 { texts.append(random.damaged(try random.value().canonicalBytes())) }
    texts.removeAll(where: \.isEmpty)
    let answers = try Python.run(Self.reader, texts.map(hexadecimal))
    try #require(answers.count == texts.count)
    for (text, answer) in zip(texts, answers) {
      let ours = (try? JSONValue(parsing: text)).map(lexemesShown)
      let theirs = answer == "refused" ? nil : try JSONValue(parsing: bytes(answer))
      #expect(ours == theirs, "\(String(decoding: text, as: UTF8.self))")
    }
  }

  @Test(.enabled(if: Python.hasRFC8785, "the Python package rfc8785 is not here"))
  func `canonical text is that of another implementation`() throws {
    var random = RandomJSON(seed: 5)
    let values = (0..<2_000).map { _ in random.value() }
    let answers = try Python.run(Self.writer, values.map { hexadecimal(Array($0.pretty(sorted: false).utf8)) })
    try #require(answers.count == values.count)
    for (value, answer) in zip(values, answers) { #expect(try hexadecimal(value.canonicalBytes()) == answer) }
  }

  /// A number as Python's hooks above show it.
  private func lexemesShown(_ value: JSONValue) -> JSONValue {
    switch value {
    case .number(let lexeme): ["number", .string(lexeme)]
    case .array(let elements): .array(elements.map(lexemesShown))
    case .object(let members): .object(members.map { JSONValue.Member($0.name, lexemesShown($0.value)) })
    default: value
    }
  }

  private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = hexadecimal.utf8.map { UInt8($0 < 0x3A ? $0 - 0x30 : $0 - 0x57) }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}
