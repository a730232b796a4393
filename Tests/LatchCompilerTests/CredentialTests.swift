import LatchCompiler
import LatchSource
import Testing

/// Nothing here opens any door: the tokens are the alphabet.
@Suite("Credentials in a policy")
struct CredentialTests {
  private static let token = "gh" + "p_0123456789abcdefghijABCDEFGHIJ012345"
  private static let other = "gh" + "p_0123456789abcdefghijABCDEFGHIJ012346"

  private func project(_ upstreams: String) -> String { "version: 1\nname: demo\nupstreams:\n\(upstreams)\n" }

  private func credentials(_ upstreams: String) -> [Diagnostic] {
    found(in: project(upstreams)).filter { $0.code == "L3008" }
  }

  /// The text after the only fix for a credential, and the errors that are left.
  private func mended(_ upstreams: String) throws -> (text: String, errors: [String]) {
    let text = project(upstreams)
    let fixes = found(in: text).filter { $0.code == "L3008" }.compactMap(\.fix)
    try #require(fixes.count == 1)
    let new = apply(fixes, to: Source(path: "latch.yaml", text: text)).bytes
    let after = String(decoding: new, as: UTF8.self)
    return (after, found(in: after).filter { $0.severity == .error }.map(\.message))
  }

  @Test(
    "What a fix writes is a reference that can stand there, and keeps what is no credential",
    arguments: [
      ("TOKEN", token, "${env:TOKEN}"), ("PASSWORD", "hunter2hunter2", "${env:PASSWORD}"),
      ("PASSWORD", "${env:X:-hunter2hunter2}", "${env:X}"),
      ("DB", "${env:DB_PASSWORD:-hunter2hunter2}", "${env:DB_PASSWORD}"),
      ("DB", "a:${env:DB_PASSWORD:-hunter2hunter2}:${env:PORT:-80}", "a:${env:DB_PASSWORD}:${env:PORT:-80}"),
      ("AUTH", "Bearer \(token)", "Bearer ${env:AUTH}"),
    ])
  func fixes(_ name: String, _ written: String, _ instead: String) throws {
    for key in ["command: server, env", "url: 'https://x.example', headers"] {
      let (text, errors) = try mended("  fs: { \(key): { \(name): '\(written)' } }")
      #expect(text == project("  fs: { \(key): { \(name): \"\(instead)\" } }"))
      #expect(errors.isEmpty, "\(errors)")
    }
  }

  @Test("The name of a header becomes the name of a variable")
  func headers() throws {
    let (text, errors) = try mended("  api: { url: 'https://x.example', headers: { 2nd-Api-Key: '\(Self.token)' } }")
    #expect(text.contains("2nd-Api-Key: \"${env:_2ND_API_KEY}\""))
    #expect(errors.isEmpty, "\(errors)")
  }

  @Test(
    "No fix leads to another mistake: where no reference can stand, it is said what to do",
    arguments: [
      ("url: 'https://x.example/?api_key=\(token)'", "move it to `headers`"),
      ("command: server, args: ['\(token)']", "pass it in `env`"),
      ("command: server, args: ['--password=hunter2hunter2']", "pass it in `env`"),
      ("command: server, env: { A: { command: [/bin/echo, '\(token)'] } }", "let the command read it"),
      ("command: server, env: { PASSWORD: 'hunter2${env:X}' }", "write a reference"),
    ])
  func withoutFix(_ keys: String, _ advice: String) throws {
    let found = credentials("  fs: { \(keys) }")
    let finding = try #require(found.first)
    #expect(found.count == 1 && finding.fix == nil)
    #expect(finding.message.contains(advice))
  }

  private func replacements(_ upstreams: [String]) -> [String?] {
    credentials(upstreams.joined(separator: "\n")).map { $0.fix?.edits.first?.replacement }
  }

  @Test("Two credentials get two variables, also where one has been moved already")
  func variables() {
    let upstreams = [Self.token, Self.other, Self.token].enumerated().map { index, token in
      "  u\(index): { command: server, env: { TOKEN: \(token) } }"
    }
    #expect(replacements(upstreams) == ["\"${env:TOKEN}\"", "\"${env:U1_TOKEN}\"", "\"${env:TOKEN}\""])
    let moved = "  a: { command: server, env: { TOKEN: '${env:TOKEN}' } }"
    #expect(replacements([moved, upstreams[1]]) == ["\"${env:U1_TOKEN}\""])
  }

  @Test(
    "Another mistake in an upstream hides no credential",
    arguments: ["timeout: 5", "tmeout: 5s", "env: { PORT: 8080, TOKEN: \(token) }", "env: { 'A B': \(token) }"])
  func brokenUpstream(_ keys: String) {
    let env = keys.hasPrefix("env") ? "" : ", env: { TOKEN: \(Self.token) }"
    #expect(credentials("  fs: { command: server, \(keys)\(env) }").count == 1)
  }
}
