import LatchJSON

/// Line 1 of a bundle: what holds for all, and what each later line must be.
struct Manifest {
  /// One later line.
  struct Section {
    enum Kind: String, CaseIterable { case upstream, automaton, rules, provenance }

    var kind: Kind
    /// An upstream's name, an automaton's digest, else empty.
    var name: String
    /// From the byte after line 1.
    var offset: Int
    var length: Int
    /// Hexadecimal digits.
    var sha256: String

    /// What people call the line.
    var title: String { name.isEmpty ? kind.rawValue : "\(kind.rawValue) `\(name)`" }
  }

  var name: String
  var serial: Int
  var guarding: Guard
  var policy: String
  var sections: [Section]
}

extension Manifest {
  static let format = "latch-bundle"

  /// The line without its newline.
  func encoded() throws(BundleError) -> [UInt8] {
    let body = try Bundle.line(
      .object([
        "format": .string(Self.format), "version": .integer(Bundle.version), "name": .string(name),
        "serial": .integer(serial), "guard": guarding.form, "policy": .string(policy),
        "sections": .array(sections.map(\.form)),
      ]))
    // Canonical JSON sorts `checksum` before all other members of the manifest, so it goes in front of them.
    return Array(#"{"checksum":"\#(SHA256Digest.hex(of: body))","#.utf8) + body.dropFirst()
  }

  /// Reads line 1, first of all finding out whether it is one of this version.
  init(line bytes: [UInt8]) throws(BundleError) {
    let document: JSONDocument
    do {
      document = try JSONDocument(parsing: bytes, limits: Bundle.limits(for: bytes.count))
    } catch {
      throw bytes.starts(with: Self.checksumPrefix) ? .altered("line 1 is not JSON") : .notABundle
    }
    let value = LineValue(document: document, index: JSONDocument.root, line: "manifest")
    try Self.checkVersion(of: value)
    try Self.checkChecksum(of: bytes)
    let fields = try value.fields(["checksum", "format", "version", "name", "serial", "guard", "policy", "sections"])
    name = try fields.string("name")
    serial = try fields.required("serial").integer(in: 0...1 << 53)
    guarding = try Guard(try fields.required("guard"))
    policy = try fields.string("policy")
    sections = try fields.list("sections", Section.init)
    guard policy == (try Self.policyDigest(guarding, sections)) else {
      throw value.failure("its policy digest is wrong")
    }
  }

  /// What the policy digest says: all that decides calls, and nothing of how it was written down.
  static func policyDigest(_ guarding: Guard, _ sections: [Section]) throws(BundleError) -> String {
    let deciding = sections.filter { $0.kind == .upstream || $0.kind == .automaton }
    let lines = deciding.map { "\($0.kind.rawValue) \($0.name) \($0.sha256)\n" }.joined()
    return SHA256Digest.prefixed(
      of: Array("latch-policy-v1\n".utf8) + (try Bundle.line(guarding.form)) + [0x0A] + Array(lines.utf8))
  }

  private static let checksumPrefix = Array(#"{"checksum":""#.utf8)

  private static func checkVersion(of value: LineValue) throws(BundleError) {
    let document = value.document
    guard let format = document.member("format", of: value.index), document.kind(format) == .string,
      document.content(format).elementsEqual(Self.format.utf8),
      let version = document.member("version", of: value.index)
    else { throw .notABundle }
    guard document.kind(version) == .number, document.string(version) == String(Bundle.version) else {
      throw .unknownVersion(document.kind(version) == .number ? document.string(version) : "unknown")
    }
  }

  private static func checkChecksum(of bytes: [UInt8]) throws(BundleError) {
    let end = checksumPrefix.count + 64
    guard bytes.count > end + 2, bytes.starts(with: checksumPrefix), bytes[end...].starts(with: Array(#"","#.utf8)),
      SHA256Digest.hex(of: [[0x7B], bytes[(end + 2)...]]).utf8.elementsEqual(bytes[checksumPrefix.count..<end])
    else { throw .altered("line 1") }
  }
}

extension Manifest.Section {
  fileprivate var form: JSONValue {
    .object([
      "kind": .string(kind.rawValue), "name": .string(name), "offset": .integer(offset), "length": .integer(length),
      "sha256": .string(sha256),
    ])
  }

  fileprivate init(_ value: LineValue) throws(BundleError) {
    let fields = try value.fields(["kind", "name", "offset", "length", "sha256"])
    self.init(
      kind: try fields.required("kind").choice(), name: try fields.string("name"),
      offset: try fields.required("offset").integer(in: 0...BundleFile.limit),
      length: try fields.required("length").integer(in: 0...BundleFile.limit), sha256: try fields.string("sha256"))
  }
}
