/// Holds the record against itself (every line names the hash of the one before) and against what was anchored.
///
/// Anchors are to be read before the files, or a file may seem to lack what was written meanwhile.
package struct AuditVerifier: Sendable {
  /// How a file begins and ends, for the one that continues it.
  private struct Ends {
    var session: String?
    var continues: String?
    var prev: RecordDigest?
    var last: RecordDigest?
  }

  private let anchors: [String: [AnchoredHead]]?
  private var ends: [String: Ends] = [:]
  private var verification = AuditVerification()

  /// `anchors` is nil where none are kept.
  package init(anchors: [AnchoredHead]?) {
    self.anchors = anchors.map { Dictionary(grouping: $0, by: \.file) }
    if anchors == nil {
      verification.unverified.append(
        .init(
          file: nil,
          message: "no anchors are kept, so that records cut off at a file's end, or whole files, may be missing"))
    }
  }

  /// Adds a file of which `bytes` is all that it holds.
  package mutating func add(file: String, bytes: [UInt8]) {
    var walk = ChainWalk(file: file)
    var lines = AuditLines(bytes)
    while let line = lines.next() { walk.add(line) }
    walk.finish(hasRemains: lines.hasRemains)
    verification.files += 1
    verification.records += walk.links.count
    verification.findings += walk.findings
    ends[file] = Ends(
      session: walk.session, continues: walk.continues, prev: walk.firstPrev, last: walk.links.last?.digest)
    hold(walk, against: anchors?[file] ?? [])
  }

  /// Adds a file that cannot be read.
  package mutating func add(file: String, problem: String) {
    verification.files += 1
    ends[file] = Ends()
    verification.unverified.append(.init(file: file, message: "it cannot be read: \(problem)"))
  }

  /// All files have been added.
  package consuming func finish() -> AuditVerification {
    for file in ends.keys.sorted(by: precedes) { checkContinuation(of: file) }
    for file in (anchors ?? [:]).keys.sorted(by: precedes) where ends[file] == nil {
      let last = anchors?[file]?.map(\.seq).max() ?? 0
      find(.missing, file, "the file is not there; record \(last) of it was anchored")
    }
    return verification
  }

  private mutating func find(_ kind: AuditVerification.Finding.Kind, _ file: String, seq: Int? = nil, _ message: String)
  {
    verification.findings.append(.init(kind: kind, file: file, seq: seq, message: message))
  }
}

extension AuditVerifier {
  private mutating func hold(_ walk: ChainWalk, against heads: [AnchoredHead]) {
    let last = walk.links.last?.seq ?? -1
    guard anchors != nil else { return }
    guard let newest = heads.map(\.seq).max() else {
      // A process that was killed right after it had begun leaves a header that nobody knows of.
      if last > 0 { find(.unknown, walk.file, "no anchor knows of this file") }
      return
    }
    var known: [Int: RecordDigest] = [:]
    for link in walk.links { known[link.seq] = link.digest }
    for head in heads {
      if let digest = known[head.seq] {
        guard !digest.hexadecimal.utf8.elementsEqual(head.head.utf8) else { continue }
        find(.changed, walk.file, seq: head.seq, "record \(head.seq) is not the one that was anchored")
      } else if head.seq > last {
        find(.truncated, walk.file, seq: head.seq, "it ends with record \(last), but record \(head.seq) was anchored")
      }
    }
    if newest < last {
      let range = newest + 1 == last ? "record \(last) is" : "records \(newest + 1) to \(last) are"
      verification.unverified.append(
        .init(file: walk.file, message: "\(range) newer than the last anchor: what was cut off behind cannot be known"))
    }
  }

  private mutating func checkContinuation(of file: String) {
    guard let beginning = ends[file], let before = beginning.continues else { return }
    guard let ended = ends[before] else {
      return find(.missing, before, "the file is not there; `\(file)` continues it")
    }
    guard let last = ended.last, last != beginning.prev else { return }
    find(.truncated, before, "it does not end as it did when `\(file)` continued it")
  }
}

func precedes(_ left: String, _ right: String) -> Bool { left.utf8.lexicographicallyPrecedes(right.utf8) }
