/// A request and what has become of it.
package struct ApprovalRecord: Sendable, Equatable {
  /// Short, for people to type: `k7f3`.
  package var id: String
  package var request: ApprovalRequest
  /// Random bytes that tell this request from a later one for the same call.
  package var nonce: [UInt8]
  package var created: Int
  package var expires: Int
  package var status: Status
  package var decision: Decision?

  package init(
    id: String, request: ApprovalRequest, nonce: [UInt8], created: Int, expires: Int, status: Status
  ) {
    self.id = id
    self.request = request
    self.nonce = nonce
    self.created = created
    self.expires = expires
    self.status = status
  }

  package enum Status: String, Sendable, CaseIterable {
    case open
    /// A person has said yes to this call, and it has not been made yet.
    case approved
    /// A person has said yes to this and others of its kind for a time; the answer is a lease now.
    case leased
    /// The call that it was good for has been let go.
    case consumed
    /// A person has said no, which holds until the request expires.
    case denied
    case expired
  }

  /// Who answered, when, and with what proof.
  package struct Decision: Sendable, Equatable {
    /// nil for a denial.
    package var way: ApprovalWay?
    package var at: Int
    package var signature: [UInt8]?
  }

  /// What a key signs to approve this; with `leaseEnds`, also calls like it until then.
  package func statement(leaseEnds: Int? = nil) -> ApprovalStatement {
    ApprovalStatement(
      nonce: nonce, expires: expires, leaseEnds: leaseEnds, subject: request.subject, scope: request.scope)
  }
}

/// A person's yes.
package struct ApprovalGrant: Sendable, Equatable {
  package var way: ApprovalWay
  /// Until when a lease shall hold, in the database's time; nil approves the one call.
  package var leaseEnds: Int?
  /// For the way `key`: of the record's statement.
  package var signature: [UInt8]?

  package init(_ way: ApprovalWay, leaseEnds: Int? = nil, signature: [UInt8]? = nil) {
    self.way = way
    self.leaseEnds = leaseEnds
    self.signature = signature
  }
}

/// What came of an attempt to approve or deny.
package enum ApprovalAnswer: Sendable, Equatable {
  case done(ApprovalRecord)
  case unknown
  /// It was answered before, or has expired.
  case notOpen(ApprovalRecord.Status)
  case wayNotAllowed(Set<ApprovalWay>)
  /// No lease is offered, or not one so long.
  case leaseNotOffered(milliseconds: Int?)
  case signatureMissing
}

/// Which request a person means.
package enum ApprovalLookup: Sendable, Equatable {
  case found(ApprovalRecord)
  case unknown
  /// The ids that begin so.
  case ambiguous([String])
}
