import LatchAutomata
import LatchJSON

/// One keyword after the other becomes an instruction, cheap ones first.
extension Compiler {
  mutating func compileKeywords(_ source: SchemaSource) throws(SchemaError) {
    if source.dialect.draft <= .draft7, let reference = source.value(.ref) {
      try compileReference(reference, source)
      return
    }
    compileType(source)
    compileValues(source)
    compileNumbers(source)
    try compileStrings(source)
    compileCounts(source)
    try compileMembers(source)
    compileDependencies(source)
    compileItems(source)
    if let reference = source.value(.ref) { try compileReference(reference, source) }
    try compileDynamicReferences(source)
    compileCombinations(source)
    compileUnevaluated(source)
  }

  private mutating func compileType(_ source: SchemaSource) {
    guard let value = source.value(.type) else { return }
    let tree = source.tree
    var types: KindSet = []
    var wholeNumbersOnly = true
    for name in tree.kind(value) == .array ? Array(tree.children(of: value)) : [value] {
      guard let named = KindSet(named: tree.content(name)) else { continue }
      if named == .number { wholeNumbersOnly = false }
      types.formUnion(named)
    }
    if !wholeNumbersOnly { types.remove(.integersOnly) }
    program.schemas[Int(source.number)].types = types
  }

  private mutating func compileValues(_ source: SchemaSource) {
    if let value = source.value(.const) {
      let constant = addConstant(value, of: source.tree)
      emit(.equals, .any, a: constant, keyword: value)
    }
    guard let list = source.value(.enum) else { return }
    let values = Array(source.tree.children(of: list))
    if values.count > 8, values.allSatisfy({ source.tree.kind($0) == .string }) {
      let table = addNames(values.map { NameSpec(name: source.tree.content($0)) })
      emit(.oneOfNames, .any, a: table.start, b: table.mask, keyword: list)
    } else {
      let constants = values.map { addConstant($0, of: source.tree) }
      emit(.oneOfValues, .any, a: addWords(constants), b: UInt32(constants.count), keyword: list)
    }
  }

  private mutating func compileNumbers(_ source: SchemaSource) {
    let bounds: [(Keyword, Operation, flag: Keyword?, strict: Operation)] = [
      (.minimum, .minimum, .exclusiveMinimum, .exclusiveMinimum),
      (.maximum, .maximum, .exclusiveMaximum, .exclusiveMaximum),
      (.exclusiveMinimum, .exclusiveMinimum, nil, .exclusiveMinimum),
      (.exclusiveMaximum, .exclusiveMaximum, nil, .exclusiveMaximum),
      (.multipleOf, .multipleOf, nil, .multipleOf),
    ]
    for (keyword, operation, flag, strict) in bounds {
      guard let value = source.value(keyword), source.tree.kind(value) == .number else { continue }
      let isStrict = flag.flatMap { source.value($0) }.map { source.tree.kind($0) == .true } ?? false
      emit(isStrict ? strict : operation, .number, a: addNumber(value, of: source.tree), keyword: value)
    }
  }

  private mutating func compileStrings(_ source: SchemaSource) throws(SchemaError) {
    if let value = source.value(.pattern) {
      emit(.pattern, .string, a: try addPattern(value, source), keyword: value)
    }
    compileContent(source)
    guard let value = source.value(.format),
      options.assertFormat || source.dialect.vocabularies.contains(.formatAssertion),
      let format = Format.named(source.tree.string(value), in: source.dialect.draft)
    else { return }
    emit(.format, .string, a: UInt32(format.rawValue), keyword: value)
  }

  /// Draft 7 lets these two be asked for; later drafts made them say only.
  private mutating func compileContent(_ source: SchemaSource) {
    guard options.assertFormat, source.dialect.draft == .draft7 else { return }
    func says(_ keyword: Keyword, _ word: String) -> Int? {
      source.value(keyword).flatMap { source.tree.content($0).elementsEqual(word.utf8) ? $0 : nil }
    }
    let encoding = says(.contentEncoding, "base64")
    let mediaType = says(.contentMediaType, "application/json")
    guard let keyword = mediaType ?? encoding else { return }
    emit(.content, .string, a: encoding == nil ? 0 : 1, b: mediaType == nil ? 0 : 1, keyword: keyword)
  }

  private mutating func compileCounts(_ source: SchemaSource) {
    let counts: [(Keyword, Operation, KindSet)] = [
      (.minLength, .minLength, .string), (.maxLength, .maxLength, .string), (.minItems, .minItems, .array),
      (.maxItems, .maxItems, .array), (.minProperties, .minProperties, .object),
      (.maxProperties, .maxProperties, .object),
    ]
    for (keyword, operation, kinds) in counts {
      guard let value = source.value(keyword) else { continue }
      emit(operation, kinds, a: source.count(at: value), keyword: value)
    }
    if let value = source.value(.uniqueItems), source.tree.kind(value) == .true {
      emit(.uniqueItems, .array, keyword: value)
    }
  }
}

extension SchemaSource {
  /// The whole number at `node`; what no instance can have more of stands for everything above.
  func count(at node: Int) -> UInt32 {
    let bytes = tree.storage
    let value = bytes.lend { lent in tree.decimal(node).count(lent, limit: Int(UInt32.max) - 1) }
    return UInt32(value ?? 0)
  }
}

/// What the tables of the program are filled with.
extension Compiler {
  mutating func addWords(_ words: [UInt32]) -> UInt32 {
    let start = UInt32(program.words.count)
    program.words += words
    return start
  }

  /// Copies a value of a schema among the constants.
  private mutating func addConstant(_ node: Int, of tree: JSONDocument) -> UInt32 {
    let start = program.constants.count
    for index in node..<Int(tree.nodes[node].next) {
      var copy = tree.nodes[index]
      copy.contentStart = UInt32(program.constantBytes.count)
      program.constantBytes += tree.content(index)
      copy.contentEnd = UInt32(program.constantBytes.count)
      copy.next = UInt32(start + Int(copy.next) - node)
      program.constants.append(copy)
    }
    return UInt32(start)
  }

  private mutating func addNumber(_ node: Int, of tree: JSONDocument) -> UInt32 {
    let lexeme = tree.content(node)
    let start = UInt32(program.bytes.count)
    program.bytes += lexeme
    let whole = lexeme.count <= 18 ? Int64(String(decoding: lexeme, as: UTF8.self)) : nil
    program.numbers.append(NumberBound(whole: whole, start: start, end: UInt32(program.bytes.count)))
    return UInt32(program.numbers.count - 1)
  }

  /// Copies a name; the word names where it begins, the next its length.
  mutating func addName(_ name: ArraySlice<UInt8>) -> UInt32 {
    let start = UInt32(program.bytes.count)
    program.bytes += name
    return addWords([start, UInt32(name.count)])
  }

  /// Compiles the pattern at `node`, once for each text.
  mutating func addPattern(_ node: Int, _ source: SchemaSource) throws(SchemaError) -> UInt32 {
    let text = source.tree.content(node)
    if let number = patternNumbers[Array(text)] { return number }
    let place = Location(document: source.location.document, node: node)
    let number = UInt32(program.patterns.count)
    do {
      program.patterns.append(try program.addPattern(text, limits: options.limits))
    } catch {
      throw registry.error("the pattern \(shown(text)) cannot be used: \(error.message)", at: place)
    }
    guard program.transitions.count <= options.limits.patternSteps else {
      throw registry.error("the schema's patterns are too complex together", at: place)
    }
    patternNumbers[Array(text)] = number
    return number
  }
}
