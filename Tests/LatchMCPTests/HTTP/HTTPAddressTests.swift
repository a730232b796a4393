import LatchLaunch
import Testing

@testable import LatchMCP

@Suite struct HTTPAddressTests {
  @Test(arguments: [
    ("https://Example.COM/mcp?a=b", "https://example.com/mcp?a=b"), ("http://127.0.0.1:8080", "http://127.0.0.1:8080/"),
    ("HTTPS://h:443/", "https://h/"), ("https://[::1]:99/x", "https://[::1]:99/x"), ("http://h?q", "http://h/?q"),
  ])
  func `a URL is taken apart`(_ text: String, _ expected: String) { #expect(HTTPAddress(text)?.text == expected) }

  @Test(arguments: [
    "", "h/x", "ftp://h/", "https:/h/", "https://", "https:///x", "https://user@h/", "https://user:pw@h/",
    "https://h\\@evil/", "https://h/#f", "https://h:/x", "https://h:0/", "https://h:65536/", "https://h:1:2/",
    "https://h /", "https://h/ x", "https://h/\u{e9}", "https://\u{e9}/", "https://h\r\nX: y/", "https://h%2eevil/",
    "https://[::1/", "https://::1/", "https://[h]/", "unix:///var/run/x", "http+unix://%2Fx/", "https://h;evil/",
    "https://h/\u{0}",
  ])
  func `a text that some reader could take for another place is refused`(_ text: String) {
    #expect(HTTPAddress(text) == nil)
  }

  @Test(arguments: [
    ("/y", "https://h:9/y"), ("y", "https://h:9/a/y"), ("../y", "https://h:9/y"), ("../../../y", "https://h:9/y"),
    ("?q", "https://h:9/a/b?q"), ("./", "https://h:9/a/"), ("https://H:9/z", "https://h:9/z"),
    ("//h:9/z", "https://h:9/z"),
    ("", "https://h:9/a/b"), ("y?u=/../x", "https://h:9/a/y?u=/../x"), (".", "https://h:9/a/"),
  ])
  func `a reference stays on its origin`(_ reference: String, _ expected: String) {
    #expect(HTTPAddress("https://h:9/a/b?c")?.resolving(reference)?.text == expected)
  }

  @Test(arguments: [
    "http://h:9/z", "https://h/z", "https://evil:9/z", "//evil/z", "https://h:9@evil/z", "javascript:x", "y z",
    "/\\evil",
    "https://h:9.evil/", "/x#y", "https:/y", "\\\\evil\\x",
  ])
  func `a reference to elsewhere is none`(_ reference: String) {
    #expect(HTTPAddress("https://h:9/a/b?c")?.resolving(reference) == nil)
  }

  @Test func `an endpoint is encrypted, local, or said to be insecure`() throws {
    for url in ["https://example.com/", "http://localhost/", "http://127.0.0.1/", "http://[::1]:1/"] {
      _ = try HTTPEndpoint(url: url, transport: .streamable)
    }
    for url in [
      "http://example.com/", "http://127.0.0.1.example.com/", "http://localhost.example.com/", "http://0.0.0.0/",
    ] {
      #expect(throws: LaunchError.self) { try HTTPEndpoint(url: url, transport: .streamable) }
      _ = try HTTPEndpoint(url: url, transport: .streamable, isInsecure: true)
    }
  }

  @Test(arguments: [
    ("Host", "x"), ("content-length", "1"), ("Mcp-Session-Id", "x"), ("MCP-PROTOCOL-VERSION", "x"),
    ("Last-Event-ID", "1"), ("Proxy-Authorization", "x"), ("X Y", "x"), ("", "x"), ("X", "a\r\nY: b"), ("X", "a\0"),
    ("X:", "x"), ("Accept-Encoding", "gzip"),
  ])
  func `headers that could change the request are refused`(_ name: String, _ value: String) {
    #expect(throws: LaunchError.self) {
      try HTTPEndpoint(url: "https://h/", transport: .streamable, fields: [(name, value)])
    }
  }

  @Test func `a plan fills its references in and names them`() throws {
    let references = try References(
      environment: ProcessEnvironment([.init("TOKEN", "t0p")]), project: nil)
    let plan = EndpointPlan(
      transport: .inferred, url: "https://h/", headers: [.init("Authorization", .text("Bearer ${env:TOKEN}"))],
      isInsecure: false)
    let endpoint = try plan.resolved(with: references)
    #expect(endpoint.fields.map(\.value) == ["Bearer t0p"] && endpoint.references == ["${env:TOKEN}"])
  }
}

@Suite struct ProxySettingTests {
  private func proxy(_ variables: [(String, String)], _ url: String = "https://h.example.com/") throws -> ProxySetting?
  {
    let origin = try #require(HTTPAddress(url)).origin
    return try ProxySetting.chosen(
      for: origin, in: ProcessEnvironment(variables.map { ProcessEnvironment.Variable($0.0, $0.1) }))
  }

  @Test func `the variable of the scheme decides, in lower case first`() throws {
    let both = [("HTTPS_PROXY", "http://p:1"), ("https_proxy", "q:2"), ("HTTP_PROXY", "http://r:3/")]
    #expect(try proxy(both)?.host == "q")
    #expect(try proxy(both, "http://h/")?.port == 3)
    #expect(try proxy([("HTTP_PROXY", "http://r:3")]) == nil)
    #expect(try proxy([("HTTPS_PROXY", "")]) == nil)
  }

  @Test func `credentials are read, and never shown`() throws {
    let found = try proxy([("HTTPS_PROXY", "http://us%40er:s%3Acret@p:1")])
    #expect(found?.user == "us@er" && found?.password == "s:cret")
    #expect {
      _ = try proxy([("HTTPS_PROXY", "https://user:secret@p:1")])
    } throws: { !"\($0)".contains("secret") && "\($0)".contains("HTTPS_PROXY") }
  }

  @Test(arguments: ["socks5://p:1", "http://", "http://p:1/x", "http://p:x", "http://a%zz@p:1", "http://a%0d@p:1"])
  func `what is no proxy is an error, not no proxy`(_ value: String) {
    #expect(throws: LaunchError.self) { try proxy([("HTTPS_PROXY", value)]) }
  }

  @Test func `this machine is never asked for through a proxy`() throws {
    for url in ["http://localhost/", "http://127.0.0.1/", "http://[::1]/"] {
      #expect(try proxy([("HTTP_PROXY", "http://p:1")], url) == nil)
    }
  }

  @Test(arguments: [
    ("*", true), ("example.com", true), (".example.com", true), ("*.example.com", true), ("h.example.com", true),
    ("H.EXAMPLE.COM", true), ("a, h.example.com:443", true), ("h.example.com:80", false), ("ample.com", false),
    ("x.h.example.com", false), ("", false), (",", false), ("com", true),
  ])
  func `exceptions are hosts and all below them`(_ list: String, _ expected: Bool) throws {
    let origin = try #require(HTTPAddress("https://h.example.com/")).origin
    #expect(ProxySetting.excepts(list, origin) == expected)
  }

  @Test(arguments: [
    ("[2001:db8::1]", true), ("2001:db8::1", true), ("[2001:DB8::1]:8443", true), ("[2001:db8::1]:443", false),
    ("[2001:db8::2]", false), ("[]", false), ("[", false), ("]:8443", false),
  ])
  func `an address of IPv6 is an exception with and without brackets`(_ list: String, _ expected: Bool) throws {
    let origin = try #require(HTTPAddress("https://[2001:db8::1]:8443/")).origin
    #expect(ProxySetting.excepts(list, origin) == expected)
  }
}
