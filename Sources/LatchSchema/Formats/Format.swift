import LatchAutomata

/// A format that a string may be asked to have.
enum Format: UInt8, CaseIterable {
  case date, time, dateTime, duration
  case email, internationalEmail, hostname, internationalHostname
  case ipv4, ipv6
  case uri, uriReference, iri, iriReference, uriTemplate
  case uuid, jsonPointer, relativeJSONPointer, regex

  /// The format that `name` means in a draft; names it does not know say nothing.
  static func named(_ name: String, in draft: SchemaDialect) -> Format? {
    guard let (format, since) = names[name], draft >= since else { return nil }
    return format
  }

  private static let names: [String: (format: Format, since: SchemaDialect)] = [
    "date": (.date, .draft7), "time": (.time, .draft7), "date-time": (.dateTime, .draft4),
    "duration": (.duration, .draft201909), "email": (.email, .draft4), "idn-email": (.internationalEmail, .draft7),
    "hostname": (.hostname, .draft4), "idn-hostname": (.internationalHostname, .draft7), "ipv4": (.ipv4, .draft4),
    "ipv6": (.ipv6, .draft4), "uri": (.uri, .draft4), "uri-reference": (.uriReference, .draft6),
    "iri": (.iri, .draft7), "iri-reference": (.iriReference, .draft7), "uri-template": (.uriTemplate, .draft6),
    "uuid": (.uuid, .draft201909), "json-pointer": (.jsonPointer, .draft6),
    "relative-json-pointer": (.relativeJSONPointer, .draft7), "regex": (.regex, .draft7),
  ]

  /// Whether `text` has this form.
  func accepts(_ text: TextBytes) -> Bool {
    switch self {
    case .date: text.isDate
    case .time: text.isTime
    case .dateTime: text.isDateTime
    case .duration: text.isDuration
    case .email: text.isEmail
    case .internationalEmail: text.isInternationalEmail
    case .hostname: text.isHostname
    case .internationalHostname: text.isInternationalHostname
    case .ipv4: text.isIPv4
    case .ipv6: text.isIPv6
    case .uri: text.isURI
    case .uriReference: text.isURIReference
    case .iri: text.isIRI
    case .iriReference: text.isIRIReference
    case .uriTemplate: text.isURITemplate
    case .uuid: text.isUUID
    case .jsonPointer: text.isJSONPointer
    case .relativeJSONPointer: text.isRelativeJSONPointer
    case .regex: isValidECMARegex(String(decoding: text.array, as: UTF8.self))
    }
  }

  /// A text that has this form, to show how it looks.
  var example: String {
    switch self {
    case .date: "2026-01-31"
    case .time: "23:59:59Z"
    case .dateTime: "2026-01-31T23:59:59Z"
    case .duration: "P3DT4H"
    case .email, .internationalEmail: "jo@example.com"
    case .hostname, .internationalHostname: "www.example.com"
    case .ipv4: "192.0.2.1"
    case .ipv6: "2001:db8::1"
    case .uri, .iri: "https://example.com/a"
    case .uriReference, .iriReference: "../a#b"
    case .uriTemplate: "/a/{b}"
    case .uuid: "2eb8aa08-aa98-11ea-b4aa-73b441d16380"
    case .jsonPointer: "/a/0"
    case .relativeJSONPointer: "1/a"
    case .regex: "^[a-z]+$"
    }
  }
}
