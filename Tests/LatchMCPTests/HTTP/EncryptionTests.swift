import Foundation
import LatchJSON
import LatchLaunch
import LatchMCP
import Testing

/// An authority and a server's certificate, made by `openssl` in a directory of their own.
private final class Authority: Sendable {
  let directory: URL

  static let isPossible = FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")

  init(for names: String) throws {
    directory = FileManager.default.temporaryDirectory.appending(
      path: "latch-authority-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    try openssl(
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -keyout ca.key -out ca.pem -subj /CN=test"
    )
    try openssl(
      "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout server.key -out server.csr -subj /CN=server")
    try Data("subjectAltName=\(names)".utf8).write(to: directory.appending(path: "names"))
    try openssl(
      "x509 -req -days 2 -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile names -out server.pem")
  }

  deinit { try? FileManager.default.removeItem(at: directory) }

  func path(_ name: String) -> String { directory.appending(path: name).path() }

  private func openssl(_ words: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/openssl")
    process.arguments = words.split(separator: " ").map(String.init)
    process.currentDirectoryURL = directory
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}

@Suite(.serialized, .enabled(if: Python.path != nil && Authority.isPossible, "python3 and openssl are needed"))
struct EncryptionTests {
  private func server(_ authority: Authority) throws -> ScriptedServer {
    try ScriptedServer("plain", authority.path("server.pem"), authority.path("server.key"))
  }

  private func failure(_ url: String, _ environment: [ProcessEnvironment.Variable] = []) async throws -> HTTPFailure {
    let talk = try Talk(url, environment: environment)
    talk.request(5, "initialize", #"{"protocolVersion":"2025-11-25"}"#)
    return try await talk.failure(of: 5)
  }

  @Test func `a certificate of an unknown authority is refused, and accepted where the user names it`() async throws {
    let authority = try Authority(for: "IP:127.0.0.1,DNS:localhost")
    let server = try server(authority)
    for host in ["127.0.0.1", "localhost"] {
      let url = "https://\(host):\(server.port)/mcp"
      guard case .unreachable(let reason) = try await failure(url) else { return #expect(Bool(false)) }
      #expect(reason.contains("SSL_CERT_FILE"))
      let talk = try Talk(url, environment: [.init("SSL_CERT_FILE", authority.path("ca.pem"))])
      try await talk.open()
      talk.call(5)
      #expect(try await talk.message()["id"] == 5)
    }
    #expect(server.requests("initialize").count == 2)
  }

  @Test func `a certificate for another name is refused`() async throws {
    let authority = try Authority(for: "DNS:other.test")
    let server = try server(authority)
    for host in ["127.0.0.1", "localhost"] {
      let failure = try await failure(
        "https://\(host):\(server.port)/mcp", [.init("SSL_CERT_FILE", authority.path("ca.pem"))])
      guard case .unreachable = failure else { return #expect(Bool(false), "\(failure)") }
    }
    #expect(server.requests.isEmpty)
  }

  @Test(arguments: ["/no/such/file", "/etc/hostname"])
  func `a file that holds no certificates is an error, not the system's authorities`(_ path: String) throws {
    #expect {
      _ = try Talk("https://localhost/mcp", environment: [.init("SSL_CERT_FILE", path)])
    } throws: { "\($0)".contains("SSL_CERT_FILE") }
  }

  @Test func `plain HTTP on an encrypted port, and the other way round, end clearly`() async throws {
    let authority = try Authority(for: "DNS:localhost")
    let encrypted = try server(authority)
    let plain = try ScriptedServer("plain")
    for url in ["http://127.0.0.1:\(encrypted.port)/mcp", "https://127.0.0.1:\(plain.port)/mcp"] {
      _ = try await failure(url)
    }
    #expect(encrypted.requests.isEmpty && plain.requests.isEmpty)
  }

  @Test func `a proxy is asked to connect, and sees no credential of the server's`() async throws {
    let proxy = try ScriptedServer("plain")
    let talk = try Talk(
      "http://mcp.invalid/mcp", fields: [("Authorization", "Bearer t0psecret")],
      environment: [.init("HTTP_PROXY", "http://user:pass@127.0.0.1:\(proxy.port)")])
    try await talk.open()
    let connect = try #require(proxy.requests.first)
    #expect(connect.method == "CONNECT" && connect.path == "mcp.invalid:80")
    #expect(connect.headers["authorization"] == nil && connect.headers["proxy-authorization"] == "Basic dXNlcjpwYXNz")
    #expect(proxy.requests("initialize").first?.headers["proxy-authorization"] == nil)
    #expect(proxy.requests("initialize").first?.headers["authorization"] == "Bearer t0psecret")
  }

  @Test func `a proxy that does not connect ends the request`() async throws {
    let talk = try Talk(
      "http://mcp.invalid/mcp", environment: [.init("http_proxy", "http://127.0.0.1:1")])
    talk.request(5, "initialize", #"{"protocolVersion":"2025-11-25"}"#)
    guard case .unreachable = try await talk.failure(of: 5) else { return #expect(Bool(false)) }
  }
}
