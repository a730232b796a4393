import LatchPolicy
import LatchTestSupport
import Testing

@Suite struct MailDifferentialTests {
  private struct Answer: Decodable {
    var old: [String]
    /// nil where the reader fails on a phrase that ends in a dot.
    var new: [String]?
  }

  /// The lenient reader of Python's `email.utils`, and the one of its header registry.
  @Test(.enabled(if: PythonProgram.isHere, "python3 is not here"))
  func whatIsAcceptedIsOneAddressToOtherReaders() throws {
    var random = RandomTexts(seed: 13)
    let texts = Set((0..<20_000).map { _ in random.mail() }).sorted().filter { Readings.domain($0) != nil }
    let answers = try PythonProgram.run(
      """
      import email.policy, email.utils
      def domains(addresses): return [address.rpartition('@')[2].lower() for address in addresses]
      def registry(text):
          try: header = email.policy.default.header_factory('To', text)
          except AttributeError: return None
          return domains(address.addr_spec for address in header.addresses)
      def answer(text):
          return {'old': domains(address for _, address in email.utils.getaddresses([text])), 'new': registry(text)}
      result = [answer(text) for text in data]
      """, on: texts, giving: [Answer].self)
    #expect(texts.count > 800)
    for (text, answer) in zip(texts, answers) {
      let domain = try #require(Readings.domain(text))
      try #require(answer.old == [domain], "\(text)")
      try #require(answer.new == [domain] || answer.new == nil && text.contains("."), "\(text)")
    }
  }
}
