import LatchJSON

/// A value inside a line of a bundle, with the line's name for what is said about it.
struct LineValue {
  let document: JSONDocument
  let index: Int
  let line: String

  func failure(_ message: String) -> BundleError { .malformed(line: line, message) }

  func at(_ index: Int) -> LineValue { LineValue(document: document, index: index, line: line) }

  /// What a string says.
  func text() throws(BundleError) -> ArraySlice<UInt8> {
    guard document.kind(index) == .string else { throw failure("a string is missing") }
    return document.content(index)
  }

  func string() throws(BundleError) -> String { String(decoding: try text(), as: UTF8.self) }

  /// A string out of a closed list.
  func choice<Choice: RawRepresentable<String>>(_: Choice.Type = Choice.self) throws(BundleError) -> Choice {
    let name = try string()
    guard let choice = Choice(rawValue: name), choice.rawValue.utf8.elementsEqual(name.utf8) else {
      throw failure("`\(name)` is not known")
    }
    return choice
  }

  func boolean() throws(BundleError) -> Bool {
    switch document.kind(index) {
    case .true: true
    case .false: false
    default: throw failure("true or false is missing")
    }
  }

  func integer(in range: ClosedRange<Int>) throws(BundleError) -> Int {
    guard document.kind(index) == .number, let number = Int(document.string(index)), range.contains(number) else {
      throw failure("an integer from \(range.lowerBound) to \(range.upperBound) is missing")
    }
    return number
  }

  func elements() throws(BundleError) -> [LineValue] {
    guard document.kind(index) == .array else { throw failure("a list is missing") }
    return document.children(of: index).map(at)
  }

  func strings() throws(BundleError) -> [String] {
    try elements().map { (element) throws(BundleError) in try element.string() }
  }

  /// The members of an object that has no other names than these.
  func fields(_ known: [String]) throws(BundleError) -> Fields {
    guard document.kind(index) == .object else { throw failure("an object is missing") }
    for name in document.children(of: index)
    where !known.contains(where: { document.content(name).elementsEqual($0.utf8) }) {
      throw failure("`\(document.string(name))` is not known")
    }
    return Fields(object: self)
  }
}

/// The members of an object in a bundle.
struct Fields {
  let object: LineValue

  subscript(name: String) -> LineValue? { object.document.member(name, of: object.index).map(object.at) }

  func required(_ name: String) throws(BundleError) -> LineValue {
    guard let value = self[name] else { throw object.failure("`\(name)` is missing") }
    return value
  }

  func string(_ name: String) throws(BundleError) -> String { try required(name).string() }

  func optionalString(_ name: String) throws(BundleError) -> String? {
    guard let value = self[name] else { return nil }
    return try value.string()
  }

  func boolean(_ name: String) throws(BundleError) -> Bool { try required(name).boolean() }

  /// Each element of a list, read by `read`.
  func list<Element>(
    _ name: String, _ read: (LineValue) throws(BundleError) -> Element
  ) throws(BundleError) -> [Element] {
    try required(name).elements().map(read)
  }
}
