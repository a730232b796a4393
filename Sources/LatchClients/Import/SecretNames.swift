/// Whether a variable, header or option of this name usually holds a credential.
package func namesSecret(_ name: String) -> Bool {
  let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  let joined = words.joined()
  let telling = [
    "token", "secret", "password", "passwd", "credential", "credentials", "pat", "authorization", "cookie",
  ]
  if words.contains(where: telling.contains) { return true }
  return ["apikey", "accesskey", "privatekey", "secretkey", "authkey", "authtoken", "accesstoken"].contains {
    joined.hasSuffix($0)
  } || joined == "auth" || joined == "key"
}

/// Whether the value is plainly no credential, whatever its name: empty, a number, a switch, a path.
func isPlainlyNoSecret(_ value: String) -> Bool {
  if value.isEmpty || Double(value) != nil || ["true", "false", "yes", "no", "on", "off"].contains(value.lowercased()) {
    return true
  }
  return ["/", "./", "../", "~/", "$"].contains { value.utf8.starts(with: $0.utf8) }
}
