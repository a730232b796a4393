/// What credential a literal in a policy or a client's configuration seems to be, if any.
///
/// `name` is the variable, header or option that the text is the value of. References (`${env:…}`) and placeholders
/// are not credentials; a doubt without a telling shape or name is none either: people would learn to look away.
package func looksLikeSecret(_ text: String, name: String?) -> SecretKind? {
  let bytes = withoutReferences(Array(text.utf8))
  let secretName = name.flatMap { SecretName($0) }
  let scan = SecretScan(purpose: .review, isNamed: secretName != nil)
  if let kind = scan.kind(in: bytes.span) { return kind }
  guard let name, let secretName, scan.named(secretName, bytes) else { return nil }
  return .value(of: String(name.drop { $0 == "-" }))
}
