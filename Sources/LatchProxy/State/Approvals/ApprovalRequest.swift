/// By what means a person may approve a call.
package enum ApprovalWay: String, Sendable, CaseIterable {
  case elicitation, terminal, key
}

/// A call that wants a person's approval: what is bound, and all that the person is shown.
package struct ApprovalRequest: Sendable, Equatable {
  package var project: ProjectKey
  /// The project's directory, to be shown.
  package var projectPath: String
  package var upstream: String
  package var client: String?
  package var tool: String
  /// All rules that ask.
  package var rules: [String]
  package var reason: String
  /// The arguments as the person may see them, redacted by the caller.
  package var arguments: String
  /// The digest of the whole call, to which an approval of one call is bound.
  package var call: DigestBytes
  package var policy: String
  package var ways: Set<ApprovalWay>
  /// Milliseconds until the request expires.
  package var timeout: Int
  /// Milliseconds for which calls with any arguments may be approved; nil if only this call may be.
  package var lease: Int?

  package init(
    project: ProjectKey, projectPath: String, upstream: String, client: String?, tool: String, rules: [String],
    reason: String, arguments: String, call: DigestBytes, policy: String, ways: Set<ApprovalWay>, timeout: Int,
    lease: Int? = nil
  ) {
    self.project = project
    self.projectPath = projectPath
    self.upstream = upstream
    self.client = client
    self.tool = tool
    self.rules = rules
    self.reason = reason
    self.arguments = arguments
    self.call = call
    self.policy = policy
    self.ways = ways
    self.timeout = timeout
    self.lease = lease
  }
}

extension ApprovalRequest {
  /// The most that is kept of texts to be shown: more than that nobody reads.
  package static let longest = 1 << 20
  /// The most requests of a project that wait at one time.
  package static let most = 64

  /// The digest of everything a person is shown, so that a signature holds for that only.
  package var subject: DigestBytes {
    DigestBytes(
      domain: "latch-request-v1",
      [
        call.bytes, project.digest.bytes, Array(projectPath.utf8), Array(upstream.utf8),
        DigestBytes.field(client.map { [$0] } ?? []),
        Array(tool.utf8), DigestBytes.field(rules), Array(reason.utf8), Array(arguments.utf8), Array(policy.utf8),
        Array(ways.text.utf8), DigestBytes.bigEndian(timeout), DigestBytes.bigEndian(lease ?? -1),
      ])
  }

  /// What a lease given in answer to this would cover.
  package var scope: LeaseScope {
    LeaseScope(project: project, policy: policy, upstream: upstream, client: client, tool: tool, rules: rules)
  }

  /// Refuses what cannot be kept as it is.
  func requireStorable() throws(StateError) {
    let texts = [projectPath, upstream, client ?? "", tool, reason, arguments, policy] + rules
    guard texts.reduce(0, { $0 + $1.utf8.count }) <= Self.longest else { throw .tooLong(limit: Self.longest) }
  }
}

extension Set<ApprovalWay> {
  /// The ways in one text, always in the same order.
  var text: String { ApprovalWay.allCases.filter(contains).map(\.rawValue).joined(separator: " ") }

  init?(text: String) {
    let words = text.split(separator: " ").map { ApprovalWay(rawValue: String($0)) }
    guard !words.contains(nil) else { return nil }
    self = Set(words.compactMap { $0 })
  }
}
