import LatchPolicy

/// What the readers make of a text, as texts.
enum Readings {
  static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  static func text(_ bytes: Span<UInt8>) -> String { String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self) }

  /// The clean path, nil if it is none.
  static func path(_ text: String) -> String? {
    let bytes = bytes(text)
    guard let path = try? CleanPath(bytes.span) else { return nil }
    return String(decoding: bytes[path.range], as: UTF8.self)
  }

  static func problem(ofPath text: String) -> CleanPath.Problem? {
    do throws(CleanPath.Problem) {
      _ = try CleanPath(bytes(text).span)
      return nil
    } catch {
      return error
    }
  }

  static func foldedPath(_ text: String) -> String? {
    let bytes = bytes(text)
    return (try? CleanPath(bytes.span))?.withFolded(in: bytes.span) { Self.text($0) }
  }

  static func url(_ text: String) throws(CleanURL.Problem) -> CleanURL { try CleanURL(bytes(text).span) }

  static func problem(ofURL text: String) -> CleanURL.Problem? {
    do throws(CleanURL.Problem) {
      _ = try url(text)
      return nil
    } catch {
      return error
    }
  }

  static func hostAndPort(_ text: String) -> String? {
    let bytes = bytes(text)
    return (try? CleanURL(bytes.span))?.withHostAndPort(in: bytes.span) { Self.text($0) }
  }

  static func scheme(_ text: String) -> String? {
    let bytes = bytes(text)
    return (try? CleanURL(bytes.span))?.withScheme(in: bytes.span) { Self.text($0) }
  }

  /// The path of a URL that can be read.
  static func urlPath(_ text: String) throws -> String {
    let bytes = bytes(text)
    return try CleanURL(bytes.span).withPath(in: bytes.span) { Self.text($0) }
  }

  static func problem(ofPathIn text: String) -> CleanURL.Problem? {
    do {
      _ = try urlPath(text)
      return nil
    } catch {
      return error as? CleanURL.Problem
    }
  }

  /// The domain in small letters.
  static func domain(_ text: String) -> String? {
    let bytes = bytes(text)
    return (try? MailAddress(bytes.span))?.withDomain(in: bytes.span) { Self.text($0) }
  }

  static func problem(ofMail text: String) -> MailAddress.Problem? {
    do throws(MailAddress.Problem) {
      _ = try MailAddress(bytes(text).span)
      return nil
    } catch {
      return error
    }
  }

  static func address(_ text: String) -> IPAddress? {
    let bytes = bytes(text)
    return IPAddress(v4: bytes.span, 0..<bytes.count) ?? IPAddress(v6: bytes.span, 0..<bytes.count)
  }
}
