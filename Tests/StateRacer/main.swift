import LatchProxy

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

// A process that races others for the state database: opens it, says `ready`, waits for a line, and goes.
//
//   StateRacer use DIR PROJECT CALL       uses the approval of the call; prints what came of it
//   StateRacer count DIR PROJECT N TRIES  makes calls under a limit of N; prints how many went
//   StateRacer flood DIR PROJECT          makes calls for ever; prints a line for each that went

/// Prints a line at once.
func say(_ text: some Any) {
  let line = Array("\(text)\n".utf8)
  _ = unsafe line.withUnsafeBytes { unsafe write(1, $0.baseAddress, $0.count) }
}

let words = Array(CommandLine.arguments.dropFirst())

func open() throws(StateError) -> StateDatabase {
  let database = try StateDatabase(directory: words[1])
  say("ready")
  _ = readLine()
  return database
}

do {
  switch words.first {
  case "use":
    let database = try open()
    let project = ProjectKey(realPath: words[2])
    guard let call = DigestBytes((0..<32).map { _ in UInt8(words[3]) ?? 0 }) else { fatalError("32 bytes") }
    let request = ApprovalRequest(
      project: project, projectPath: words[2], upstream: "server", client: nil, tool: "write", rules: ["ask"],
      reason: "", arguments: "", call: call, policy: "policy", ways: [.terminal], timeout: 300_000)
    switch try database.admit(project: project, consent: NeededConsent(request), at: .now()) {
    case .admitted: say("admitted")
    case .unapproved: say("unapproved")
    case let other: say(other)
    }
  case "count":
    let database = try open()
    let project = ProjectKey(realPath: words[2])
    let limit = CountedLimit(key: "rule", calls: Int(words[3]) ?? 0, per: 3_600_000)
    var went = 0
    for _ in 0..<(Int(words[4]) ?? 0) {
      if case .admitted = try database.admit(project: project, limits: [limit], at: .now()) { went += 1 }
    }
    say(went)
  case "flood":
    let database = try open()
    let limit = CountedLimit(key: "rule", calls: 1_000_000, per: 3_600_000)
    while case .admitted = try database.admit(project: ProjectKey(realPath: words[2]), limits: [limit], at: .now()) {
      say("went")
    }
  default: fatalError("see above")
  }
} catch {
  say(error)
}
