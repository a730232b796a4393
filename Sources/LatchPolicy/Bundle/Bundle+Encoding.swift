import LatchJSON

extension Bundle {
  /// The file: the manifest, then a line per upstream and automaton, the rules' texts, and the provenance.
  package func encoded() throws(BundleError) -> [UInt8] {
    guard let provenance else { throw .notEncodable("it was read without its provenance") }
    var writer = SectionWriter()
    for upstream in upstreams { writer.add(.upstream, upstream.name, try Self.line(upstream.form)) }
    for named in automata { writer.add(.automaton, named.digest, AutomatonLine.encoded(named.automaton)) }
    writer.add(.rules, "", try Self.line(rulesForm))
    writer.add(.provenance, "", try Self.line(provenance.form))
    let manifest = Manifest(
      name: name, serial: serial, guarding: guarding,
      policy: try Manifest.policyDigest(guarding, writer.sections), sections: writer.sections)
    return try manifest.encoded() + [0x0A] + writer.bytes
  }

  /// Canonical JSON; what cannot be written so is the lock's doing.
  static func line(_ value: JSONValue) throws(BundleError) -> [UInt8] {
    do { return try value.canonicalBytes() } catch { throw .notEncodable(error.message) }
  }

  /// A tool's schema may be as deep as a message; it stands a few levels deeper in its line.
  static func limits(for count: Int) -> JSONLimits { JSONLimits(bytes: count, depth: JSONLimits.greatestDepth) }
}

/// Lines and what the manifest will say of them.
private struct SectionWriter {
  var bytes: [UInt8] = []
  var sections: [Manifest.Section] = []

  mutating func add(_ kind: Manifest.Section.Kind, _ name: String, _ line: [UInt8]) {
    sections.append(
      Manifest.Section(
        kind: kind, name: name, offset: bytes.count, length: line.count, sha256: SHA256Digest.hex(of: line)))
    bytes += line
    bytes.append(0x0A)
  }
}
