/// The user's own text as it stands in a message: in backticks, cut when long, on one line.
func shown(_ text: String, limit: Int = 60) -> String {
  var out = "`"
  var count = 0
  for scalar in text.unicodeScalars {
    if count == limit {
      out += "…"
      break
    }
    count += 1
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator:
      out += "\\u{\(String(scalar.value, radix: 16))}"
    default: out.unicodeScalars.append(scalar)
    }
  }
  return out + "`"
}

/// The same of UTF-8 bytes.
func shown(_ text: some Collection<UInt8>, limit: Int = 60) -> String {
  shown(String(decoding: text.prefix(4 * limit + 4), as: UTF8.self), limit: limit)
}
