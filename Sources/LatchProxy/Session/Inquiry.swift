import LatchJSON
import LatchPolicy

/// A request that policy decides about, and all that is said of it in the record and to a person.
struct Inquiry: Sendable {
  var id: RequestID
  var method: ClientRequest
  var call: Call
  var arguments: AuditArguments
  /// The request's number in the record.
  var number: Int
  var trace: TraceContext?
  /// What the person said who was asked about it.
  var answer: ConsentAnswer?
  /// Whether the request can be kept until a person has answered.
  var canWait: Bool
}

/// What becomes of a request.
enum Ruling: Sendable {
  case passes
  case answered([UInt8])
  /// A person is asked: `question` is what the client answers, `approval` what is waited for.
  case waits(question: RequestID, approval: String, deadline: Int)
}

/// What a person, or a client in a person's place, has answered.
struct ConsentAnswer: Sendable {
  enum Choice: Sendable { case once, lease, deny, dismissed }

  /// By what the answer is known to be one to the request: its id, where the question was asked by this process, else
  /// the seal that the client gives back.
  enum Proof: Sendable {
    case approval(String)
    case seal([UInt8])
  }

  var proof: Proof
  var choice: Choice

  func isTo(_ record: ApprovalRecord) -> Bool {
    switch proof {
    case .approval(let id): id.utf8.elementsEqual(record.id.utf8)
    case .seal(let seal): seal.elementsEqual(record.seal.utf8)
    }
  }
}

extension ApprovalRecord {
  /// Stands for the request in the client's hands. Only whoever knows the nonce can make it, and it is of no other
  /// request; the nonce itself stays here.
  var seal: String {
    "dev.latch/approval:"
      + hexadecimal(DigestBytes(domain: "latch-seal-v1", [nonce, request.call.bytes, Array(id.utf8)]).bytes)
  }

  static let sealBeginning = Array("dev.latch/approval:".utf8)
}
