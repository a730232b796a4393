import LatchCompiler
import LatchSource
import Testing

/// Nothing here opens any door: the tokens are the alphabet.
@Suite("Credentials in a policy")
struct CredentialTests {
  private static let token = "gh" + "p_0123456789abcdefghijABCDEFGHIJ012345"
  private static let letters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKL"
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
      ("command: server, args: ['--config', '\(token)']", "pass it in `env`"),
      ("command: server, secret_in_args: false, args: ['--password=hunter2hunter2']", "pass it in `env`"),
      ("command: server, env: { A: { command: [/bin/echo, '\(token)'] } }", "let the command read it"),
      ("command: server, env: { PASSWORD: 'hunter2${env:X}' }", "write a reference"),
    ])
  func withoutFix(_ keys: String, _ advice: String) throws {
    let found = credentials("  fs: { \(keys) }")
    let finding = try #require(found.first)
    #expect(found.count == 1 && finding.fix == nil)
    #expect(finding.message.contains(advice))
  }

  @Test(
    "A credential that is given as an argument is found, whether its name stands in it or before it",
    arguments: [
      "--token, Zk39dkqQ93kdLw0sAAZk39dkqQ", "--token=Zk39dkqQ93kdLw0sAAZk39dkqQ", "--password, hunter2",
      "--api-key, \(letters)", "--password=hunter2", "-password, hunter2", "--db-password, hunter2",
      "--adminPassword, hunter2", "-e, DB_PASSWORD=hunter2", "--password, '12345678'", "--PASSWORD, 'hunter&2'",
      "'--password=a&bcdef'", "--auth, 'Bearer \(token)'", "--access_token, '${env:A:-Zk39dkqQ93kdLw0sAAZk39dkqQ}'",
      "--password, '${env:A:-hunter2}'", "--no-color, --token, Zk39dkqQ93kdLw0sAAZk39dkqQ",
    ])
  func arguments(_ arguments: String) {
    let found = credentials("  fs: { command: server, args: [/srv/files.json, \(arguments)], secret_in_args: true }")
    #expect(found.count == 1)
    #expect(found.first?.fix?.edits.count == 1)
  }

  @Test(
    "What stands behind an option is no credential where the option is a switch, or the value a reference or a path",
    arguments: [
      "--token, '${env:TOKEN}'", "--password, '${file:/run/secrets/x}'", "--password, --verbose", "--password",
      "--key-file, /etc/latch/key", "--token-file, secrets.txt", "--password, ./secrets/pw", "--pwd, /work",
      "--pass, '${project}/pw'", "--token-limit, '4096'", "--max-tokens, '4096'", "--auth, none", "--auth, oauth2",
      "--password, 'true'", "--password, ''", "--pass, '8080'", "--password, your-password-here", "--token, '<token>'",
      "--no-password, database", "--ask-pass, inventory.ini", "--ask-become-pass, site.yml",
      "--password-stdin, ghcr.io", "--password-rounds, '100000'", "--secret, my-app-secret-v2",
      "--no-auth-token, 550e8400-e29b-41d4-a716-446655440000", "--project-id, 550e8400-e29b-41d4-a716-446655440000",
      "--issue-key, PROJ-1234", "--password, '$PASSWORD'", "--key, value", "-p, hunter2", "password, hunter2",
    ])
  func harmlessArguments(_ arguments: String) {
    let found = credentials("  fs: { command: server, args: [\(arguments)], secret_in_args: true }")
    #expect(found.isEmpty, "\(found)")
  }

  @Test("In the place of an argument's value stands a reference, which the upstream permits from then on")
  func fixedArguments() throws {
    let block = """
        fs:
          command: server
          args:
            - --token
            - Zk39dkqQ93kdLw0sAAZk39dkqQ
      """
    let mended = """
        fs:
          command: server
          secret_in_args: true
          args:
            - --token
            - "${env:TOKEN}"
      """
    for (written, instead) in [
      (block, mended),
      (
        "  fs: { command: server, args: [--password=hunter2] }",
        "  fs: { command: server, secret_in_args: true, args: [\"--password=${env:PASSWORD}\"] }"
      ),
      (
        "  fs: { args: [-e, 'A=\(Self.token)'], secret_in_args: true, command: server }",
        "  fs: { args: [-e, \"A=${env:A}\"], secret_in_args: true, command: server }"
      ),
      (
        "  fs: { command: server, args: [--db-password, '${env:X:-hunter2}'] }",
        "  fs: { command: server, secret_in_args: true, args: [--db-password, \"${env:X}\"] }"
      ),
    ] {
      let (text, errors) = try self.mended(written)
      #expect(text == project(instead))
      #expect(errors.isEmpty, "\(errors)")
    }
  }

  @Test("All credentials of an upstream's arguments can be mended at once")
  func severalArguments() {
    let text = project(
      "  fs: { command: server, args: [--token, \(Self.token), --password=hunter2, --pat, \(Self.other)] }")
    let fixes = found(in: text).compactMap(\.fix)
    let (bytes, applied) = apply(fixes, to: Source(path: "latch.yaml", text: text))
    #expect(applied.count == 3)
    #expect(!found(in: String(decoding: bytes, as: UTF8.self)).hasErrors)
  }

  @Test(
    "No fix is written for arguments that two upstreams share: each would have to permit the reference",
    arguments: [
      "  a: { command: x, args: &a [--password, hunter2] }\n  b: { command: x, args: *a }",
      "  a: &a { command: x, args: [--password, hunter2] }\n  b: { <<: *a, command: y }",
    ])
  func sharedArguments(_ upstreams: String) {
    let found = credentials(upstreams)
    #expect(found.count == 1 && found.allSatisfy { $0.fix == nil })
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
