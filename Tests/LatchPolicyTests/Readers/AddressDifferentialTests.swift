import LatchPolicy
import LatchTestSupport
import Testing

@Suite struct AddressDifferentialTests {
  /// Both ways: what is an address to Python, zones aside, is one here, and the same.
  @Test(.enabled(if: PythonProgram.isHere, "python3 is not here"))
  func addressesAreThoseOfPython() throws {
    var random = RandomTexts(seed: 9)
    let texts = Set((0..<15_000).map { round in round % 4 == 0 ? random.address4() : random.address6() }).sorted()
    let answers = try PythonProgram.run(
      """
      import ipaddress
      def answer(text):
          try: address = ipaddress.ip_address(text)
          except ValueError: return None
          return str(getattr(address, 'ipv4_mapped', None) or address)
      result = [answer(text) for text in data]
      """, on: texts, giving: [String?].self)
    #expect(answers.count { $0 != nil } > 1000)
    for (text, answer) in zip(texts, answers) { try #require(Readings.address(text)?.text == answer, "\(text)") }
  }

  private struct Question: Encodable {
    var range: String
    var address: String
  }

  @Test(.enabled(if: PythonProgram.isHere, "python3 is not here"))
  func rangesHoldWhatTheyHoldForPython() throws {
    var dice = Dice(seed: 10)
    var questions: [(asked: Question, holds: Bool)] = []
    for _ in 0..<20_000 {
      let range = Self.address(&dice) + "/\(Int.random(in: 0...(dice.one(in: 2) ? 32 : 128), using: &dice))"
      let address = Self.address(&dice)
      guard let known = try? CIDR(range), let other = Readings.address(address) else { continue }
      questions.append((Question(range: range, address: address), known.contains(other)))
    }
    let answers = try PythonProgram.run(
      """
      import ipaddress
      def unmapped(address): return getattr(address, 'ipv4_mapped', None) or address
      def answer(question):
          network = ipaddress.ip_network(question['range'])
          address = unmapped(ipaddress.ip_address(question['address']))
          first = unmapped(network.network_address)
          if first.version != network.version: network = ipaddress.ip_network('%s/%d' % (first, network.prefixlen - 96))
          return address in network
      result = [answer(question) for question in data]
      """, on: questions.map(\.asked), giving: [Bool].self)
    #expect(answers.count(where: \.self) > 100)
    for (question, answer) in zip(questions, answers) {
      try #require(question.holds == answer, "\(question.asked.range) \(question.asked.address)")
    }
  }

  private static func address(_ dice: inout Dice) -> String {
    switch Int.random(in: 0..<3, using: &dice) {
    case 0: dice.many(4...4) { dice in dice.pick(["0", "0", "10", "128", "255"]) }.joined(separator: ".")
    case 1: dice.pick(["::", "fc00::", "8000::", "2001:db8::", "::1", "1::"])
    default: "::ffff:" + dice.many(4...4) { dice in dice.pick(["0", "0", "10", "128"]) }.joined(separator: ".")
    }
  }
}
