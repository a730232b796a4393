import LatchJSON
import LatchPolicy

/// Writes arguments into a record, without what the redactor keeps out of it.
///
/// What is written is JSON that the strict reader takes, in one line, with the members in their order and the numbers
/// as they were spelled.
struct ArgumentWriter {
  private let document: JSONDocument
  private let redactor: Redactor?
  private var steps: [RedactedPaths.Step] = []
  private(set) var paths = RedactedPaths()

  /// Without a redactor all is written.
  init(_ document: JSONDocument, redactor: Redactor?) {
    self.document = document
    self.redactor = redactor
  }

  /// Recursion goes as deep as the tree, which the reader's limits bound.
  mutating func write(_ index: Int, to buffer: inout RecordBuffer) {
    switch document.kind(index) {
    case .null: buffer.raw("null")
    case .true: buffer.raw("true")
    case .false: buffer.raw("false")
    case .number:
      if redactor?.holdsKnownSecret(document.content(index).span) == true { return redact(&buffer) }
      buffer.raw(document.content(index))
    case .string:
      if redactor?.hides(document.content(index).span) == true { return redact(&buffer) }
      buffer.string(document.content(index).span)
    case .array: writeElements(of: index, to: &buffer)
    case .object: writeMembers(of: index, to: &buffer)
    }
  }

  private mutating func writeElements(of index: Int, to buffer: inout RecordBuffer) {
    buffer.byte(0x5B)
    var follows = false
    for (position, element) in document.children(of: index).enumerated() {
      if position > 0 { buffer.byte(0x2C) }
      let isSecret = follows && document.canBeSecret(element)
      follows = redactor != nil && document.namesSecretOption(element)
      steps.append(.index(position))
      if isSecret { redact(&buffer) } else { write(element, to: &buffer) }
      steps.removeLast()
    }
    buffer.byte(0x5D)
  }

  private mutating func writeMembers(of index: Int, to buffer: inout RecordBuffer) {
    buffer.byte(0x7B)
    let pair = redactor == nil ? nil : document.secretPair(in: index)
    var substitute: [UInt8]?
    for (position, name) in document.children(of: index).enumerated() {
      if position > 0 { buffer.byte(0x2C) }
      if redactor?.hides(document.content(name).span) == true {
        let beginning = substitute ?? document.freeBeginning(in: index)
        substitute = beginning
        writeHidden(name, as: beginning + " \(position + 1)]".utf8, to: &buffer)
        continue
      }
      buffer.string(document.content(name).span)
      buffer.byte(0x3A)
      steps.append(.name(name))
      let isSecret = name + 1 == pair || redactor != nil && document.isSecretMember(name)
      if isSecret { redact(&buffer) } else { write(name + 1, to: &buffer) }
      steps.removeLast()
    }
    buffer.byte(0x7D)
  }

  /// A member whose very name holds a secret: nor is anything said of its value.
  private mutating func writeHidden(_ name: Int, as substitute: [UInt8], to buffer: inout RecordBuffer) {
    buffer.string(substitute.span)
    buffer.byte(0x3A)
    steps.append(.substitute(substitute))
    redact(&buffer)
    steps.removeLast()
  }

  private mutating func redact(_ buffer: inout RecordBuffer) {
    buffer.byte(0x22)
    buffer.raw(Redactor.marker)
    buffer.byte(0x22)
    paths.add(steps, in: document)
  }
}

extension JSONDocument {
  /// Whether the value could be a secret at all: it is not null, true, false, nor empty.
  fileprivate func canBeSecret(_ index: Int) -> Bool {
    switch kind(index) {
    case .null, .true, .false: false
    case .number: true
    case .string: !content(index).isEmpty
    case .array, .object: nodes[index].count > 0
    }
  }

  /// A member whose name says that its value is secret: all of the value is kept out, whatever its type. One whose name
  /// only calls it some key may well be `issue_key`.
  fileprivate func isSecretMember(_ name: Int) -> Bool {
    guard let secret = secretName(name), canBeSecret(name + 1) else { return false }
    guard secret == .key else { return true }
    return kind(name + 1) == .string && content(name + 1).count >= 12 && looksRandom(Array(content(name + 1)))
  }

  /// `{"name": "Authorization", "value": "…"}`: the index of the value.
  fileprivate func secretPair(in object: Int) -> Int? {
    guard let value = member("value", of: object), canBeSecret(value),
      let name = ["name", "key", "header"].lazy.compactMap({ member($0, of: object) }).first, kind(name) == .string,
      let secret = secretName(name), secret != .key
    else { return nil }
    return value
  }

  /// `--password`, after which the next word of a command is one.
  fileprivate func namesSecretOption(_ index: Int) -> Bool {
    guard kind(index) == .string else { return false }
    let text = content(index)
    guard text.first == 0x2D, text.count <= 64, !text.contains(0x3D), !text.contains(0x20) else { return false }
    return secretName(index).map { $0 != .key } ?? false
  }

  private func secretName(_ index: Int) -> SecretName? {
    let text = content(index)
    return SecretName(text.span, 0..<text.count)
  }

  /// What no name in the object begins with, so that names can be made of it that no other member has.
  fileprivate func freeBeginning(in object: Int) -> [UInt8] {
    var beginning = Array(Redactor.marker.utf8.dropLast())
    while children(of: object).contains(where: { content($0).starts(with: beginning) }) { beginning.append(0x2A) }
    return beginning
  }
}
