/// Automata of hosts and domains, over texts that have been read and written in their normal form.
extension Automaton {
  /// The texts `host:port` whose host the pattern names: `example.com`, or `*.example.com` for one or more labels more;
  /// any port, also none behind the colon, unless the pattern has one.
  ///
  /// The text's host is in lower case and A-labels, without a final dot, an IPv6 address as RFC 5952 writes it. So is
  /// the pattern's, save that it may have capitals and one final dot; U-labels must have been converted.
  package static func host(_ pattern: String, stateLimit: Int = 4096) throws(PatternError) -> Automaton {
    let host = try HostPattern(pattern)
    let digits = Pattern.repeated(.scalars(.digits), least: 0, most: nil)
    let port = host.port.map { Pattern.literal($0) } ?? digits
    return try whole(.sequence([host.names, .literal(":"), port]), stateLimit: stateLimit)
  }

  /// The domains, in lower case and A-labels, that the pattern names: `example.com`, or `*.example.com` for one or more
  /// labels more.
  package static func domain(_ pattern: String, stateLimit: Int = 4096) throws(PatternError) -> Automaton {
    try whole(HostPattern(domain: pattern).names, stateLimit: stateLimit)
  }
}

extension HostPattern {
  /// The names without their port. What a label below a wildcard may hold is left to whoever reads hosts: a denying
  /// rule must not miss one for an odd character.
  fileprivate var names: Pattern {
    guard isWildcard else { return .literal(name) }
    let character = ScalarSet(asciiPairs: "..:://@@[[]]").complement
    let label = Pattern.repeated(.scalars(character), least: 1, most: nil)
    let below = Pattern.repeated(.sequence([label, .literal(".")]), least: 1, most: nil)
    return .sequence([below, .literal(name)])
  }
}
