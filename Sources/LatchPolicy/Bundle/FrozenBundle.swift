import LatchJSON

/// A bundle's bytes, every one of which has been checked against line 1, and line 1 against the pin.
package struct FrozenBundle: Sendable {
  package let bytes: [UInt8]
  /// `sha256:…` of line 1, which stands for the whole.
  package let digest: String
  /// `sha256:…`; the same after a change of comments, layout or places.
  package var policyDigest: String { manifest.policy }
  package var name: String { manifest.name }
  package var serial: Int { manifest.serial }
  package var guarding: Guard { manifest.guarding }
  package var upstreamNames: [String] { manifest.sections.filter { $0.kind == .upstream }.map(\.name) }

  private let manifest: Manifest
  private let body: Int

  /// Refuses what is cut short, altered in any byte, of an unknown version, or not what `pin` names:
  /// `bundle:sha256:…`, `policy:sha256:…`, or `sha256:…` for the bundle.
  package init(_ bytes: [UInt8], pin: String? = nil) throws(BundleError) {
    guard let end = bytes.firstIndex(of: 0x0A) else {
      throw bytes.isEmpty || bytes.starts(with: Array(#"{"checksum":""#.utf8)) ? .cutShort : .notABundle
    }
    let line = Array(bytes[..<end])
    manifest = try Manifest(line: line)
    digest = SHA256Digest.prefixed(of: line)
    self.bytes = bytes
    body = end + 1
    try checkPin(pin)
    try checkSections()
  }

  /// Freezes a bundle and reads it back whole: what its own reader refuses must not come to lie where a proxy looks.
  package init(freezing bundle: Bundle) throws(BundleError) {
    let bytes = try bundle.encoded()
    do throws(BundleError) {
      try self.init(bytes)
      _ = try self.bundle()
    } catch {
      throw .notEncodable("what was made cannot be read back (\(error.cause)); please report this")
    }
  }

  /// The bundle, or as much of it as the proxy of one upstream needs: that upstream, its automata, the rules' texts.
  package func bundle(upstream: String? = nil) throws(BundleError) -> Bundle {
    var bundle = Bundle(name: name, serial: serial, guarding: guarding)
    let upstreams = manifest.sections.filter { section in
      section.kind == .upstream && upstream.map { $0.utf8.elementsEqual(section.name.utf8) } != false
    }
    if let upstream, upstreams.isEmpty { throw .unknownUpstream(upstream, known: upstreamNames) }
    bundle.upstreams = try upstreams.map { (section) throws(BundleError) in
      try UpstreamPolicy(try line(section))
    }
    let used = bundle.upstreams.reduce(into: Set<String>()) { $0.formUnion($1.automata) }
    for section in manifest.sections {
      switch section.kind {
      case .upstream: continue
      case .automaton where upstream == nil || used.contains(section.name):
        bundle.automata.append(.init(try AutomatonLine.decoded(try line(section)), digest: section.name))
      case .automaton: continue
      case .rules: bundle.rules = try Bundle.rules(try line(section))
      case .provenance: if upstream == nil { bundle.provenance = try Provenance(try line(section)) }
      }
    }
    return bundle
  }
}

extension FrozenBundle {
  private func range(_ section: Manifest.Section) -> Range<Int> {
    body + section.offset..<body + section.offset + section.length
  }

  private func line(_ section: Manifest.Section) throws(BundleError) -> LineValue {
    let text = Array(bytes[range(section)])
    do {
      let document = try JSONDocument(parsing: text, limits: Bundle.limits(for: text.count))
      return LineValue(document: document, index: JSONDocument.root, line: section.title)
    } catch {
      throw .malformed(line: section.title, error.message)
    }
  }

  private func checkPin(_ pin: String?) throws(BundleError) {
    guard let pin else { return }
    let isPolicy = pin.utf8.starts(with: "policy:".utf8)
    let isBundle = pin.utf8.starts(with: "bundle:".utf8)
    let wanted = isPolicy || isBundle ? String(pin.dropFirst(7)) : pin
    guard SHA256Digest.isPrefixed(wanted) else { throw .notAPin(pin) }
    let found = isPolicy ? policyDigest : digest
    guard wanted == found else {
      throw .wrongPin(expected: pin, found: (isPolicy ? "policy:" : isBundle ? "bundle:" : "") + found)
    }
  }

  /// The lines must be those that line 1 lists, one after the other, and nothing else.
  private func checkSections() throws(BundleError) {
    var offset = 0
    for section in manifest.sections {
      let end = body + section.offset + section.length
      guard section.offset == offset else { throw .malformed(line: "manifest", "its sections do not follow on") }
      guard end < bytes.count else { throw .cutShort }
      guard SHA256Digest.hex(of: [bytes[range(section)]]) == section.sha256, bytes[end] == 0x0A,
        section.kind != .automaton || section.name == SHA256Digest.prefix + section.sha256
      else { throw .altered(section.title) }
      offset += section.length + 1
    }
    guard body + offset == bytes.count else { throw .altered("bytes after the last line") }
    try checkOrder()
  }

  private func checkOrder() throws(BundleError) {
    let kinds = manifest.sections.map { section in
      Manifest.Section.Kind.allCases.firstIndex(of: section.kind) ?? 0
    }
    let keys = zip(kinds, manifest.sections.map(\.name))
    let ascends = zip(keys, keys.dropFirst()).allSatisfy { left, right in
      left.0 < right.0 || left.0 == right.0 && left.1.utf8.lexicographicallyPrecedes(right.1.utf8)
    }
    guard ascends, kinds.suffix(2) == [2, 3] else {
      throw .malformed(line: "manifest", "its sections are not in order")
    }
  }
}

extension Bundle {
  /// Checks every byte, then reads the bundle, or as much of it as the proxy of one upstream needs.
  package static func read(
    _ bytes: [UInt8], upstream: String? = nil, pin: String? = nil
  ) throws(BundleError) -> Bundle {
    try FrozenBundle(bytes, pin: pin).bundle(upstream: upstream)
  }
}
