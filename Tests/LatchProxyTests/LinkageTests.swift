import Foundation
import Testing

/// What is not in the proxy cannot be turned against it.
@Suite struct LinkageTests {
  /// The bytes of the program, and so the names of all its symbols and libraries.
  private static let program = Result { try Data(contentsOf: URL(filePath: Product.path("latch-proxy"))) }

  private func holds(_ text: String) throws -> Bool { try Self.program.get().range(of: Data(text.utf8)) != nil }

  @Test(arguments: [
    "yaml_parser_", "libyaml", "libFoundation.so", "libFoundationNetworking", "12LatchCompiler", "11LatchSource",
    "12LatchClients", "14ArgumentParser", "9LatchKeys", "12CryptoExtras", "8LatchMCP", "7NIOCore", "6NIOSSL",
    "SSL_connect",
    "15AsyncHTTPClient",
  ])
  func `the proxy holds nothing of what it does not need`(_ name: String) throws { #expect(try !holds(name)) }

  @Test(arguments: ["10LatchProxy", "11LatchPolicy", "latch_spawn"])
  func `the search would find it`(_ name: String) throws { #expect(try holds(name)) }
}
