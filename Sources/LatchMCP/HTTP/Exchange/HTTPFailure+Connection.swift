import AsyncHTTPClient
import LatchLaunch
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension HTTPFailure {
  /// What a failed connection means. The texts of the error itself are never used: they may hold header values.
  init(_ error: any Error) {
    switch error {
    case is CancellationError: self = .closed
    case let error as HTTPClientError: self.init(client: error)
    case let error as NIOConnectionError: self = .unreachable(Self.reason(error))
    case let error as IOError: self = error.isConnecting ? .unreachable(describe(error.errnoCode)) : .broken
    case HTTPParserError.headerOverflow: self = .tooMuch("headers")
    case HTTPParserError.invalidEOFState: self = .broken
    case is HTTPParserError: self = .notUnderstood("it is not HTTP")
    case is NIOTooManyBytesError: self = .tooMuch("bytes")
    case let error as NIOSSLError: self = Self.encryption(error)
    case is NIOSSLExtraError: self = .unreachable("its certificate is for another name")
    case is ChannelError: self = .broken
    default: self = .broken
    }
  }

  private init(client error: HTTPClientError) {
    switch error {
    case .connectTimeout, .getConnectionFromPoolTimeout: self = .timedOut("take the connection")
    case .tlsHandshakeTimeout: self = .timedOut("agree on encryption")
    case .httpProxyHandshakeTimeout: self = .timedOut("come up behind the proxy")
    case .deadlineExceeded, .readTimeout: self = .timedOut("begin to answer")
    case .cancelled, .alreadyShutdown: self = .closed
    case .proxyAuthenticationRequired: self = .unreachable("the proxy wants other credentials")
    case .invalidProxyResponse: self = .unreachable("the proxy does not connect to it")
    case .remoteConnectionClosed, .uncleanShutdown: self = .broken
    default: self = .broken
    }
  }

  private static func reason(_ error: NIOConnectionError) -> String {
    guard let first = error.connectionErrors.first else { return "its name is not known" }
    return (first.error as? IOError).map { describe($0.errnoCode) } ?? "no connection"
  }

  private static func encryption(_ error: NIOSSLError) -> HTTPFailure {
    guard case .handshakeFailed(let reason) = error else {
      return error == .uncleanShutdown ? .broken : .unreachable("its encryption failed")
    }
    let isUntrusted = "\(reason)".utf8.split(separator: UInt8(ascii: ":")).contains { part in
      part.drop { $0 == 0x20 }.starts(with: "CERTIFICATE_VERIFY_FAILED".utf8)
    }
    return isUntrusted
      ? .unreachable("its certificate is not trusted; a private authority's goes into the file `SSL_CERT_FILE` names")
      : .unreachable("no encryption could be agreed on")
  }
}

extension IOError {
  /// Whether it came before anything could have been sent.
  fileprivate var isConnecting: Bool {
    [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ENETDOWN, EADDRNOTAVAIL, EMFILE, ENFILE].contains(errnoCode)
  }
}
