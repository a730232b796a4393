import LatchLaunch

/// Messages to and from a server, over whichever transport it is reached.
struct SessionChannel: ~Copyable {
  private var lines: LineChannel?
  private let http: HTTPChannel?

  init(_ server: ServerAddress, limits: SessionLimits) throws(UpstreamError) {
    switch server {
    case .program(let command):
      lines = try LineChannel(command, limits: limits)
      http = nil
    case .endpoint(let endpoint):
      lines = nil
      http = try HTTPChannel(endpoint, limits: limits)
    }
  }

  mutating func send(_ line: [UInt8], for method: String, before deadline: Deadline) throws(UpstreamError) {
    if let http { return http.send(line) }
    try lines?.send(line, for: method, before: deadline)
  }

  mutating func receive(for method: String, before deadline: Deadline) throws(UpstreamError) -> [UInt8] {
    if let http { return try http.receive(for: method, before: deadline) }
    guard let line = try lines?.receive(for: method, before: deadline) else {
      preconditionFailure("a channel has a transport")
    }
    return line
  }
}
