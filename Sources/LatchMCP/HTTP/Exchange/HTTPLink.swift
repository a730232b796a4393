import AsyncHTTPClient
import LatchLaunch
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// One request to the server.
struct HTTPRequest: Sendable {
  enum Method: String, Sendable { case get = "GET", post = "POST", delete = "DELETE" }

  var method: Method
  var address: HTTPAddress
  var fields: [(name: String, value: String)]
  var body: [UInt8] = []
  /// For the first byte of the answer, connecting included.
  var patience: Duration
}

/// Sends single requests to one origin, and follows nobody away from it.
///
/// A request is never repeated by itself. Connections are given up before servers usually close them, so that a call
/// does not meet a connection that is just ending. HTTP/1.1 only: each stream is a connection of its own.
struct HTTPLink: Sendable {
  private let group: MultiThreadedEventLoopGroup
  private let client: HTTPClient
  private let endpoint: HTTPEndpoint
  private let redirects: Int

  init(_ endpoint: HTTPEndpoint, limits: HTTPLimits, environment: ProcessEnvironment) throws(LaunchError) {
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: try .verifying(environment), redirectConfiguration: .disallow,
      timeout: .init(connect: TimeAmount(limits.connect)), decompression: .disabled)
    configuration.httpVersion = .http1Only
    configuration.connectionPool = .init(
      idleTimeout: .seconds(4), concurrentHTTP1ConnectionsPerHostSoftLimit: limits.requests + 64)
    configuration.connectionPool.retryConnectionEstablishment = false
    if let proxy = try ProxySetting.chosen(for: endpoint.address.origin, in: environment) {
      configuration.proxy = .init(proxy)
    }
    configuration.http1_1ConnectionDebugInitializer = { channel in
      channel.eventLoop.makeCompletedFuture { try StatusCheck.stand(in: channel) }.flatMap {
        // A stream may be silent for long: the system finds out that the other machine is gone.
        channel.setOption(ChannelOptions.socketOption(.so_keepalive), value: 1)
      }
    }
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    client = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
    self.endpoint = endpoint
    redirects = limits.redirects
  }

  /// Where timers run.
  var loop: any EventLoop { group.next() }

  /// The head of the answer, after at most a few hops on the same origin: 307 and 308 for every method, others for GET.
  func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPReply {
    var request = request
    for _ in 0...redirects {
      let response = try await execute(request)
      guard let next = try redirection(of: request, response) else { return try HTTPReply(response) }
      request.address = next
    }
    throw .redirected("the server redirects more than \(redirects) times")
  }

  /// The head of the answer, which may be a redirection.
  func answer(to request: HTTPRequest) async throws(HTTPFailure) -> HTTPReply {
    try HTTPReply(try await execute(request))
  }

  private func execute(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPClientResponse {
    var sent = HTTPClientRequest(url: request.address.text)
    sent.method = HTTPMethod(rawValue: request.method.rawValue)
    sent.headers.add(name: "User-Agent", value: "latch")
    for field in endpoint.fields { sent.headers.replaceOrAdd(name: field.name, value: field.value) }
    sent.headers.add(name: "Accept-Encoding", value: "identity")
    for field in request.fields { sent.headers.add(name: field.name, value: field.value) }
    if request.method == .post { sent.body = .bytes(ByteBuffer(bytes: request.body)) }
    do {
      return try await client.execute(sent, deadline: .now() + TimeAmount(request.patience))
    } catch {
      throw HTTPFailure(error)
    }
  }

  private func redirection(of request: HTTPRequest, _ response: HTTPClientResponse) throws(HTTPFailure) -> HTTPAddress?
  {
    let status = response.status.code
    guard [301, 302, 303, 307, 308].contains(status) else { return nil }
    guard status == 307 || status == 308 || request.method == .get else {
      throw .redirected("the server redirects a message (HTTP status \(status)); write the final URL in the project")
    }
    let places = response.headers["location"]
    guard places.count == 1, let next = request.address.resolving(places[0]) else {
      // No more of it than the origin: the rest may repeat what the server was sent.
      let place = places.first.flatMap(HTTPAddress.init)?.origin.text
      throw .redirected(
        "the server redirects to \(place.map { "`\($0)`" } ?? "another place"), which is not followed; "
          + "if that is right, write the final URL as the `url`")
    }
    return next
  }

  func shutDown() async {
    try? await client.shutdown()
    try? await group.shutdownGracefully()
  }
}

extension HTTPClient.Configuration.Proxy {
  fileprivate init(_ setting: ProxySetting) {
    let credentials = setting.user.map { user in
      HTTPClient.Authorization.basic(username: user, password: setting.password ?? "")
    }
    self = .server(host: setting.host, port: setting.port, authorization: credentials)
  }
}

extension TLSConfiguration {
  /// Certificates are always verified: against the system's authorities, or those in the file that `SSL_CERT_FILE`
  /// names instead.
  fileprivate static func verifying(_ environment: ProcessEnvironment) throws(LaunchError) -> TLSConfiguration {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    guard let path = environment["SSL_CERT_FILE"], !path.isEmpty else { return configuration }
    guard let certificates = try? NIOSSLCertificate.fromPEMFile(path), !certificates.isEmpty else {
      throw .unsuitableSetting(name: "SSL_CERT_FILE", problem: "must name a file with certificates in PEM form")
    }
    configuration.trustRoots = .certificates(certificates)
    return configuration
  }
}

extension TimeAmount {
  init(_ duration: Duration) { self = .milliseconds(Int64(duration.wholeMilliseconds)) }
}
