import LatchPolicy
import LatchProxy
import Testing

@Suite struct ReadingTests {
  /// Three calls of two upstreams on two days.
  private func scratch() throws -> AuditScratch {
    let scratch = AuditScratch(at: "2026-02-03T23:00:00Z")
    let files = try scratch.log()
    let web = try scratch.log { $0.upstream = "web" }
    try files.add(.call(1))
    try files.add(.call(2, tool: "rm", decision: .denial, passed: false))
    try web.add(.call(1, tool: "fetch", decision: Decision(.allow, by: .default, actionClass: .read, saying: "")))
    scratch.wait(7_200_000)
    try files.add(.answer(1))
    try web.add(.answer(1, .error))
    try web.add(.event(AuditEvent(.dropped, detail: "x")))
    try files.close()
    try web.close()
    return scratch
  }

  private func admitted(_ filter: AuditFilter) throws -> [String] {
    var filter = filter
    return try scratch().entries().filter { filter.admits($0) }.map { entry in
      let words = [entry.kind.rawValue, entry.text("upstream"), entry.number("call").map(String.init)]
      return words.compactMap(\.self).joined(separator: " ")
    }.sorted()
  }

  @Test func `without a filter everything is admitted`() throws { #expect(try admitted(AuditFilter()).count == 14) }

  @Test func `by upstream`() throws {
    #expect(
      try admitted(AuditFilter(upstream: "web"))
        == ["decision web 1", "event web", "file web", "file web", "outcome web 1"])
    #expect(try admitted(AuditFilter(upstream: "we")) == [])
  }

  @Test func `by effect, with the outcomes of the calls that had it`() throws {
    #expect(
      try admitted(AuditFilter(effect: .allow))
        == ["decision files 1", "decision web 1", "outcome files 1", "outcome web 1"])
    #expect(try admitted(AuditFilter(effect: .deny)) == ["decision files 2"])
    #expect(try admitted(AuditFilter(effect: .requireApproval)) == [])
  }

  @Test func `by time`() throws {
    let since = UTCTime(parsing: "2026-02-04")
    #expect(
      try admitted(AuditFilter(since: since)).filter { !$0.hasPrefix("file") }
        == ["end", "end", "end", "end", "event web", "outcome files 1", "outcome web 1"])
    #expect(try admitted(AuditFilter(since: UTCTime(parsing: "2026-02-05"))) == [])
  }

  @Test func `the summary counts decisions by effect, rule and tool`() throws {
    var summary = AuditSummary()
    for entry in try scratch().entries() { summary.add(entry) }
    #expect(summary.decisions == 3)
    #expect(summary.effects == [.init(name: "allow", count: 2), .init(name: "deny", count: 1)])
    #expect(
      summary.rules
        == [.init(name: "(default)", count: 1), .init(name: "fs-write", count: 1), .init(name: "no-etc", count: 1)])
    #expect(
      summary.tools
        == [
          .init(name: "files/rm", count: 1), .init(name: "files/write_file", count: 1),
          .init(name: "web/fetch", count: 1),
        ])
  }

  @Test func `lines are whole or not taken`() {
    for (text, whole, remains) in [
      ("", [], false), ("a", [], true), ("a\n", ["a"], false), ("a\n\nb\nc", ["a", "", "b"], true),
    ] as [(String, [String], Bool)] {
      var lines = AuditLines(Array(text.utf8))
      var taken: [String] = []
      while let line = lines.next() { taken.append(String(decoding: line, as: UTF8.self)) }
      #expect(taken == whole && lines.hasRemains == remains)
      #expect(lines.offset == whole.reduce(0) { $0 + $1.utf8.count + 1 })
    }
  }

  @Test(arguments: [
    "", "{}", "[]", "null", #"{"seq":0}"#, #"{"seq":0,"prev":null,"kind":"other","time":"2026-02-03T10:10:00.000Z"}"#,
    #"{"seq":"0","prev":null,"kind":"end","time":"2026-02-03T10:10:00.000Z"}"#,
    #"{"seq":0,"prev":"00","kind":"end","time":"2026-02-03T10:10:00.000Z"}"#,
    #"{"seq":0,"prev":null,"kind":"end","time":"now"}"#, #"{"seq":0,"kind":"end","time":"2026-02-03T10:10:00.000Z"}"#,
    #"{"seq":0,"seq":0,"prev":null,"kind":"end","time":"2026-02-03T10:10:00.000Z"}"#,
  ])
  func `what is no record is not read as one`(_ line: String) {
    #expect(throws: AuditEntryError.self) { try AuditEntry(parsing: Array(line.utf8)[...]) }
  }

  @Test(arguments: [
    ("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", true),
    ("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-comes-later", true),
    ("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x", false),
    ("ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", false),
    ("00-00000000000000000000000000000000-b7ad6b7169203331-01", false),
    ("00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01", false),
    ("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01", false),
    ("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0g", false), ("", false), ("00-", false),
  ])
  func `a traceparent is read as W3C has it, or not at all`(_ text: String, _ isRead: Bool) {
    #expect((TraceContext(traceparent: text) != nil) == isRead)
  }
}
