import LatchJSON
import Testing

@testable import LatchMCP

/// Threats: a person's answer to one question must not reach the server as the answer to another.
@Suite struct ServerQuestionsTests {
  private var questions = ServerQuestions()

  private mutating func asks(_ id: String) throws -> String? {
    try says(#"{"jsonrpc":"2.0","id":\#(id),"method":"ping"}"#)
  }

  private mutating func says(_ text: String) throws -> String? {
    let message = try #require(IncomingMessage(Array(text.utf8), limits: JSONLimits()))
    return questions.seen(message).map { String(decoding: $0, as: UTF8.self) }
  }

  /// What the server gets of an answer to this id.
  private mutating func answered(_ id: String) throws -> String? {
    let text = #"{"jsonrpc":"2.0","id":\#(id),"result":{}}"#
    let message = try #require(OutgoingMessage(Array(text.utf8), limits: JSONLimits()))
    guard case .response(let key) = message.shape else { throw CancellationError() }
    return questions.answered(by: message, key).map { String(decoding: $0.replacement ?? $0.bytes, as: UTF8.self) }
  }

  /// The id of a message, as it is written.
  private func id(of text: String?) throws -> String {
    let id = try #require(try JSONValue(parsing: Array((text ?? "").utf8))["id"]?.string)
    return "\"\(id)\""
  }

  @Test mutating func `ids stay as they are while no question was lost`() throws {
    #expect(try asks("0") == #"{"jsonrpc":"2.0","id":0,"method":"ping"}"#)
    #expect(try answered("1") == nil)
    #expect(try answered(#""0""#) == nil)
    #expect(try answered("0") == #"{"jsonrpc":"2.0","id":0,"result":{}}"#)
    #expect(try answered("0") == nil && questions.isEmpty)
    questions.lose()
    #expect(try asks("0") == #"{"jsonrpc":"2.0","id":0,"method":"ping"}"#)
  }

  @Test mutating func `an id that is used twice at once takes two answers`() throws {
    _ = try asks("0")
    _ = try asks("0")
    #expect(try answered("0") != nil)
    #expect(try answered("0") != nil)
    #expect(try answered("0") == nil)
  }

  @Test mutating func `once a question was lost, later ones have ids that none had before`() throws {
    _ = try asks("0")
    questions.lose()
    let first = try id(of: asks(#""\u0061""#))
    let second = try id(of: asks("0"))
    #expect(first != second)
    // In use: the server could not tell whose answer it gets.
    #expect(try asks("0") == nil)
    #expect(try asks(#""a""#) == nil)
    #expect(try answered("0") == nil)
    #expect(try answered(second) == #"{"jsonrpc":"2.0","id":0,"result":{}}"#)
    #expect(try answered(first) == #"{"jsonrpc":"2.0","id":"\u0061","result":{}}"#)
    #expect(try answered(first) == nil && questions.isEmpty)
    questions.lose()
    #expect(try id(of: asks("0")) != second)
  }

  @Test mutating func `what the server takes back is what the owner knows`() throws {
    func cancelled(_ id: String) -> String {
      #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":\#(id)}}"#
    }
    _ = try asks("0")
    #expect(try says(cancelled("0")) == cancelled("0"))
    questions.lose()
    let alias = try id(of: asks("0"))
    #expect(try says(cancelled("0")) == cancelled(alias))
    #expect(try says(cancelled("1")) == cancelled("1"))
    #expect(try answered(alias) != nil)
  }

  @Test mutating func `what is kept has a bound`() throws {
    let long = "\"" + String(repeating: "i", count: 5000) + "\""
    #expect(try asks(long) != nil)
    #expect(try answered(long) == nil && questions.isEmpty)
    for id in 0..<32_768 { _ = try asks("\(id)") }
    #expect(try asks("32768") == nil)
    _ = try answered("5")
    #expect(try asks("32768") != nil)
  }
}
