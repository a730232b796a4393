/// Holds the record against itself (every line names the hash of the one before) and against what was anchored.
///
/// The files are to be listed first, then their anchors read, then what they hold: else one may seem to lack what was
/// written meanwhile, or to be there without having been anchored.
package struct AuditVerifier: Sendable {
  /// What was kept of the record outside of it.
  package enum Anchors: Sendable {
    case kept([AnchoredHead])
    /// A copy, which came without its anchors.
    case elsewhere
    /// They were here, and are gone.
    case lost
  }

  /// How a file begins and ends, for the one that continues it.
  private struct Ends {
    var session: String?
    var continues: String?
    var prev: RecordDigest?
    var last: RecordDigest?
  }

  /// nil where there are none.
  private let anchors: [String: [AnchoredHead]]?
  private var ends: [String: Ends] = [:]
  /// Files that no anchor knew of when the anchors were read, and how many records stand in each.
  private var unknown: [(file: String, count: Int)] = []
  private var verification = AuditVerification()

  package init(anchors: Anchors) {
    switch anchors {
    case .kept(let heads): self.anchors = Dictionary(grouping: heads, by: \.file)
    case .elsewhere:
      self.anchors = nil
      let message = "no anchors are here, so that records may have been changed, or cut off, and files be missing"
      verification.unverified.append(.init(file: nil, message: message))
    case .lost:
      self.anchors = nil
      find(.missing, "state.db", "the database that anchors the record is not there, though it was used here")
    }
  }

  /// Whether anchors that are read now may know of more than those did.
  package var mayHaveBegun: Bool { !unknown.isEmpty }

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
    find(.unreadable, file, "it cannot be read: \(problem)")
  }

  /// All files have been added. `newer`: anchors that were read after the files; one that has begun meanwhile is among
  /// them.
  package consuming func finish(newer: Anchors? = nil) -> AuditVerification {
    var begun: [AnchoredHead] = []
    if case .kept(let heads) = newer { begun = heads }
    for (file, count) in unknown {
      if begun.contains(where: { $0.file.utf8.elementsEqual(file.utf8) }) {
        leave(file, from: 0, to: count - 1)
      } else {
        find(.unknown, file, "no anchor knows of this file")
      }
    }
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
      if last > 0 { unknown.append((walk.file, last + 1)) }
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
    verification.verified += walk.links.count { $0.seq <= newest }
    if newest < last { leave(walk.file, from: newest + 1, to: last) }
  }

  /// Records that nobody has anchored.
  private mutating func leave(_ file: String, from first: Int, to last: Int) {
    let range = first == last ? "record \(last) is" : "records \(first) to \(last) are"
    let doubt = "whether they were changed, or others cut off behind them, cannot be known"
    verification.unverified.append(.init(file: file, message: "\(range) newer than the last anchor: \(doubt)"))
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
