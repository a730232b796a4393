extension CleanURL {
  /// Why a text is not a clean URL, or its path none that all servers read alike.
  package enum Problem: Error, Sendable, Equatable {
    case notAbsolute, fileURL, backslash, spaceOrControl, beyondASCII, userInformation, port
    case host(Host.Problem)
    case pathCharacter, percent, doublePercent, encodedSeparator, encodedControl, dotSegment, emptySegment, parameters
    case pathText, strippedEnd

    package var message: String {
      switch self {
      case .notAbsolute: "it does not begin with a scheme and a host, as `https://example.com` does"
      case .fileURL: "it is a `file:` URL, which names a path and no host"
      case .backslash: "it holds a backslash, which some programs read as `/`"
      case .spaceOrControl: "it holds a space or a control character"
      case .beyondASCII: "it holds a character beyond ASCII; write hosts as `xn--…` and other text percent-encoded"
      case .userInformation: "an `@` stands before its path, where some programs look for a user's name"
      case .port: "its port is not a number from 1 to 65535, written without zeros before it"
      case .host(let problem): problem.message
      case .pathCharacter: "its path holds a character that has to be percent-encoded"
      case .percent: "its path holds a `%` without two hexadecimal digits"
      case .doublePercent: "its path is percent-encoded twice"
      case .encodedSeparator: "its path holds an encoded `/` or backslash"
      case .encodedControl: "its path holds an encoded control character"
      case .dotSegment: "its path holds a segment `.` or `..`"
      case .emptySegment: "its path holds `//`, which some servers read as `/`"
      case .parameters: "its path holds a `;`, from which on some servers leave a segment out"
      case .pathText: "its path is not text in UTF-8"
      case .strippedEnd: "its path ends in white space, which some servers strip"
      }
    }
  }
}
