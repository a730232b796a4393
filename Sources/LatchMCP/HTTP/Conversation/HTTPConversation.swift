import LatchJSON
import Synchronization

/// What has been handed over and not been answered or delivered, in bytes.
final class Backlog: Sendable {
  private let bytes = Mutex(0)
  private let bound: Int
  /// What the smallest message takes up.
  private static let least = 1024

  init(bound: Int) { self.bound = bound }

  /// False if there is no room.
  func add(_ count: Int) -> Bool {
    bytes.withLock { bytes in
      guard bytes + max(count, Self.least) <= bound else { return false }
      bytes += max(count, Self.least)
      return true
    }
  }

  var isEmpty: Bool { bytes.withLock { $0 == 0 } }

  func remove(_ count: Int) { bytes.withLock { $0 -= max(count, Self.least) } }
}

/// The conversation with one server: which requests are under way, what session they belong to, and what is said when
/// the server has forgotten it. A request is sent once, whatever happens.
actor HTTPConversation {
  /// A request that has no answer yet.
  struct Exchange {
    /// Tells it from another that had the same id.
    let serial: Int
    let message: OutgoingMessage
    let watchdog: Watchdog
    /// nil while it waits for its turn.
    var task: Task<Void, Never>?
    /// The server has been told (handshake revisions): it need not answer any more.
    var isCancelled = false
  }

  enum State { case open, renewing, ended }

  let link: HTTPLink
  let inbox: Inbox
  /// For all that is being read.
  let room: Room
  let backlog: Backlog
  let endpoint: HTTPEndpoint
  let limits: HTTPLimits

  var state = State.open
  var remote: RemoteSession
  var secrets: Secrets
  var toolHeaders = ToolHeaders()
  var exchanges: [MessageKey: Exchange] = [:]
  /// Those that wait for their turn, in order.
  var waiting: [MessageKey] = []
  var running = 0
  var lastSerial = 0
  /// Requests wait for this: the handshake, or its repetition.
  var gate: Task<Void, Never>?
  /// Notifications and answers go one after the other.
  var lane: Task<Void, Never>?
  /// Reads what the server says of its own accord.
  var listener: Task<Void, Never>?
  /// What the server asked in this session and has no answer to.
  var questions = ServerQuestions()
  /// All that is going on, to be waited for at the end.
  private var works: [Int: Task<Void, Never>] = [:]
  private var lastWork = 0
  /// Who waits to hear where messages are to be posted (2024-11-05).
  var awaitsAddress: CheckedContinuation<HTTPAddress?, Never>?
  /// The newest session that the owner knows of.
  var confirmed = 0
  var renewals = 0
  /// When the session was opened.
  var openedAt: ContinuousClock.Instant?
  /// How many answers are being read that nobody wants.
  var drains = 0
  private var noted: Set<String> = []

  init(_ endpoint: HTTPEndpoint, link: HTTPLink, inbox: Inbox, backlog: Backlog, limits: HTTPLimits) {
    self.endpoint = endpoint
    self.link = link
    self.inbox = inbox
    self.backlog = backlog
    self.limits = limits
    room = Room(for: 2 * limits.message.bytes)
    remote = RemoteSession(address: endpoint.address)
    secrets = Secrets(endpoint)
  }

  /// Carries out what the owner wants, one thing after the other, until there is no more.
  func run(_ orders: AsyncStream<Order>) async {
    for await order in orders {
      switch order {
      case .send(let message): take(message)
      case .confirmRenewal(let session): confirmed = max(confirmed, session)
      }
    }
    await shutDown()
  }

  enum Order: Sendable {
    case send(OutgoingMessage)
    case confirmRenewal(Int)
  }

  /// The owner does not know yet that there is another session: a call of its may have been decided for the one before.
  var isUnconfirmed: Bool { confirmed < remote.generation }

  /// Whether what belongs to a session is still of interest; what belongs to none (nil) always is.
  func isCurrent(_ generation: Int?) -> Bool { generation.map { $0 == remote.generation } ?? true }

  /// Says once of each kind what happened.
  func note(_ text: String) {
    let text = secrets.cleaned(text)
    guard noted.count < 256, noted.insert(text).inserted else { return }
    inbox.add(.note(text))
  }

  /// There will be no more answers.
  func end(_ failure: HTTPFailure) {
    guard state != .ended else { return }
    state = .ended
    failAll(failure)
    listener?.cancel()
    announce(nil)
    inbox.add(.ended(failure))
  }

  /// Begins something that the end has to wait for.
  func begin(_ work: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
    lastWork += 1
    let number = lastWork
    let task = Task {
      await work()
      works[number] = nil
    }
    works[number] = task
    return task
  }

  private func shutDown() async {
    end(.closed)
    for work in works.values { work.cancel() }
    // A session that nobody will need is given back; a server may refuse that.
    if let id = remote.id, !remote.isEventStream {
      let request = HTTPRequest(
        method: .delete, address: remote.address, fields: remote.fields, patience: limits.farewell)
      secrets.setSession(id)
      _ = try? await link.send(request)
    }
    inbox.close()
    for work in works.values { await work.value }
    await link.shutDown()
  }
}
