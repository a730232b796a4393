import LatchJSON

/// A name on its way into a table.
struct NameSpec {
  var name: ArraySlice<UInt8>
  var schema: UInt32 = none
  var required: UInt32 = none
}

/// `properties`, `patternProperties`, `additionalProperties`, `required` and `propertyNames` become one plan, so that
/// checking passes over the members of an object once.
extension Compiler {
  mutating func compileMembers(_ source: SchemaSource) throws(SchemaError) {
    let required = source.value(.required)
    let properties = source.value(.properties)
    let patterns = source.value(.patternProperties)
    let additional = source.value(.additionalProperties)
    let nameSchema = source.value(.propertyNames)
    guard let keyword = properties ?? required ?? patterns ?? additional ?? nameSchema else { return }
    let names = gatherNames(source, properties: properties, required: required)
    var plan = MemberPlan(names: addNames(names.specs), requiredCount: names.requiredCount)
    plan.requiredKeyword = UInt32(required ?? Int(none))
    if let patterns {
      let pairs = try compilePatterns(patterns, source)
      plan.patternsStart = addWords(pairs)
      plan.patternCount = UInt32(pairs.count / 2)
    }
    if let additional {
      plan.additional = subschema(additional, of: source)
      plan.additionalKeyword = UInt32(additional)
    }
    if let nameSchema {
      plan.nameSchema = subschema(nameSchema, of: source)
      plan.nameSchemaKeyword = UInt32(nameSchema)
    }
    program.plans.append(plan)
    emit(.members, .object, a: UInt32(program.plans.count - 1), keyword: keyword)
  }

  private mutating func gatherNames(
    _ source: SchemaSource, properties: Int?, required: Int?
  ) -> (specs: [NameSpec], requiredCount: UInt32) {
    var specs: [NameSpec] = []
    var positions: [[UInt8]: Int] = [:]
    for name in properties.map({ Array(source.tree.children(of: $0)) }) ?? [] {
      let text = source.tree.content(name)
      positions[Array(text)] = specs.count
      specs.append(NameSpec(name: text, schema: subschema(name + 1, of: source)))
    }
    var requiredCount: UInt32 = 0
    for name in required.map({ Array(source.tree.children(of: $0)) }) ?? [] {
      let text = source.tree.content(name)
      let position = positions[Array(text)] ?? specs.count
      if position == specs.count {
        positions[Array(text)] = position
        specs.append(NameSpec(name: text))
      }
      guard specs[position].required == none else { continue }
      specs[position].required = requiredCount
      requiredCount += 1
    }
    return (specs, requiredCount)
  }

  private mutating func compilePatterns(_ patterns: Int, _ source: SchemaSource) throws(SchemaError) -> [UInt32] {
    var pairs: [UInt32] = []
    for name in source.tree.children(of: patterns) {
      pairs.append(try addPattern(name, source))
      pairs.append(subschema(name + 1, of: source))
    }
    return pairs
  }

  /// Lays out a hash table at most half full.
  mutating func addNames(_ specs: [NameSpec]) -> NameTable {
    var size = 1
    while size < specs.count * 2 { size *= 2 }
    let table = NameTable(start: UInt32(program.entries.count), mask: UInt32(size - 1))
    var slots = Array(repeating: NameEntry(), count: size)
    for spec in specs {
      let start = program.bytes.count
      program.bytes += spec.name
      let hash = Array(spec.name).lend { $0.nameHash(0, length: spec.name.count) }
      var slot = Int(hash) & (size - 1)
      while slots[slot].nameStart != none { slot = (slot + 1) & (size - 1) }
      slots[slot] = NameEntry(
        hash: hash, nameStart: UInt32(start), nameLength: UInt32(spec.name.count), schema: spec.schema,
        required: spec.required)
    }
    program.entries += slots
    return table
  }

  mutating func compileDependencies(_ source: SchemaSource) {
    let tree = source.tree
    for keyword in [Keyword.dependentRequired, .dependencies, .dependentSchemas] {
      guard let map = source.value(keyword) else { continue }
      for name in tree.children(of: map) {
        let word = addName(tree.content(name))
        if tree.kind(name + 1) == .array {
          let needed = Array(tree.children(of: name + 1))
          let first = UInt32(program.words.count)
          for other in needed { _ = addName(tree.content(other)) }
          emit(.dependentRequired, .object, a: word, b: first, c: UInt32(needed.count), keyword: name + 1)
        } else {
          let schema = subschema(name + 1, of: source)
          emit(.dependentSchema, .object, a: word, b: schema, keyword: name + 1)
          link(source, to: schema, keyword: name + 1)
        }
      }
    }
  }
}
