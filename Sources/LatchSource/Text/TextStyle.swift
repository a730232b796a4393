/// Puts colour round words, or does not.
struct TextStyle {
  enum Role { case error, warning, note, frame, help, strong }

  let usesColor: Bool

  func callAsFunction(_ role: Role, _ text: String) -> String {
    guard usesColor, !text.isEmpty else { return text }
    let code =
      switch role {
      case .error: "1;31"
      case .warning: "1;33"
      case .note: "1;36"
      case .frame: "1;34"
      case .help: "1;32"
      case .strong: "1"
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}

extension Severity {
  var role: TextStyle.Role {
    switch self {
    case .note: .note
    case .warning: .warning
    case .error: .error
    }
  }
}
