import LatchJSON

/// A keyword of a schema, found by its JSON pointer, and what the schema says for people around it.
struct SchemaPlace {
  let schema: JSONDocument
  /// The keyword's value.
  let keyword: Int
  /// The schema that the keyword stands in.
  let holder: Int

  init?(_ pointer: String, in schema: JSONDocument) {
    var holder = JSONDocument.root
    var at = JSONDocument.root
    for token in pointerTokens(pointer) {
      holder = at
      guard let next = child(token, of: at, in: schema) else { return nil }
      at = next
    }
    self.schema = schema
    self.holder = holder
    keyword = at
  }

  var title: String? { text("title") }
  var description: String? { text("description") }

  /// The keyword's value as a text or texts.
  var words: [String] { schema.words(at: keyword) }

  /// The schemas that the keyword lists, where it lists some; references are followed.
  var alternatives: [Int]? {
    guard schema.kind(keyword) == .array else { return nil }
    let schemas = schema.children(of: keyword).filter { schema.kind($0) == .object }
    return schemas.isEmpty ? nil : schemas.map(target)
  }

  private func target(of index: Int) -> Int {
    guard let reference = schema.member("$ref", of: index),
      let place = SchemaPlace(String(schema.string(reference).dropFirst()), in: schema)
    else { return index }
    return place.keyword
  }

  private func text(_ name: String) -> String? {
    guard let index = schema.member(name, of: holder), schema.kind(index) == .string else { return nil }
    return schema.string(index)
  }
}

extension JSONDocument {
  /// A text, or the texts of a list.
  func words(at index: Int) -> [String] { kind(index) == .array ? children(of: index).map(string) : [string(index)] }
}

/// The tokens of a JSON pointer (RFC 6901).
func pointerTokens(_ pointer: String) -> [String] {
  guard !pointer.isEmpty else { return [] }
  return pointer.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst().map { token in
    var text: [UInt8] = []
    var rest = token[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "~"), let escape = rest.popFirst() else {
        text.append(byte)
        continue
      }
      text.append(escape == UInt8(ascii: "0") ? UInt8(ascii: "~") : UInt8(ascii: "/"))
    }
    return String(decoding: text, as: UTF8.self)
  }
}

private func child(_ token: String, of index: Int, in document: JSONDocument) -> Int? {
  switch document.kind(index) {
  case .object: return document.member(token, of: index)
  case .array:
    guard let wanted = Int(token), wanted >= 0 else { return nil }
    for (position, element) in document.children(of: index).enumerated() where position == wanted { return element }
    return nil
  default: return nil
  }
}
