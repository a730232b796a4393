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
    case .number, .string: if hides(index) { redact(&buffer) } else { writeText(index, to: &buffer) }
    case .array: writeElements(of: index, to: &buffer)
    case .object: writeMembers(of: index, to: &buffer)
    }
  }

  /// Whether the text of a string or number is kept out.
  private func hides(_ index: Int) -> Bool {
    guard let redactor else { return false }
    let text = document.storage.span.extracting(document.said(index))
    return document.kind(index) == .string ? redactor.hides(text) : redactor.holdsKnownSecret(text)
  }

  private func writeText(_ index: Int, to buffer: inout RecordBuffer) {
    let text = document.storage.span.extracting(document.said(index))
    if document.kind(index) == .string { buffer.string(text) } else { buffer.raw(text) }
  }

  private mutating func writeElements(of index: Int, to buffer: inout RecordBuffer) {
    buffer.byte(0x5B)
    var follows = false
    var element = index + 1
    for position in 0..<Int(document.nodes[index].count) {
      if position > 0 { buffer.byte(0x2C) }
      let isSecret = follows && document.canBeSecret(element)
      follows = redactor != nil && document.namesSecretOption(element)
      steps.append(.index(position))
      if isSecret { redact(&buffer) } else { write(element, to: &buffer) }
      steps.removeLast()
      element = Int(document.nodes[element].next)
    }
    buffer.byte(0x5D)
  }

  private mutating func writeMembers(of index: Int, to buffer: inout RecordBuffer) {
    buffer.byte(0x7B)
    let pair = redactor == nil ? nil : document.secretPair(in: index)
    var substitute: [UInt8]?
    var name = index + 1
    for position in 0..<Int(document.nodes[index].count) {
      if position > 0 { buffer.byte(0x2C) }
      if hides(name) {
        let beginning = substitute ?? document.freeBeginning(in: index)
        substitute = beginning
        writeHidden(name, as: beginning + " \(position + 1)]".utf8, to: &buffer)
      } else {
        let isSecret = name + 1 == pair || redactor != nil && document.isSecretMember(name)
        writeMember(name, isSecret: isSecret, to: &buffer)
      }
      name = Int(document.nodes[name + 1].next)
    }
    buffer.byte(0x7D)
  }

  private mutating func writeMember(_ name: Int, isSecret: Bool, to buffer: inout RecordBuffer) {
    writeText(name, to: &buffer)
    buffer.byte(0x3A)
    steps.append(.name(name))
    if isSecret { redact(&buffer) } else { write(name + 1, to: &buffer) }
    steps.removeLast()
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
    case .string: !said(index).isEmpty
    case .array, .object: nodes[index].count > 0
    }
  }

  /// A member whose name says that its value is secret: all of the value is kept out, whatever its type. One whose name
  /// only calls it some key may well be `issue_key`.
  fileprivate func isSecretMember(_ name: Int) -> Bool {
    guard let secret = secretName(name), canBeSecret(name + 1) else { return false }
    guard secret == .key else { return true }
    return kind(name + 1) == .string && said(name + 1).count >= 12 && looksRandom(Array(content(name + 1)))
  }

  /// `{"name": "Authorization", "value": "…"}`: the index of the value.
  fileprivate func secretPair(in object: Int) -> Int? {
    guard nodes[object].count > 1, let value = member(called: "value", in: object), canBeSecret(value),
      let name = member(called: "name", in: object) ?? member(called: "key", in: object)
        ?? member(called: "header", in: object),
      kind(name) == .string, let secret = secretName(name), secret != .key
    else { return nil }
    return value
  }

  private func member(called name: StaticString, in object: Int) -> Int? {
    var index = object + 1
    for _ in 0..<nodes[object].count {
      if said(index).count == name.utf8CodeUnitCount, says(name, index) { return index + 1 }
      index = Int(nodes[index + 1].next)
    }
    return nil
  }

  private func says(_ name: StaticString, _ index: Int) -> Bool {
    name.withUTF8Buffer { unsafe isSame(storage.span.extracting(said(index)), $0.span) }
  }

  /// `--password`, after which the next word of a command is one.
  fileprivate func namesSecretOption(_ index: Int) -> Bool {
    guard kind(index) == .string else { return false }
    let place = said(index)
    guard !place.isEmpty, place.count <= 64, storage[place.lowerBound] == 0x2D else { return false }
    let text = content(index)
    guard !text.contains(0x3D), !text.contains(0x20) else { return false }
    return secretName(index).map { $0 != .key } ?? false
  }

  private func secretName(_ index: Int) -> SecretName? { SecretName(storage.span, said(index)) }

  /// Where in `storage` stands what a string says.
  fileprivate func said(_ index: Int) -> Range<Int> {
    Int(nodes[index].contentStart)..<Int(nodes[index].contentEnd)
  }

  /// What no name in the object begins with, so that names can be made of it that no other member has.
  fileprivate func freeBeginning(in object: Int) -> [UInt8] {
    var beginning = Array(Redactor.marker.utf8.dropLast())
    while children(of: object).contains(where: { content($0).starts(with: beginning) }) { beginning.append(0x2A) }
    return beginning
  }
}
