import Foundation
import LatchJSON
import LatchPolicy
import LatchProxy
import Testing

@Suite struct AuditLogTests {
  @Test func `a call leaves a decision and an outcome behind the header, and the end behind both`() throws {
    let scratch = AuditScratch()
    let log = try scratch.log()
    try log.add(.call(7))
    scratch.wait(12)
    try log.add(.answer(7))
    try log.close()
    let values = try scratch.values()
    #expect(values.map { $0["kind"]?.string } == ["file", "decision", "outcome", "end"])
    #expect(values.map { $0["seq"]?.integer } == [0, 1, 2, 3])
    let decision = values[1]
    for (name, value) in [
      ("time", "2026-02-03T10:10:00.000Z"), ("bundle", AuditScratch.policy.bundle),
      ("policy", AuditScratch.policy.policy), ("upstream", "files"), ("client", "cursor"), ("method", "tools/call"),
      ("tool", "write_file"), ("class", "write"), ("effect", "allow"), ("decided_by", "rule"), ("rule", "fs-write"),
      ("reason", "Allowed by rule `fs-write`."), ("recorded", "redacted"),
    ] { #expect(decision[name]?.string == value, "\(name)") }
    #expect(decision["call"]?.integer == 7 && decision["passed"]?.bool == true)
    #expect(decision["arguments"] == ["path": "/srv/x", "content": "hello"])
    #expect(decision["redacted"] == nil)
    #expect(values[2]["time"] == "2026-02-03T10:10:00.012Z")
    #expect(values[2]["outcome"] == "result" && values[2]["duration_us"] == 1234 && values[2]["call"] == 7)
    #expect(values[3]["reason"] == "exit")
  }

  @Test func `the record is on its way to the disk when add returns`() throws {
    let scratch = AuditScratch()
    let log = try scratch.log()
    for number in 1...5 {
      try log.add(.call(number))
      #expect(try scratch.entries().count == number + 1)
    }
  }

  @Test func `every line names the hash of the one before it`() throws {
    let scratch = AuditScratch()
    let log = try scratch.log()
    for number in 1...20 { try log.add(.call(number)) }
    let lines = AuditLines(try scratch.files()[0].bytes).map { Array($0) }
    for (before, after) in zip(lines, lines.dropFirst()) {
      #expect(try JSONValue(parsing: after)["prev"]?.string == SHA256Digest.hex(of: before))
    }
    #expect(try JSONValue(parsing: lines[0])["prev"] == .null)
  }

  @Test func `only the user may read what is recorded, whatever the umask`() throws {
    for mask: mode_t in [0o000, 0o077, 0o277] {
      let scratch = AuditScratch()
      let old = umask(0)
      umask(mask)
      let log = Result { try scratch.log() }
      umask(old)
      try log.get().add(.call())
      let manager = FileManager.default
      func mode(_ path: String) throws -> Int? {
        try manager.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      }
      for directory in ["", "/audit", "/audit/2026-02-03"] { #expect(try mode(scratch.path + directory) == 0o700) }
      #expect(try mode("\(scratch.path)/audit/\(scratch.files()[0].name)") == 0o600)
      #expect(try mode("\(scratch.path)/audit.key") == 0o600)
    }
  }

  @Test func `files are named after day, upstream and time, and no two alike`() throws {
    let scratch = AuditScratch()
    let logs = try (0..<20).map { _ in try scratch.log { $0.upstream = "my-files_2" } }
    #expect(logs.count == 20)
    let names = try scratch.files().map(\.name)
    #expect(Set(names).count == 20)
    for name in names { #expect(name.wholeMatch(of: /2026-02-03\/my-files_2-101000-[0-9a-f]{16}\.jsonl/) != nil) }
    #expect(try scratch.entries().map { $0.text("file") } == names)
  }

  @Test func `an upstream whose name is a path stays in the directory`() throws {
    let scratch = AuditScratch()
    _ = try scratch.log { $0.upstream = "../../etc/\u{0}x" }
    #expect(try scratch.files()[0].name.hasPrefix("2026-02-03/______etc__x-"))
  }

  @Test func `all arguments, none of them, or what the redactor leaves`() throws {
    let arguments = #"{"path":"/srv/x","password":"hunter2"}"#
    for (style, expected) in [
      (AuditSettings.Arguments.full, #"{"path":"/srv/x","password":"hunter2"}"#), (.none, nil),
      (.redacted, #"{"path":"/srv/x","password":"[redacted]"}"#),
    ] {
      let scratch = AuditScratch()
      try scratch.log { $0.arguments = style }.add(.call(arguments: arguments))
      let value = try scratch.values()[1]
      #expect(try value["arguments"] == expected.map { try JSONValue(parsing: Array($0.utf8)) })
      #expect(value["recorded"]?.string == style.rawValue)
      #expect(value["redacted"] == (style == .redacted ? ["password"] : nil))
      #expect(value["bytes"]?.integer == arguments.utf8.count)
      #expect(try value["hmac"]?.string == mac(of: Array(arguments.utf8), scratch))
    }
  }

  @Test func `arguments without one reading, and none, are recorded as that`() throws {
    let scratch = AuditScratch()
    let log = try scratch.log()
    let twice = Array(#"{"a":1,"a":"gh"#.utf8) + [0xFF]
    for arguments in [AuditArguments.absent, .unreadable(twice)] {
      try log.add(
        .decision(
          AuditDecision(
            call: 1, policy: AuditScratch.policy, method: "tools/call", tool: nil,
            decision: Decision(unreadable: "it says `a` twice"), passed: false, arguments: arguments)))
    }
    let values = try scratch.values()
    #expect(values[1]["recorded"] == "absent" && values[1]["hmac"] == nil && values[1]["tool"] == .null)
    #expect(values[2]["recorded"] == "unreadable" && values[2]["arguments"] == nil)
    #expect(try values[2]["hmac"]?.string == mac(of: twice, scratch))
    #expect(values[1]["class"] == .null && values[1]["rule"] == .null && values[1]["passed"] == false)
  }

  @Test func `arguments that stand within a message are digested as they stand there`() throws {
    let scratch = AuditScratch()
    let document = try JSONDocument(parsing: Array(#"{"params": {"arguments": { "a" : 1.0 } }}"#.utf8))
    let params = try #require(document.member("params", of: JSONDocument.root))
    let root = try #require(document.member("arguments", of: params))
    try scratch.log().add(
      .decision(
        AuditDecision(
          call: 1, policy: AuditScratch.policy, method: "tools/call", tool: "t", decision: .sample, passed: true,
          arguments: .read(document, root: root))))
    let value = try scratch.values()[1]
    #expect(value["arguments"] == .object([.init("a", .number("1.0"))]))
    #expect(try value["hmac"]?.string == mac(of: Array(#"{ "a" : 1.0 }"#.utf8), scratch))
  }

  @Test func `arguments that were made for a reserved name are digested in their plainest spelling`() throws {
    let scratch = AuditScratch()
    let made: JSONValue = ["uri": "file:///x"]
    try scratch.log().add(
      .decision(
        AuditDecision(
          call: 1, policy: AuditScratch.policy, method: "resources/read", tool: "@resources/read", decision: .sample,
          passed: true, arguments: .read(made.document()))))
    #expect(try scratch.values()[1]["hmac"]?.string == mac(of: Array(#"{"uri":"file:///x"}"#.utf8), scratch))
  }

  @Test func `approvals, traces and events are recorded whole`() throws {
    let scratch = AuditScratch()
    let log = try scratch.log()
    guard case .decision(var decision) = try AuditRecord.call() else { return }
    decision.approval = AuditApproval(id: "k7f3", state: .given, way: .terminal, who: "ann")
    decision.trace = TraceContext(traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
    decision.decision = .denial
    try log.add(.decision(decision))
    try log.add(.event(AuditEvent(.dropped, detail: "notifications/x of the client")))
    try log.add(.event(AuditEvent(.policyLoaded, detail: "serial 4", policy: AuditScratch.policy)))
    try log.add(.outcome(AuditOutcome(call: 1, tool: nil, kind: .error, code: -32603, microseconds: -1)))
    let values = try scratch.values()
    #expect(values[1]["approval"] == ["id": "k7f3", "state": "given", "by": "terminal", "who": "ann"])
    #expect(
      values[1]["trace"]
        == ["trace_id": "0af7651916cd43dd8448eb211c80319c", "span_id": "b7ad6b7169203331", "flags": 1])
    #expect(values[1]["also"] == ["no-root"])
    #expect(values[2]["event"] == "dropped" && values[2]["detail"] == "notifications/x of the client")
    #expect(values[3]["policy"]?.string == AuditScratch.policy.policy)
    #expect(values[4]["code"] == .number("-32603") && values[4]["duration_us"] == 0)
  }

  @Test func `nothing can be added when the record is closed`() throws {
    let scratch = AuditScratch()
    let log = try scratch.log()
    try log.close()
    try log.close()
    #expect(throws: AuditError.closed) { try log.add(.call()) }
    #expect(try scratch.entries().count == 2)
  }

  /// HMAC-SHA-256 as RFC 2104 defines it, by nothing but a hash.
  private func mac(of message: [UInt8], _ scratch: AuditScratch) throws -> String {
    let key = Array(try Data(contentsOf: URL(filePath: "\(scratch.path)/audit.key")))
    #expect(key.count == 32)
    let block = key + [UInt8](repeating: 0, count: 32)
    let inner = SHA256Digest.hex(of: block.map { $0 ^ 0x36 } + message)
    let digest = stride(from: 0, to: 64, by: 2).compactMap { UInt8(inner.dropFirst($0).prefix(2), radix: 16) }
    return SHA256Digest.hex(of: block.map { $0 ^ 0x5C } + digest)
  }
}
