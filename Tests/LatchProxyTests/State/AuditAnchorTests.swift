import LatchProxy
import Testing

@Suite struct AuditAnchorTests {
  private let scratch = StateScratch()

  private func anchor(_ file: String, _ sequence: Int, count: Int? = nil, head: UInt8 = 1) throws -> AuditAnchor {
    AuditAnchor(
      file: file, sequence: sequence, head: try StateSample.call(head), count: count ?? sequence, at: sequence * 10)
  }

  @Test func `the newest anchor of every file is kept, also by the next process`() throws {
    do {
      let database = try scratch.open()
      for sequence in [256, 512] { try database.anchor(anchor("b", sequence), .written, at: StateSample.at(0)) }
      try database.anchor(anchor("a", 256), .synced, at: StateSample.at(0))
      try database.anchor(anchor("a", 256), .written, at: StateSample.at(1))
    }
    #expect(try scratch.open().anchors(at: StateSample.at(2)) == [anchor("a", 256), anchor("b", 512)])
  }

  @Test func `an anchor does not go back and does not say otherwise`() throws {
    let database = try scratch.open()
    try database.anchor(anchor("a", 512), .written, at: StateSample.at(0))
    let wrong = [
      try anchor("a", 511), try anchor("a", 512, head: 2), try anchor("a", 512, count: 513),
      try anchor("a", 600, count: 2),
    ]
    for anchor in wrong {
      #expect(throws: StateError.anchorOutOfOrder(file: "a")) {
        try database.anchor(anchor, .written, at: StateSample.at(1))
      }
    }
    #expect(try database.anchors(at: StateSample.at(2)) == [anchor("a", 512)])
  }
}
