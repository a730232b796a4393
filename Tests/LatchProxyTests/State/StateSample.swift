import LatchProxy

/// Requests and moments, so many milliseconds after the beginning.
enum StateSample {
  static let path = "/srv/project"
  static let project = ProjectKey(realPath: path)
  static let start = 1_800_000_000_000

  static func at(_ milliseconds: Int) -> Moment { Moment(wall: start + milliseconds, uptime: 50_000 + milliseconds) }

  static func call(_ number: UInt8) throws -> DigestBytes {
    guard let call = DigestBytes([UInt8](repeating: number, count: 32)) else { throw WrongLength() }
    return call
  }

  struct WrongLength: Error {}

  static func request(
    _ number: UInt8 = 1, project path: String = path, tool: String = "write", arguments: String = #"{"a":1}"#,
    ways: Set<ApprovalWay> = [.terminal], timeout: Int = 300_000, lease: Int? = nil
  ) throws -> ApprovalRequest {
    ApprovalRequest(
      project: ProjectKey(realPath: path), projectPath: path, upstream: "server", client: "cursor", tool: tool,
      rules: ["ask", "ask-too"], reason: "it is dear", arguments: arguments, call: try call(number),
      policy: "policy:sha256:00", ways: ways, timeout: timeout, lease: lease)
  }
}

extension StateDatabase {
  /// Whether a call with that consent goes.
  func admits(
    _ request: ApprovalRequest, keys: [ApprovalKey] = [], limits: [CountedLimit] = [], at moment: Moment
  ) throws -> Bool {
    let admission = try admit(
      project: request.project, limits: limits, consent: NeededConsent(request, keys: keys), at: moment)
    if case .admitted = admission { return true }
    return false
  }

  func admits(_ limits: CountedLimit..., at milliseconds: Int) throws -> Bool {
    try admit(project: StateSample.project, limits: limits, at: StateSample.at(milliseconds)) == .admitted(nil)
  }
}

extension ApprovalAnswer {
  var record: ApprovalRecord? {
    if case .done(let record) = self { return record }
    return nil
  }
}
