import LatchCompiler
import LatchLaunch
import LatchMCP
import LatchSource
import Testing

@Suite("References")
struct ReferenceTests {
  @Test("The compiler accepts exactly what the proxy's reader accepts")
  func agreement() {
    let words = [
      "${env:A}", "${env:A:-x}", "${env:A:-}", "${env:}", "${env:1}", "${env:A:x}", "${file:/a}", "${file:}",
      "${project}",
      "${home}", "${projec}", "${", "}", "$", "$${", "$$", "/", "x", "${env:A", "${}", "é",
    ]
    for one in words {
      for other in words + [""] {
        let text = one + other
        let found = found(in: project(environment: text)).filter { ["L3004", "L3005"].contains($0.code) }
        let proxyReads = (try? ReferenceText(parsing: text)) != nil
        // `${project}x` is read by the proxy and refused by the compiler: no path is meant by it.
        if !proxyReads { #expect(!found.isEmpty, "\(text)") }
        if found.contains(where: { $0.code == "L3004" }) { #expect(!proxyReads, "\(text)") }
      }
    }
  }

  private func project(environment text: String) -> String {
    "version: 1\nname: a\nupstreams:\n  fs:\n    command: server\n    env: { A: '\(text)' }\n"
  }

  @Test(
    "Addresses that two readers could understand differently are refused",
    arguments: [
      "https://a@b/", "https://", "https:///x", "https://a:0/", "https://a:99999/", "https://a\\b/", "https://a b/",
      "https://a%2eb/", "ftp://a/", "https://a/#x", "https://[::1/", "https://ä.example/", "//a", "https://a:b/",
    ])
  func badAddresses(_ url: String) {
    let text = "version: 1\nname: a\nupstreams:\n  api: { url: '\(url)' }\n"
    #expect(found(in: text).contains { $0.code == "L3006" })
  }

  @Test(
    "A name and a password in an address are not repeated",
    arguments: [
      "https://bob:s3cr3t@x.example/", "https://bob:s3cr3t@x.example/#a", "https://bob:s3cr3t/#?@x.example",
      "bob:s3cr3t@x.example", "https://bob:s3cr3t@x example/",
    ])
  func passwordsInAddresses(_ url: String) throws {
    let text = "version: 1\nname: a\nupstreams:\n  api: { url: '\(url)' }\n"
    let finding = try #require(found(in: text).first { $0.code == "L3006" })
    #expect(!finding.message.contains("s3cr3t") && !finding.message.contains("bob"))
    #expect(finding.message.contains("…@x"))
  }

  @Test(
    "Plain http is for this machine alone",
    arguments: [
      ("http://localhost:8080/mcp", true), ("http://127.0.0.1/", true), ("http://[::1]:3000/", true),
      ("http://127.0.0.1.example.com/", false), ("http://localhost.example.com/", false), ("http://10.0.0.1/", false),
      ("HTTP://EXAMPLE.COM/", false), ("https://example.com/", true),
    ])
  func plainHTTP(_ url: String, isFine: Bool) {
    let text = "version: 1\nname: a\nupstreams:\n  api: { url: '\(url)' }\n"
    #expect(found(in: text).contains { $0.code == "L3007" } == !isFine)
  }
}

@Suite("Names of tools and upstreams")
struct NamePatternTests {
  private func pattern(_ text: String) -> NamePattern { NamePattern(Spanned(text, Span(file: 0, start: 0, end: 0))) }

  @Test(
    "`*` stands for any characters, `?` for one, everything else for itself",
    arguments: [
      ("read_*", "read_file", true), ("read_*", "read_", true), ("read_*", "Read_file", false), ("*", "", true),
      ("?", "é", true), ("?", "", false), ("a*b*c", "aXbXc", true), ("a*b*c", "acb", false), ("[a]", "a", false),
      ("\\*", "*", false), ("é", "e\u{301}", false), ("a*", "a/b.c", true),
    ])
  func matching(_ text: String, _ name: String, _ matches: Bool) {
    #expect(pattern(text).matches(name) == matches)
  }

  @Test("A literal is worth 2, a glob 1, a lone star nothing")
  func scores() {
    #expect(["a", "a*", "?", "*"].map { pattern($0).score } == [2, 1, 1, 0])
  }

  @Test("A pattern of many stars against a long name ends soon")
  func hostile() {
    let stars = pattern(String(repeating: "a*", count: 64) + "b")
    #expect(!stars.matches(String(repeating: "a", count: 4096)))
  }
}
