/// What became of the record since it was written.
package struct AuditVerification: Sendable, Equatable {
  /// Something that is not as it was written.
  package struct Finding: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
      case changed, dropped, inserted, reordered
      /// The end is not there that is known to have been.
      case truncated
      /// A file is not there that is known to have been.
      case missing
      /// A file is there that nobody knows of.
      case unknown
      case unreadable
    }

    package var kind: Kind
    package var file: String
    /// The number of the record, where it is one's.
    package var seq: Int?
    package var message: String
  }

  /// Something of which it could not be found out.
  package struct Gap: Sendable, Equatable {
    /// nil if it is true of all files.
    package var file: String?
    package var message: String
  }

  package internal(set) var files = 0
  package internal(set) var records = 0
  /// How many of them are known to be as they were written.
  package internal(set) var verified = 0
  package internal(set) var findings: [Finding] = []
  package internal(set) var unverified: [Gap] = []

  package var isSound: Bool { findings.isEmpty }
}
