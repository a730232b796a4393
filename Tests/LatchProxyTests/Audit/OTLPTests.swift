import LatchExport
import LatchLaunch
import LatchMCP
import LatchProxy
import Testing

@Suite struct OTLPSettingsTests {
  private func settings(_ variables: [String: String]) throws -> OTLPSettings {
    try OTLPSettings(ProcessEnvironment(variables.map { .init("OTEL_EXPORTER_OTLP_\($0.key)", $0.value) }))
  }

  @Test(
    arguments: [
      ([:], nil),
      (["ENDPOINT": "http://localhost:4318"], "http://localhost:4318/v1/logs"),
      (["ENDPOINT": "https://example.com/otlp/"], "https://example.com/otlp/v1/logs"),
      (["LOGS_ENDPOINT": "https://example.com/logs", "ENDPOINT": "http://localhost"], "https://example.com/logs"),
      (["LOGS_ENDPOINT": "", "ENDPOINT": "http://localhost"], "http://localhost/v1/logs"),
      (["ENDPOINT": ""], nil),
    ] as [([String: String], String?)])
  func `the endpoint for logs is taken as it is, the one for everything is a beginning`(
    _ variables: [String: String], _ url: String?
  ) throws {
    #expect(try settings(variables).url == url)
  }

  @Test(
    arguments: [
      ("", [:]),
      ("api-key=abc", ["api-key": "abc"]),
      (" a = b c , d=e%2C%20f=g ,", ["a": "b c", "d": "e, f=g"]),
      ("Authorization=Basic%20YTpi==,x=", ["Authorization": "Basic YTpi==", "x": ""]),
      ("a=1+2;p=q,ü=%C3%BC", ["a": "1+2;p=q", "ü": "ü"]),
    ] as [(String, [String: String])])
  func `headers are a list with values in percent-encoding`(_ list: String, _ headers: [String: String]) throws {
    let read = try settings(["HEADERS": list]).headers
    #expect(Dictionary(read.map { ($0.name, $0.value) }) { _, last in last } == headers)
    #expect(read.count == headers.count)
  }

  @Test(arguments: ["secret", "=secret", "a=secret%2", "a=secret%zz", "a=secret%ff", "a=secret%+1", "b=1,secret"])
  func `a list that is none is refused, and nothing of it is said`(_ list: String) {
    do {
      _ = try settings(["LOGS_HEADERS": list])
      #expect(Bool(false), "it was read")
    } catch {
      #expect("\(error)".contains("OTEL_EXPORTER_OTLP_LOGS_HEADERS") && !"\(error)".contains("secret"))
    }
  }

  @Test func `the variables for logs go before those for everything`() throws {
    let settings = try settings(["LOGS_HEADERS": "a=1", "HEADERS": "b=2", "LOGS_TIMEOUT": "250", "TIMEOUT": "1"])
    #expect(settings.headers.map(\.name) == ["a"] && settings.timeout == .milliseconds(250))
    #expect(try self.settings([:]).timeout == .seconds(10))
    for wrong in ["0", "-1", "1s", "1e3", "99999999999999999999"] {
      #expect(throws: LaunchError.self) { try self.settings(["TIMEOUT": wrong]) }
    }
  }
}

@Suite struct OTLPReplyTests {
  private static let now = UTCTime(milliseconds: 1_770_112_800_000)

  @Test func `a page that says 200 is no collector that has the records`() {
    for body in ["<html>Sign in</html>", "\n <!DOCTYPE html>"] {
      #expect(reply(200, body) == .refused(said: "a page for people is in the place of the collector"))
    }
  }

  private func reply(_ status: Int, _ body: String = "", retryAfter: String? = nil) -> OTLPReply {
    OTLPReply(HTTPAnswer(status: status, retryAfter: retryAfter, body: Array(body.utf8)), now: Self.now)
  }

  @Test(
    arguments: [
      ("", 0, nil), ("{}", 0, nil), ("no JSON", 0, nil), (#"{"partialSuccess":null}"#, 0, nil),
      (#"{"partialSuccess":{}}"#, 0, nil),
      (#"{"partialSuccess":{"rejectedLogRecords":"3","errorMessage":"too old"}}"#, 3, "too old"),
      (#"{"partialSuccess":{"rejectedLogRecords":3}}"#, 3, nil),
      (#"{"partialSuccess":{"rejectedLogRecords":"-3"}}"#, 0, nil),
      (#"{"partialSuccess":{"errorMessage":"take care"}}"#, 0, "take care"),
    ] as [(String, Int, String?)])
  func `success may be in part`(_ body: String, _ rejected: Int, _ said: String?) {
    #expect(reply(200, body) == .taken(rejected: rejected, said: said))
    #expect(reply(202, body) == .taken(rejected: rejected, said: said))
  }

  @Test(
    arguments: [
      (nil, nil), ("7", .seconds(7)), ("0", .zero), ("-7", nil), ("soon", nil),
      ("Tue, 03 Feb 2026 10:01:30 GMT", .seconds(90)), ("Tue, 03 Feb 2026 09:00:00 GMT", .zero),
      ("Tue, 33 Feb 2026 09:00:00 GMT", nil), ("99999999", .seconds(86_400)),
    ] as [(String?, Duration?)])
  func `what is to be sent again says when`(_ text: String?, _ after: Duration?) {
    for status in [429, 502, 503, 504] { #expect(reply(status, retryAfter: text) == .later(after: after)) }
  }

  @Test(
    arguments: [
      ("", nil), ("bad record", "bad record"), (#"{"code":3,"message":"no such field"}"#, "no such field"),
      ("\n <html>", nil),
    ] as [(String, String?)])
  func `all else is refused for good`(_ body: String, _ said: String?) {
    for status in [301, 400, 401, 404, 413, 500, 501] { #expect(reply(status, body) == .refused(said: said)) }
  }

  @Test func `pauses grow up to a bound, and are as long as the server wishes`() {
    var backoff = Backoff()
    let pauses = (0..<8).map { _ in backoff.pause(wished: nil, chance: 1) }
    #expect(pauses == [0.5, 1, 2, 4, 8, 16, 30, 30].map { Duration.seconds($0) })
    #expect(backoff.pause(wished: nil, chance: 0) == .seconds(15))
    #expect(backoff.pause(wished: .seconds(45), chance: 1) == .seconds(45))
    #expect(backoff.pause(wished: .seconds(86_400), chance: 1) == .seconds(600))
  }
}
