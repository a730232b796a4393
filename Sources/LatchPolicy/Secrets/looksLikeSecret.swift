/// What credential a literal in a policy or a client's configuration seems to be, if any.
///
/// `name` is the variable, header or option that the text is the value of. References (`${env:…}`) and placeholders
/// are not credentials, though a reference's default can be one, which its variable's name may tell too. A doubt without
/// a telling shape or name is none either: people would learn to look away.
package func looksLikeSecret(_ text: String, name: String?) -> SecretKind? {
  let text = ReferencedText(Array(text.utf8))
  let secretName = name.flatMap { SecretName($0) }
  let scan = SecretScan(purpose: .review, isNamed: secretName != nil)
  if let kind = scan.kind(in: text.words.span) { return kind }
  let values = [text.literal] + text.defaults.map(\.value)
  if let name, let secretName, values.contains(where: { scan.named(secretName, $0) }) {
    return .value(of: String(name.drop { $0 == "-" }))
  }
  let told = text.defaults.first { one in SecretName(one.variable).map { scan.named($0, one.value) } == true }
  return told.map { .value(of: $0.variable) }
}
