import LatchJSON
import LatchPolicy
import LatchTestSupport
import Testing

@Suite struct RoundTripTests {
  @Test func aBundleReadIsTheBundleWrittenWhateverIsInIt() throws {
    var dice = Dice(seed: 2)
    for _ in 0..<200 {
      let bundle = RandomBundle.bundle(&dice)
      #expect(try Bundle.read(try bundle.encoded()) == bundle)
    }
  }

  @Test func aPolicyReadFromItsBundleDecidesAsTheOneItWasWrittenFrom() throws {
    var dice = Dice(seed: 3)
    for _ in 0..<200 {
      let bundle = RandomBundle.bundle(&dice)
      let written = try Policy(bundle, upstream: "u")
      let read = try Policy(try Bundle.read(try bundle.encoded(), upstream: "u"), upstream: "u")
      for _ in 0..<20 {
        let call = Call(tool: dice.pick(["one", "two", "three"]), arguments: RandomBundle.arguments(&dice)?.document())
        #expect(read.decide(call) == written.decide(call))
      }
    }
  }
}
