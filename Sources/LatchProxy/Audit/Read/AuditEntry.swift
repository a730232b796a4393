import LatchJSON

/// A record as it was read.
package struct AuditEntry: Sendable {
  package enum Kind: String, Sendable, CaseIterable { case file, decision, outcome, event, end }

  package let kind: Kind
  package let seq: Int
  package let time: UTCTime
  /// What the record says of the line before it; nil in the first file of a process.
  let prev: RecordDigest?
  /// Of the line itself.
  let digest: RecordDigest
  private let document: JSONDocument

  package init(parsing line: ArraySlice<UInt8>) throws(AuditEntryError) {
    let limits = JSONLimits(bytes: JSONLimits.greatestSize, depth: JSONLimits.greatestDepth)
    let document: JSONDocument
    do {
      document = try JSONDocument(parsing: Array(line), limits: limits)
    } catch {
      throw AuditEntryError("not JSON (byte \(error.offset)): \(error.message)")
    }
    guard let kind = Self.text("kind", in: document).flatMap(Kind.init) else {
      throw AuditEntryError("its `kind` is none that this release knows")
    }
    guard let seq = Self.number("seq", in: document), (0...1 << 53).contains(seq) else {
      throw AuditEntryError("it has no `seq`")
    }
    guard let time = Self.text("time", in: document).flatMap({ UTCTime(parsing: $0) }) else {
      throw AuditEntryError("it has no `time`")
    }
    self.kind = kind
    self.seq = seq
    self.time = time
    prev = try Self.previous(in: document)
    digest = RecordDigest(of: line)
    self.document = document
  }

  private static func previous(in document: JSONDocument) throws(AuditEntryError) -> RecordDigest? {
    guard let index = document.member("prev", of: JSONDocument.root) else { throw AuditEntryError("it has no `prev`") }
    if document.kind(index) == .null { return nil }
    guard document.kind(index) == .string, let digest = RecordDigest(hexadecimal: document.content(index)) else {
      throw AuditEntryError("its `prev` is no SHA-256")
    }
    return digest
  }

  /// The record's bytes, without the end of the line.
  package var line: ArraySlice<UInt8> { document.storage[document.place(JSONDocument.root)] }

  /// The SHA-256 of the line in hexadecimal.
  package var head: String { digest.hexadecimal }

  /// A member that is a string.
  package func text(_ name: String) -> String? { Self.text(name, in: document) }

  /// A member that is a whole number.
  package func number(_ name: String) -> Int? { Self.number(name, in: document) }

  package func truth(_ name: String) -> Bool? {
    document.member(name, of: JSONDocument.root).flatMap { index in
      switch document.kind(index) {
      case .true: true
      case .false: false
      default: nil
      }
    }
  }

  /// A string or number in a member that is an object.
  package func text(_ name: String, in object: String) -> String? {
    document.member(object, of: JSONDocument.root).flatMap { document.member(name, of: $0) }.flatMap { index in
      [.string, .number].contains(document.kind(index)) ? document.string(index) : nil
    }
  }

  private static func text(_ name: String, in document: JSONDocument) -> String? {
    document.member(name, of: JSONDocument.root).flatMap { document.kind($0) == .string ? document.string($0) : nil }
  }

  private static func number(_ name: String, in document: JSONDocument) -> Int? {
    document.member(name, of: JSONDocument.root).flatMap {
      document.kind($0) == .number ? Int(document.string($0)) : nil
    }
  }
}

/// Why a line is no record.
package struct AuditEntryError: Error, Sendable, Equatable {
  package var problem: String

  init(_ problem: String) { self.problem = problem }
}
