package import LatchJSON
package import LatchPolicy

/// The proxy's mind: messages in; decisions, messages and changes of state out. It does no I/O and knows no clock but
/// the one passed in (microseconds, monotonic).
package struct Session: Sendable {
  /// What does not change while the session lasts.
  package struct Settings: Sendable {
    package var policy: Policy
    package var upstream: UpstreamPolicy
    /// By what the record and approvals know the policy.
    package var identity: PolicyIdentity
    package var client: String?
    /// The project's directory, empty where there is none.
    package var projectPath = ""
    package var limits: JSONLimits
    /// Begins the ids of the proxy's own requests; nobody can guess it.
    package var ownIDs: String
    /// Begins the ids of the questions to the client; the server never sees it.
    package var questionIDs: String
    package var gate: any Gate
    /// Whether what policy denies passes all the same, and is only recorded.
    package var observes = false
    package var audit = AuditTerms()
    /// So many bytes of requests may wait at a time.
    package var heldBytes = 1 << 26
    /// Whose signatures approve.
    package var approvalKeys: [ApprovalKey] = []

    package init(
      policy: Policy, upstream: UpstreamPolicy, identity: PolicyIdentity, client: String?, limits: JSONLimits,
      ownIDs: String, questionIDs: String, gate: any Gate
    ) {
      self.policy = policy
      self.upstream = upstream
      self.identity = identity
      self.client = client
      self.limits = limits
      self.ownIDs = ownIDs
      self.questionIDs = questionIDs
      self.gate = gate
    }
  }

  /// A request of the client's that has no answer yet.
  struct Pending: Sendable {
    var method: ClientRequest
    /// The array that its answer belongs into.
    var batch: Int?
    /// Whether it carries a state that the server gave the client.
    var carriesState = false
    /// When it came or, if it was held, when it went on.
    var since: Int
    /// Not sent on yet.
    var isHeld = false
    /// Whether it says of itself that it belongs to no session (2026-07-28).
    var isStateless = false
    /// The client does not wait any more; the server may answer all the same.
    var isCancelled = false
    /// Set once it went on, if it was judged.
    var passed: Passed?
  }

  /// A request that went on, as the record knows it.
  final class Passed: Sendable {
    /// Of the call, and of the record by which the decision is kept.
    let number: Int
    let record: Int
    let tool: String
    let decision: Decision
    let at: Int

    init(_ inquiry: Inquiry, _ decision: Decision, record: Int, at now: Int) {
      number = inquiry.number
      tool = inquiry.call.tool
      self.decision = decision
      self.record = record
      at = now
    }
  }

  /// A request as it came, and when waiting ends.
  struct Held: Sendable {
    enum Cause: Sendable, Equatable {
      /// The tools have to be verified.
      case tools
      /// A person has to answer.
      case person(RequestID, approval: String)
    }

    var id: RequestID
    var line: [UInt8]
    var deadline: Int
    var cause: Cause
    /// What the person has said already.
    var answer: ConsentAnswer?
  }

  /// So long a call waits for the tools to be verified.
  static let patience = 20_000_000
  /// So many requests may be without an answer.
  static let mostPending = 16_384

  var settings: Settings
  let project: ProjectKey
  let features: Set<Feature>
  let capabilities: CapabilityFilter
  var conversation = Conversation()
  var catalogue: Catalogue
  var pending: [RequestID: Pending] = [:]
  /// Requests of the server's that the client has not answered, and whether a person is waited for.
  var asked: [RequestID: Bool] = [:]
  var held: [Held] = []
  var timer = AnswerTimer()
  /// Questions of the proxy's own that the client has not answered, and about which request each is.
  var questions: [RequestID: RequestID] = [:]
  /// How many requests were judged.
  var judged = 0
  /// The time at which what is being looked at came.
  var now = 0
  var batches: [Int: Batch] = [:]
  /// The array whose elements are being looked at.
  var openBatch: Int?
  /// Why nothing goes on any more: said in answer to everything.
  package internal(set) var ending: String?
  /// Why nothing more is taken from the client, though what it asked before may still be answered.
  var leaving: String?
  var hasOfferedHandshake = false
  /// Whether the client has asked anything but `ping` and `server/discover`, after which it may begin anew.
  package internal(set) var hasBeenAsked = false
  var ownRequests = 0
  var batchCount = 0
  /// What was dropped and has been reported.
  var reported: Set<String> = []

  package init(_ settings: Settings) {
    self.settings = settings
    project = ProjectKey(realPath: settings.projectPath)
    features = Set(settings.upstream.allow.compactMap(Feature.init))
    capabilities = CapabilityFilter(allowing: features)
    catalogue = Catalogue(settings.upstream.tools)
  }

  /// When the first request may have waited long enough.
  package var deadline: Int? { held.isEmpty ? timer.next : (held.map(\.deadline) + [timer.next ?? .max]).min() }

  /// Whether waiting ends earlier than at that time.
  func isDue(before time: Int?) -> Bool { deadline.map { $0 < time ?? .max } ?? false }

  /// Whether calls wait for an answer of the server to the proxy.
  package var holdsCalls: Bool { held.contains { $0.cause == .tools } }

  var isObserving: Bool { settings.observes }
}

extension Session {
  /// A line that the client wrote, without its end.
  package mutating func fromClient(_ line: Span<UInt8>, at now: Int, _ effects: inout Effects) {
    self.now = now
    guard !line.isEmpty else { return }
    do {
      let scan = try MessageScan(line, limits: settings.limits)
      if scan.kind == .array, scan.lineBreak == nil {
        openArray(scan, line, &effects)
      } else {
        takeFromClient(scan, line, isWhole: true, &effects)
      }
    } catch {
      let message = "not a JSON message (byte \(error.offset)): \(error.message)"
      refuse(Message.Refusal(code: .parseError, message: message), &effects)
    }
  }

  /// One message; `isWhole` if the line is what the relay holds.
  mutating func takeFromClient(
    _ scan: MessageScan, _ line: Span<UInt8>, isWhole: Bool, _ effects: inout Effects
  ) {
    let message: Message
    do {
      message = try Message(scan, in: line, watchesParameters: true)
    } catch {
      return refuse(error, &effects)
    }
    let passing = Passing(scan: message.scan, isWhole: isWhole && openBatch == nil)
    switch message.shape {
    case .request(let id): request(id, passing, line, &effects)
    case .notification: notification(passing, line, &effects)
    case .response(let id):
      guard ending == nil, leaving == nil else { return }
      if let request = questions.removeValue(forKey: id) {
        return answered(id, of: request, passing, line, &effects)
      }
      guard asked.removeValue(forKey: id) != nil else {
        return report("an answer to nothing that the server asked", &effects)
      }
      timer.heard(at: now)
      passing.toUpstream(line, &effects)
    }
  }

  /// Answers what cannot be relied on; it goes no further.
  mutating func refuse(_ refusal: Message.Refusal, _ effects: inout Effects) {
    let answer = Answers.error(
      refusal.code, "Latch: \(refusal.message)", id: refusal.id, omitsUnknownID: conversation.omitsUnknownID)
    deliver(answer, batch: openBatch, &effects)
    effects.log.append("refused a message of the client: \(refusal.message)")
    recordEvent(.refused, refusal.message, &effects)
  }

  /// Says once of each kind what was dropped.
  mutating func report(_ what: String, _ effects: inout Effects) {
    guard reported.count < 256, reported.insert(what).inserted else { return }
    effects.log.append("dropped \(what)")
    recordEvent(.dropped, what, &effects)
  }

  /// A message that was read before; what was changed in it may have made it longer than a line may come.
  func rescan(_ line: Span<UInt8>) -> MessageScan? {
    try? MessageScan(line, limits: JSONLimits(bytes: .max, depth: settings.limits.depth))
  }

  /// The line is too long to be read; whoever sent it as a request is told so, if its beginning shows its id.
  package mutating func clientLineTooLong(_ beginning: Span<UInt8>, _ effects: inout Effects) {
    let id = RequestID(beginning: beginning, ofRequest: true).flatMap { pending[$0] == nil ? $0 : nil }
    refuse(Message.Refusal(message: "the message is over \(settings.limits.bytes) bytes", id: id), &effects)
  }
}

/// A message on its way, which goes on as it came unless a reader could take a character in it for a line's end.
struct Passing: Sendable {
  let scan: MessageScan
  /// Whether the message is all that stands in the line that the relay holds.
  let isWhole: Bool

  func toUpstream(_ line: Span<UInt8>, _ effects: inout Effects) {
    if goesAsItIs { effects.forwards = true } else { effects.tellUpstream(text(of: line)) }
  }

  func toClient(_ line: Span<UInt8>, _ effects: inout Effects) {
    if goesAsItIs { effects.forwards = true } else { effects.tellClient(text(of: line)) }
  }

  /// What goes on, in memory of its own.
  func text(of line: Span<UInt8>) -> [UInt8] {
    guard scan.hasUnicodeLineBreak else { return copy(0..<line.count, of: line) }
    var text: [UInt8] = []
    appendWithoutUnicodeLineBreaks(line, to: &text)
    return text
  }

  private var goesAsItIs: Bool { isWhole && !scan.hasUnicodeLineBreak }
}
