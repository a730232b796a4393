import LatchAutomata
import LatchJSON
import LatchPolicy
import Testing

@Suite struct BundleTests {
  @Test func aBundleReadIsTheBundleWritten() throws {
    let bytes = try BundleSample.bundle.encoded()
    #expect(try Bundle.read(bytes) == BundleSample.bundle)
    #expect(try Bundle.read(bytes).encoded() == bytes)
  }

  @Test func theSameBundleGivesTheSameBytes() throws {
    #expect(try BundleSample.bundle.encoded() == BundleSample.bundle.encoded())
  }

  @Test func everyLineIsCanonicalJSON() throws {
    let lines = try BundleSample.bundle.encoded().split(separator: 0x0A, omittingEmptySubsequences: false)
    #expect(lines.last?.isEmpty == true)
    for line in lines.dropLast() {
      #expect(try JSONDocument(parsing: Array(line)).canonicalBytes() == Array(line))
    }
  }

  @Test func whatIsFrozenIsWhatWasEncoded() throws {
    #expect(try FrozenBundle(freezing: BundleSample.bundle).bytes == BundleSample.bundle.encoded())
  }

  @Test(arguments: [
    Atom(path: ArgumentPath([.name("a")]), matcher: .length(min: nil, max: 3_000_000_000)),
    Atom(path: ArgumentPath([.name("a"), .index(3_000_000_000)]), matcher: .present(true)),
  ])
  func aBundleThatNoReaderTakesIsNotFrozen(_ atom: Atom) throws {
    var bundle = BundleSample.bundle
    bundle.upstreams[0].atoms.append(atom)
    let error = try #require(throws: BundleError.self) { try FrozenBundle(freezing: bundle) }
    guard case .notEncodable(let what) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(what.contains("an integer from 0 to 2147483647 is missing"))
    #expect(!what.contains("run `latch build`"))
  }

  @Test func aProxyReadsItsUpstreamAndTheAutomataItUses() throws {
    let bundle = try Bundle.read(try BundleSample.bundle.encoded(), upstream: "files")
    #expect(bundle.upstreams == [BundleSample.files])
    #expect(bundle.automata == [BundleSample.automata[0]])
    #expect(bundle.rules == BundleSample.bundle.rules)
    #expect(bundle.provenance == nil)
  }

  @Test func anUpstreamThatIsNotThereIsRefusedWithTheNamesThatAre() throws {
    let bytes = try BundleSample.bundle.encoded()
    #expect(throws: BundleError.unknownUpstream("file", known: ["files", "web"])) {
      try Bundle.read(bytes, upstream: "file")
    }
  }

  @Test func numbersInConditionsKeepTheirExactValue() throws {
    let bundle = try Bundle.read(try BundleSample.bundle.encoded())
    #expect(bundle.upstreams[0].atoms[1] == BundleSample.files.atoms[1])
  }

  @Test func thePolicyDigestDoesNotKnowWhereOrWithWhatWordsARuleWasWritten() throws {
    let before = try FrozenBundle(try BundleSample.bundle.encoded())
    var bundle = BundleSample.bundle
    bundle.provenance?.places[0].place = "latch.yaml:99:5"
    bundle.rules[0].description = "written anew"
    bundle.serial += 1
    let after = try FrozenBundle(try bundle.encoded())
    #expect(after.policyDigest == before.policyDigest)
    #expect(after.digest != before.digest)
  }

  @Test func thePolicyDigestChangesWithWhatDecides() throws {
    let before = try FrozenBundle(try BundleSample.bundle.encoded()).policyDigest
    var guarded = BundleSample.bundle
    guarded.guarding.observe = true
    var ruled = BundleSample.bundle
    ruled.upstreams[0].tools[0].candidates[1].effect = .requireApproval
    var keyed = BundleSample.bundle
    keyed.guarding.approvalKeys[0].publicKey[31] ^= 1
    var renamed = BundleSample.bundle
    renamed.guarding.approvalKeys[0].name = "Anna"
    var unkeyed = BundleSample.bundle
    unkeyed.guarding.approvalKeys.removeLast()
    var recorded = BundleSample.bundle
    recorded.guarding.audit.arguments = .redacted
    for changed in [guarded, ruled, keyed, renamed, unkeyed, recorded] {
      #expect(try FrozenBundle(try changed.encoded()).policyDigest != before)
    }
  }

  @Test func aPinMayNameTheBundleOrThePolicy() throws {
    let bytes = try BundleSample.bundle.encoded()
    let frozen = try FrozenBundle(bytes)
    for pin in [frozen.digest, "bundle:\(frozen.digest)", "policy:\(frozen.policyDigest)"] {
      #expect(throws: Never.self) { try FrozenBundle(bytes, pin: pin) }
    }
  }
}

/// threats.md, "an injected model with a shell of the same user": it edits the bundle.
@Suite struct HostileBundleTests {
  @Test func aBundleWithAnyOneByteAlteredIsRefused() throws {
    let bytes = try BundleSample.bundle.encoded()
    for position in bytes.indices {
      var altered = bytes
      altered[position] ^= 1 << UInt8(position % 8)
      #expect(throws: BundleError.self, "byte \(position)") { try Bundle.read(altered) }
    }
  }

  @Test func aProxyRefusesAByteAlteredInALineItHasNoUseFor() throws {
    let bytes = try BundleSample.bundle.encoded()
    for position in bytes.indices {
      var altered = bytes
      altered[position] ^= 0x02
      #expect(throws: BundleError.self, "byte \(position)") { try Bundle.read(altered, upstream: "web") }
    }
  }

  @Test func aBundleCutShortAnywhereIsRefused() throws {
    let bytes = try BundleSample.bundle.encoded()
    for length in bytes.indices {
      #expect(throws: BundleError.self, "\(length) bytes") { try Bundle.read(Array(bytes[..<length])) }
    }
    #expect(throws: BundleError.cutShort) { try Bundle.read(Array(bytes.dropLast())) }
    #expect(throws: BundleError.cutShort) { try Bundle.read([]) }
  }

  @Test func bytesAfterTheLastLineAreRefused() throws {
    let bytes = try BundleSample.bundle.encoded()
    for tail in ["\n", " ", "{}\n"] {
      #expect(throws: BundleError.altered("bytes after the last line")) { try Bundle.read(bytes + Array(tail.utf8)) }
    }
  }

  @Test func aBundleOfAnotherVersionIsRefusedByItsVersion() {
    let line = Array(#"{"checksum":"","format":"latch-bundle","version":2,"news":[]}"#.utf8)
    #expect(throws: BundleError.unknownVersion("2")) { try Bundle.read(line + [0x0A]) }
    #expect(BundleError.unknownVersion("2").description.contains("`latch build`"))
  }

  @Test(arguments: ["version: 1\nname: x\n", "{}\n", "[1]\n", "\u{0}\n", "#!/bin/sh"])
  func whatIsNoBundleIsRefusedAsSuch(_ text: String) {
    #expect(throws: BundleError.notABundle) { try Bundle.read(Array(text.utf8)) }
  }

  @Test func aWrongPinIsRefusedWithBothDigests() throws {
    let bytes = try BundleSample.bundle.encoded()
    let frozen = try FrozenBundle(bytes)
    let wrong = "bundle:" + SHA256Digest.prefixed(of: [9])
    #expect(throws: BundleError.wrongPin(expected: wrong, found: "bundle:" + frozen.digest)) {
      try FrozenBundle(bytes, pin: wrong)
    }
    #expect(throws: BundleError.wrongPin(expected: "policy:" + frozen.digest, found: "policy:" + frozen.policyDigest)) {
      try FrozenBundle(bytes, pin: "policy:" + frozen.digest)
    }
  }

  @Test(arguments: ["", "sha256:", "sha256:00", "md5:00", "bundle:", "policy:x"])
  func whatIsNoPinIsRefused(_ pin: String) throws {
    let bytes = try BundleSample.bundle.encoded()
    #expect(throws: BundleError.notAPin(pin)) { try FrozenBundle(bytes, pin: pin) }
  }

  /// Each level asks the one below it `names.count` times: what is made ready would double with every level.
  @Test(arguments: [(["a"], 10_000), (["a", "b"], 40)])
  func questionsAboutElementsOfElementsDoNotGrowWithoutEnd(names: [String], levels: Int) throws {
    var bundle = BundleSample.bundle
    var atoms = names.map { Atom(path: ArgumentPath([.name($0)]), matcher: .present(true)) }
    for level in 0..<levels {
      let below = names.indices.map { Condition.atom(level * names.count + $0) }
      atoms += names.map { Atom(path: ArgumentPath([.name($0)]), matcher: .elements(.any, .all(below))) }
    }
    bundle.upstreams[0].atoms = atoms
    bundle.upstreams[0].tools[0].candidates = [
      Candidate(rule: 2, effect: .deny, specificity: BundleSample.unspecific, when: .atom(atoms.count - 1))
    ]
    #expect(throws: BundleError.self) { try Policy(bundle, upstream: "files") }
  }
}
