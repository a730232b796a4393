import LatchAutomata
import LatchJSON

/// A line of the kind `automaton`. It holds no digest: the digest of the line is what atoms name it by.
enum AutomatonLine {
  static func encoded(_ automaton: Automaton) -> [UInt8] {
    let transitions = automaton.transitions.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    // Written by hand, in the order of canonical JSON: base64 needs no escapes.
    let text =
      #"{"accepting":"\#(Base64.encoded(bits(automaton.accepting)))","classes":"\#(Base64.encoded(automaton.classes))","#
      + #""kind":"automaton","states":\#(automaton.accepting.count),"transitions":"\#(Base64.encoded(transitions))"}"#
    return Array(text.utf8)
  }

  /// An automaton whose every step stays inside its tables.
  static func decoded(_ line: LineValue) throws(BundleError) -> Automaton {
    let fields = try line.fields(["accepting", "classes", "kind", "states", "transitions"])
    let states = try fields.required("states").integer(in: 1...65_536)
    let classes = try bytes(fields, "classes")
    let classCount = Int(classes.max() ?? 0) + 1
    let transitions = try words(fields, "transitions")
    let bits = try bytes(fields, "accepting")
    guard classes.count == 256, transitions.count == states * classCount, transitions.allSatisfy({ $0 < states }),
      bits.count == (states + 7) / 8
    else { throw line.failure("its tables do not fit together") }
    let accepting = (0..<states).map { bits[$0 / 8] >> UInt8($0 % 8) & 1 == 1 }
    return Automaton(classes: classes, classCount: classCount, transitions: transitions, accepting: accepting)
  }

  private static func bits(_ accepting: [Bool]) -> [UInt8] {
    var bits = [UInt8](repeating: 0, count: (accepting.count + 7) / 8)
    for (state, accepts) in accepting.enumerated() where accepts { bits[state / 8] |= 1 << UInt8(state % 8) }
    return bits
  }

  private static func bytes(_ fields: Fields, _ name: String) throws(BundleError) -> [UInt8] {
    let value = try fields.required(name)
    guard let bytes = Base64.decoded(try value.text()) else { throw value.failure("`\(name)` is not base64") }
    return bytes
  }

  private static func words(_ fields: Fields, _ name: String) throws(BundleError) -> [UInt16] {
    let bytes = try bytes(fields, name)
    return stride(from: 0, to: bytes.count - 1, by: 2).map { UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8 }
  }
}
