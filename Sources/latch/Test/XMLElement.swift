/// An element of an XML document that is only written.
struct XMLElement {
  var name: String
  var attributes: [(name: String, value: String)]
  var children: [XMLElement] = []
  /// Instead of children.
  var text = ""

  init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: [XMLElement] = []) {
    self.name = name
    self.attributes = attributes.map { ($0.key, $0.value) }
    self.children = children
  }

  init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String) {
    self.init(name, attributes)
    self.text = text
  }

  /// The document with this element at its root.
  var document: String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + lines(indentation: "").joined(separator: "\n") + "\n"
  }

  private func lines(indentation: String) -> [String] {
    let given = attributes.map { " \($0.name)=\"\(Self.escaped($0.value, inAttribute: true))\"" }.joined()
    if !text.isEmpty { return ["\(indentation)<\(name)\(given)>\(Self.escaped(text, inAttribute: false))</\(name)>"] }
    guard !children.isEmpty else { return ["\(indentation)<\(name)\(given)/>"] }
    return ["\(indentation)<\(name)\(given)>"] + children.flatMap { $0.lines(indentation: indentation + "  ") }
      + ["\(indentation)</\(name)>"]
  }

  /// What XML 1.0 cannot hold is left out, and every control character but tabs and line ends with it.
  private static func escaped(_ text: String, inAttribute: Bool) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\t", "\n", "\r":
        // A reader makes a space of these in an attribute, and a line end of any CR.
        if inAttribute || scalar == "\r" {
          escaped += "&#\(scalar.value);"
        } else {
          escaped.unicodeScalars.append(scalar)
        }
      case _ where isControl(scalar): continue
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || 0x7F...0x9F ~= scalar.value || 0xFFFE...0xFFFF ~= scalar.value
      || 0x202A...0x202E ~= scalar.value || 0x2066...0x2069 ~= scalar.value
  }
}
