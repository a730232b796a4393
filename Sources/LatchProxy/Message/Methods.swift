import LatchJSON

/// What `allow:` of an upstream can let through besides tools, resources and prompts.
enum Feature: String, Sendable, CaseIterable {
  case elicitation, logging, roots, sampling, tasks
}

/// The requests that a client may send, of every known revision; others are refused.
enum ClientRequest: String, KnownMethod {
  static let names = MethodNames<Self>()

  case toolsCall = "tools/call"
  case toolsList = "tools/list"
  case ping
  case resourcesRead = "resources/read"
  case promptsGet = "prompts/get"
  case completionComplete = "completion/complete"
  case resourcesList = "resources/list"
  case resourceTemplatesList = "resources/templates/list"
  case resourcesSubscribe = "resources/subscribe"
  case resourcesUnsubscribe = "resources/unsubscribe"
  case promptsList = "prompts/list"
  case loggingSetLevel = "logging/setLevel"
  case tasksGet = "tasks/get"
  case tasksResult = "tasks/result"
  case tasksList = "tasks/list"
  case tasksCancel = "tasks/cancel"
  case tasksUpdate = "tasks/update"
  case subscriptionsListen = "subscriptions/listen"
  case initialize
  case discover = "server/discover"

  /// The reserved name under which policy decides what is not a tool.
  var reservedTool: String? {
    switch self {
    case .resourcesRead, .resourcesSubscribe, .subscriptionsListen: "@resources/read"
    case .promptsGet: "@prompts/get"
    case .completionComplete: "@completion/complete"
    default: nil
    }
  }

  /// What `allow:` must name for the request to pass.
  var feature: Feature? {
    switch self {
    case .loggingSetLevel: .logging
    case .tasksGet, .tasksResult, .tasksList, .tasksCancel, .tasksUpdate: .tasks
    default: nil
    }
  }

  /// Whether its answer comes when something happens, however long that takes.
  var waitsByDesign: Bool { self == .subscriptionsListen || self == .tasksResult }

  /// Whether it may be answered with `inputRequests` (2026-07-28).
  var mayAskBack: Bool { self == .toolsCall || self == .promptsGet || self == .resourcesRead }
}

/// The notifications that a client may send; others are dropped.
enum ClientNotification: String, KnownMethod {
  static let names = MethodNames<Self>()

  case initialized = "notifications/initialized"
  case cancelled = "notifications/cancelled"
  case progress = "notifications/progress"
  case rootsListChanged = "notifications/roots/list_changed"
  case tasksStatus = "notifications/tasks/status"

  var feature: Feature? {
    switch self {
    case .rootsListChanged: .roots
    case .tasksStatus: .tasks
    default: nil
    }
  }
}

/// The requests that a server may send (handshake revisions only); others are answered as unknown.
enum ServerRequest: String, KnownMethod {
  static let names = MethodNames<Self>()

  case ping
  case sampling = "sampling/createMessage"
  case elicitation = "elicitation/create"
  case roots = "roots/list"
  case tasksGet = "tasks/get"
  case tasksResult = "tasks/result"
  case tasksList = "tasks/list"
  case tasksCancel = "tasks/cancel"

  var feature: Feature? {
    switch self {
    case .ping: nil
    case .sampling: .sampling
    case .elicitation: .elicitation
    case .roots: .roots
    case .tasksGet, .tasksResult, .tasksList, .tasksCancel: .tasks
    }
  }
}

extension ServerRequest {
  /// Whether the answer takes as long as a person takes.
  var asksAPerson: Bool { self == .elicitation || self == .sampling }
}

/// The notifications that a server may send; others are dropped.
enum ServerNotification: String, KnownMethod {
  static let names = MethodNames<Self>()

  case progress = "notifications/progress"
  case message = "notifications/message"
  case cancelled = "notifications/cancelled"
  case toolsListChanged = "notifications/tools/list_changed"
  case promptsListChanged = "notifications/prompts/list_changed"
  case resourcesListChanged = "notifications/resources/list_changed"
  case resourcesUpdated = "notifications/resources/updated"
  case elicitationComplete = "notifications/elicitation/complete"
  case tasksStatus = "notifications/tasks/status"
  case tasks = "notifications/tasks"
  case subscriptionsAcknowledged = "notifications/subscriptions/acknowledged"

  var feature: Feature? {
    switch self {
    case .message: .logging
    case .elicitationComplete: .elicitation
    case .tasksStatus, .tasks: .tasks
    default: nil
    }
  }
}

/// Methods that stand in an enumeration, with the likeliest first.
protocol KnownMethod: CaseIterable, RawRepresentable<String>, Sendable {
  static var names: MethodNames<Self> { get }
}

/// The methods' names, ready to be compared.
struct MethodNames<Known: KnownMethod>: Sendable {
  private let all = Array(Known.allCases)
  private let names = Known.allCases.map { Array($0.rawValue.utf8) }

  func find(_ name: Span<UInt8>) -> Known? {
    for index in names.indices {
      let known = names[index]
      if isSame(known.span, name) { return all[index] }
    }
    return nil
  }
}

extension MessageScan {
  /// Which of the known methods the message names, byte for byte.
  func method<Known: KnownMethod>(of known: Known.Type, in line: Span<UInt8>) -> Known? {
    guard let method = self[.method], method.kind == .string else { return nil }
    if method.isEscaped {
      let name = content(method, in: line)
      return known.names.find(name.span)
    }
    return known.names.find(line.extracting(method.range.lowerBound + 1..<method.range.upperBound - 1))
  }

  /// The method's name for people, who need no more of it than its beginning.
  func methodName(in line: Span<UInt8>) -> String {
    guard let method = self[.method] else { return "" }
    let name = content(method, in: line)
    return String(decoding: name.prefix(120), as: UTF8.self) + (name.count > 120 ? "…" : "")
  }
}
