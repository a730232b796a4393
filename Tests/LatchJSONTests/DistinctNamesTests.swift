import LatchJSON
import LatchTestSupport
import Testing

@Suite struct DistinctNamesTests {
  private static func isSure(_ json: String) throws -> Bool {
    try JSONDocument(parsing: Array(json.utf8)).doubtfulObjects == []
  }

  @Test(arguments: [
    "{}", "[1]", #"{"a":1}"#, #"{"path":"Path","paths":1}"#, #"{"":1," ":2}"#,
    #"{"a":{"b":1},"c":[{"b":1,"a":2}],"b":3}"#, #"{"parameter_of_one":1,"parameter_of_two":2}"#,
  ])
  func `few plain names are told apart`(json: String) throws { #expect(try Self.isSure(json)) }

  @Test(arguments: [
    #"{"path":1,"Path":2}"#, #"{"a":[{"long_name_here":1,"long_name_herE":2}]}"#, #"{"K":1,"k":2}"#,
    #"{"é":1,"e":2}"#, "{\"\u{212A}\":1,\"k\":2}", #"{"\u0050ath":1,"path":2}"#,
    "{\((0..<25).map { "\"n\($0)\":0" }.joined(separator: ","))}",
  ])
  func `what may be taken for another, or cannot be told, is left to others`(json: String) throws {
    #expect(try !Self.isSure(json))
  }

  @Test func `names that are sure are distinct, whatever their case`() throws {
    var random = Dice(seed: 11)
    var sure = 0
    for _ in 0..<20_000 {
      let names = (0..<Int(random.next() % 6)).map { _ in Self.name(&random) }
      let json = "{\(names.map { "\"\($0)\":0" }.joined(separator: ","))}"
      guard (try? Self.isSure(json)) == true else { continue }
      sure += 1
      #expect(Set(names.map { $0.lowercased() }).count == names.count, "\(json)")
    }
    #expect(sure > 1000)
  }

  /// Of few letters, and of the lengths at which words of eight bytes end.
  private static func name(_ random: inout Dice) -> String {
    let letters = ["a", "A", "k", "K", "_", "?", "\u{7F}", "\u{212A}", "ß", "é"]
    let length = [0, 1, 7, 8, 9, 16, 17][Int(random.next() % 7)]
    return (0..<length).map { position in
      position + 1 < length ? "a" : letters[Int(random.next() % UInt64(letters.count))]
    }.joined()
  }
}
