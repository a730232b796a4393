import LatchAutomata

extension Automaton {
  /// Whether the clean path is accepted, or what follows one of the bases is; nil if the text is no clean path, or what
  /// it leads to cannot be told.
  func acceptsPath(_ text: Span<UInt8>, below bases: [[UInt8]]?, isFolded: Bool, links: LinkResolver?) -> Bool? {
    guard let path = try? CleanPath(text) else { return nil }
    if let links {
      guard let real = links(copy(text.extracting(path.range))) else { return nil }
      let folded = isFolded ? foldedForComparison(real) : real
      return accepts(folded.span, below: bases)
    }
    if isFolded { return path.withFolded(in: text) { accepts($0, below: bases) } }
    return accepts(text.extracting(path.range), below: bases)
  }

  private func accepts(_ path: Span<UInt8>, below bases: [[UInt8]]?) -> Bool {
    guard let bases else { return accepts(path) }
    return bases.contains { base in
      CleanPath.remainder(of: path, below: base).map { accepts(path.extracting($0)) } ?? false
    }
  }

  /// Whether that part of the clean URL is accepted; nil if the text is none, or its path has several readings.
  func acceptsURL(_ text: Span<UInt8>, _ part: PreparedAtom.URLPart) -> Bool? {
    guard let url = try? CleanURL(text) else { return nil }
    switch part {
    case .scheme: return url.withScheme(in: text) { accepts($0) }
    case .host: return url.withHostAndPort(in: text) { accepts($0) }
    case .path: return try? url.withPath(in: text) { accepts($0) }
    }
  }

  /// Whether the domain of the mail address is accepted; nil if the text is none.
  func acceptsDomain(_ text: Span<UInt8>) -> Bool? {
    (try? MailAddress(text)).map { address in address.withDomain(in: text) { accepts($0) } }
  }
}
