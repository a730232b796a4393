import LatchJSON
import Testing

@testable import LatchPolicy

/// What an agent is told of a value that is not of the form in which a matcher reads it.
@Suite struct ReadingProblemTests {
  private static func problem(_ reading: Reading, _ value: String) throws -> String? {
    reading.problem(try JSONDocument(parsing: Array(value.utf8)), JSONDocument.root)
  }

  @Test(arguments: [
    (Reading.path, #""/srv/a ""#, "it ends in white space or a quotation mark, which some programs strip"),
    (.path, #""srv""#, "it does not begin with `/`"),
    (.path, "5", "it is not a string"),
    (.url, #""https://x.y:0443/""#, "its port is not a number from 1 to 65535, written without zeros before it"),
    (.urlPath, #""https://x.y/v1;a""#, "its path holds a `;`, from which on some servers leave a segment out"),
    (.urlPath, #""https://x.y/v1//a""#, "its path holds `//`, which some servers read as `/`"),
    (.address, #""https://example.com/""#, "its host is a name"),
    (.address, #""https://[2002::1]/""#, "its host is an address that some networks lead elsewhere"),
    (.address, #""https://1.2.3/""#, Host.Problem.number.message),
    (.mail, #""a@example.com, b@evil.com""#, MailAddress.Problem.domain.message),
    (.mail, "[]", "it is not a string"),
    (.number, "9007199254740993", "it is beyond ±(2^53 − 1), where programs round whole numbers"),
    (.number, "1e-400", "it is so small that programs take it for 0"),
    (.number, #""5""#, "it is not a number"),
  ])
  func `the problem is told`(reading: Reading, value: String, expected: String) throws {
    #expect(try Self.problem(reading, value) == expected)
  }

  @Test func `whatever is not accepted has a problem, and nothing else has`() throws {
    let values = [
      "null", "true", "1", "1e400", "[]", "{}", #""""#, #""/srv/a""#, #""/srv/../a""#, #""a@example.com""#, #""a@""#,
      #""https://example.com/a""#, #""https://example.com/%2e""#, #""https://192.0.2.1/""#, #""https://0.0.0.0/""#,
    ]
    for reading in [Reading.path, .url, .urlPath, .address, .mail, .number] {
      for value in values {
        let document = try JSONDocument(parsing: Array(value.utf8))
        let isAccepted = reading.accepts(document, JSONDocument.root)
        #expect(isAccepted == (try Self.problem(reading, value) == nil), "\(reading) \(value)")
      }
    }
  }
}
