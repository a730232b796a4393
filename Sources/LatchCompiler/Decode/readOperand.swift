import LatchJSON
import LatchPolicy
import LatchSource

/// Reads what a matcher compares with: `$name` is a list of `values:`, `$$` begins a literal `$`, and where a path is
/// read `${project}` and `${home}` may begin it. What is wrong with it goes to `found`.
func readOperand(_ value: Spanned<JSONValue>, forPath: Bool, found: inout [Diagnostic]) -> Operand? {
  guard case .string(let text) = value.value, text.utf8.first == UInt8(ascii: "$") else { return .value(value.value) }
  if text.hasPrefix("$$") { return .value(.string(String(text.dropFirst()))) }
  if text.hasPrefix("${") { return readBase(Spanned(text, value.span), forPath: forPath, found: &found) }
  let name = String(text.dropFirst())
  guard isValuesName(name) else {
    found.append(
      Diagnostic(
        "L2105", "`\(text)` names no list of `values:`; for a literal `$` write `$$`", at: value.span,
        fix: .replace(value.span, with: "'$\(text)'")))
    return nil
  }
  return .list(name)
}

private func readBase(_ text: Spanned<String>, forPath: Bool, found: inout [Diagnostic]) -> Operand? {
  let bases: [(reference: String, base: PathBase)] = [("${project}", .project), ("${home}", .home)]
  guard let (reference, base) = bases.first(where: { text.value.hasPrefix($0.reference) }) else {
    found.append(
      Diagnostic(
        "L3004",
        "`\(text.value)` is no reference that a matcher knows; those are `${project}` and `${home}`, and a "
          + "literal `$` is written `$$`", at: text.span))
    return nil
  }
  guard forPath else {
    found.append(
      Diagnostic(
        "L3005", "`\(reference)` begins only what is compared with a path: use it in `within` or `path_glob`",
        at: text.span))
    return nil
  }
  let rest = String(text.value.dropFirst(reference.count))
  guard rest.isEmpty || rest.utf8.first == UInt8(ascii: "/") else {
    found.append(
      Diagnostic("L3005", "after `\(reference)` comes `/` or nothing, not `\(rest.prefix(12))`", at: text.span))
    return nil
  }
  return .based(base, rest: rest)
}

/// As `Schemas/latch.schema.json` has it for the names under `values:`.
private func isValuesName(_ name: String) -> Bool {
  let isLetterOrDigit = { (byte: UInt8) in
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
  guard let first = name.utf8.first, isLetterOrDigit(first), name.utf8.count <= 64 else { return false }
  return name.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
}
