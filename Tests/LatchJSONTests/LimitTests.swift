import LatchJSON
import Testing

/// The injected model may send any bytes: nothing here may take long, overflow or crash.
@Suite struct LimitTests {
  private func nested(_ depth: Int) -> [UInt8] {
    [UInt8](repeating: 0x5B, count: depth) + [UInt8](repeating: 0x5D, count: depth)
  }

  @Test func `depth is counted exactly`() throws {
    #expect(try JSONDocument(parsing: nested(128)).nodes.count == 128)
    #expect { try JSONDocument(parsing: nested(129)) } throws: {
      ($0 as? JSONError)?.kind == .tooDeep && ($0 as? JSONError)?.offset == 128
    }
    let deepest = JSONLimits(bytes: 1 << 20, depth: .max)
    #expect(try JSONDocument(parsing: nested(JSONLimits.greatestDepth), limits: deepest).value().array?.count == 1)
    #expect(throws: JSONError.self) {
      try JSONDocument(parsing: nested(JSONLimits.greatestDepth + 1), limits: deepest)
    }
    #expect(throws: JSONError.self) { try JSONDocument(parsing: nested(1_000_000), limits: deepest) }
  }

  @Test func `objects and arrays may alternate to any depth`() throws {
    let text = String(repeating: #"{"a":["#, count: 256) + String(repeating: "]}", count: 256)
    let limits = JSONLimits(bytes: 1 << 20, depth: 512)
    let value = try JSONValue(parsing: Array(text.utf8), limits: limits)
    #expect(value.document().nodes.count == 256 * 3)
    let wrong = text.replacing("]}]}", with: "]}}]", maxReplacements: 1)
    #expect(throws: JSONError.self) { try JSONDocument(parsing: Array(wrong.utf8), limits: limits) }
  }

  @Test func `size is counted before anything is read`() {
    #expect { try JSONDocument(parsing: nested(2), limits: JSONLimits(bytes: 3, depth: 9)) } throws: {
      ($0 as? JSONError)?.kind == .tooLarge
    }
  }

  @Test func `many names, equal in length and beginning, are compared in little time`() throws {
    let count = 50_000
    let start = String(repeating: "k", count: 24)
    let members = (0..<count).map { #""\#(start)\#(String(1_000_000 + $0))":0"# }
    let clock = ContinuousClock()
    let fine = Array("{\(members.joined(separator: ","))}".utf8)
    let time = try clock.measure {
      let nodes = try JSONDocument(parsing: fine).nodes
      #expect(nodes[0].count == count)
    }
    #expect(time < .seconds(20))
    let twice = Array("{\((members + [members[7]]).joined(separator: ","))}".utf8)
    #expect { try JSONDocument(parsing: twice) } throws: {
      let error = $0 as? JSONError
      return error?.kind == .duplicateName && error?.offset == fine.count
    }
    let inEnvelope = try clock.measure {
      let collision = try MessageScan(twice).collision
      #expect(collision?.isExact == true)
    }
    #expect(inEnvelope < .seconds(20))
  }

  @Test(arguments: [2, 16, 17, 40])
  func `a duplicate is found among few and among many, escaped or not`(count: Int) {
    for escaped in [false, true] {
      let names = (0..<count - 1).map { "name-\($0)" } + [escaped ? #"\u006eame-0"# : "name-0"]
      let text = "{" + names.map { "\"\($0)\":[{}]" }.joined(separator: ",") + "}"
      #expect { try JSONDocument(parsing: Array(text.utf8)) } throws: {
        guard let error = $0 as? JSONError else { return false }
        return error.kind == .duplicateName
          && Array(text.utf8)[error.offset...].starts(with: #""\#(names[count - 1])""#.utf8)
      }
    }
  }
}
