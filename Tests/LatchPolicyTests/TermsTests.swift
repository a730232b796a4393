import LatchPolicy
import Testing

@Suite struct TermsTests {
  @Test func severalWhoAskMustAllBeSatisfied() {
    let inTheClient = ApprovalTerms(ways: [.elicitation, .terminal], timeout: 1000, lease: 90)
    let atTheTerminal = ApprovalTerms(ways: [.terminal, .key], timeout: 500, lease: 60)
    #expect(inTheClient.joined(with: atTheTerminal) == ApprovalTerms(ways: [.terminal], timeout: 500, lease: 60))
  }

  @Test func whereNoWaySatisfiesAllNobodyMayApproveAndWithoutALeaseOfAllThereIsNone() {
    let joined = ApprovalTerms(ways: [.elicitation], timeout: 1000, lease: 90)
      .joined(with: ApprovalTerms(ways: [.key], timeout: 2000))
    #expect(joined == ApprovalTerms(ways: [], timeout: 1000, lease: nil))
  }
}
