/// What a credential seems to be, in words that complete "this looks like …".
package struct SecretKind: Sendable, Equatable, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }

  static let privateKey = SecretKind("a private key")
  static let webToken = SecretKind("a JSON Web Token")
  static let bearer = SecretKind("a bearer token")
  static let basic = SecretKind("a user name and password for HTTP")
  static let urlPassword = SecretKind("a password in a URL")
  static let botToken = SecretKind("a Telegram bot token")
  static let discord = SecretKind("a Discord bot token")
  static let azure = SecretKind("an Azure client secret")
  static let header = SecretKind("a header that holds a credential")

  /// The value of something whose name says that it is secret.
  static func value(of name: String) -> SecretKind { SecretKind("the value of `\(name)`, a credential") }
}
