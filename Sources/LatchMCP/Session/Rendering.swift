package import LatchJSON

/// A server's tools as it lists them to clients of one revision.
package struct Rendering: Sendable, Equatable {
  package var hello: ServerHello
  package var tools: [JSONValue]
  /// Whether a second list, asked for at once, was the same: what changes by itself cannot be pinned.
  package var isStable: Bool

  /// What a server lists in each revision that it speaks, newest first; where the oldest and the newest revision with a
  /// handshake agree, those between are taken to agree too.
  package static func all(
    of server: ServerAddress, limits: SessionLimits = SessionLimits()
  ) throws(UpstreamError) -> [Rendering] {
    let start = ContinuousClock.now
    let newest: Rendering
    do {
      newest = try Rendering(of: server, as: .newestWithHandshake, limits: limits)
    } catch {
      if error.isFinal { throw error }
      // A server of the stateless era alone refuses the handshake.
      guard let modern = try? Rendering(of: server, as: .r2026July, limits: limits) else { throw error }
      return [modern]
    }
    var probing = limits
    probing.start = min(limits.start, max(.seconds(5), start.duration(to: .now) * 2))
    var renderings = [newest]
    if let modern = try? Rendering(of: server, as: .r2026July, limits: probing) { renderings.insert(modern, at: 0) }
    return renderings + older(than: newest, of: server, limits: limits)
  }

  /// A server may refuse to speak an older revision: then its clients do not either.
  private static func older(than newest: Rendering, of server: ServerAddress, limits: SessionLimits) -> [Rendering] {
    guard newest.hello.revision != .oldest,
      let oldest = try? Rendering(of: server, as: .oldest, limits: limits), !oldest.agrees(with: newest)
    else { return [] }
    let between = [ProtocolRevision.r2025June, .r2025March].filter { $0 != newest.hello.revision }
    return between.compactMap { try? Rendering(of: server, as: $0, limits: limits) } + [oldest]
  }

  private init(
    of server: ServerAddress, as revision: ProtocolRevision, limits: SessionLimits
  ) throws(UpstreamError) {
    var session = try MCPSession(server, limits: limits)
    hello = try session.open(revision)
    tools = try session.listTools()
    isStable = true
    isStable = same(try session.listTools(), tools)
  }

  private func agrees(with other: Rendering) -> Bool { same(tools, other.tools) }
}

extension UpstreamError {
  /// Whether asking in another revision would meet the same.
  fileprivate var isFinal: Bool {
    switch self {
    case .launch, .unanswered(_, .unauthorized), .unanswered(_, .unreachable), .unanswered(_, .redirected): true
    default: false
    }
  }
}

/// Whether two lists mean the same, member order aside.
private func same(_ left: [JSONValue], _ right: [JSONValue]) -> Bool {
  guard let one = try? JSONValue.array(left).canonicalBytes(), let other = try? JSONValue.array(right).canonicalBytes()
  else { return left == right }
  return one == other
}
