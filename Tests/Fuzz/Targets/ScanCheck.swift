import LatchJSON

/// What the scan of a message found, held against the tree of the same line.
struct ScanCheck {
  let document: JSONDocument
  let scan: MessageScan
  let line: [UInt8]

  func run() {
    demand(scan.kind == document.kind(0), "what the line is")
    demand(scan.collision?.isExact != true, "no name stands twice in the envelope or in `params`")
    checkLineBreaks()
    switch scan.kind {
    case .object: checkEnvelope()
    case .array:
      demand(scan.elements == document.children(of: 0).map { document.place($0) }, "a batch's elements")
      for element in scan.elements.prefix(8) { JSONTarget.take(Array(line[element]).span) }
    default: break
    }
  }

  private func checkLineBreaks() {
    let breaks: Set<Unicode.Scalar> = ["\u{85}", "\u{2028}", "\u{2029}"]
    let text = String(decoding: line, as: UTF8.self)
    demand(scan.hasUnicodeLineBreak == text.unicodeScalars.contains(where: breaks.contains), "line breaks in strings")
    // A string holds none as they are.
    demand(scan.lineBreak == line.firstIndex { $0 == 0x0A || $0 == 0x0D }, "the first line break")
  }

  private func checkEnvelope() {
    for member in MessageScan.Member.allCases {
      check(scan[member], document.member("\(member)", of: 0), "`\(member)`")
    }
    let parameters = document.member("params", of: 0)
    for parameter in MessageScan.Parameter.allCases {
      let name = parameter == .meta ? "_meta" : "\(parameter)"
      check(scan[parameter], parameters.flatMap { document.member(name, of: $0) }, "`params.\(name)`")
    }
    checkNames(scan.memberNames, of: 0)
    checkNames(scan.parameterNames, of: parameters)
    checkID(document.member("id", of: 0))
  }

  private func check(_ place: MessageScan.Place?, _ index: Int?, _ what: String) {
    guard let place, let index else { return demand(place == nil && index == nil, "where \(what) is") }
    demand(place.kind == document.kind(index), "what \(what) is")
    let content = document.kind(index) == .string ? document.content(index) : line[document.place(index)]
    demand(scan.content(place, in: line) == Array(content), "what \(what) says")
    guard place.kind == .string else { return }
    demand(scan.holds(place, document.string(index), in: line), "\(what) holds what it says")
    demand(!scan.holds(place, document.string(index) + "x", in: line), "\(what) holds nothing else")
  }

  private func checkNames(_ names: NameList, of index: Int?) {
    let isObject = index.map { document.kind($0) == .object } ?? false
    let inTree = isObject ? index.map { Array(document.children(of: $0)) } ?? [] : []
    demand(names.count == inTree.count, "how many names there are")
    for (position, name) in inTree.enumerated() {
      demand(names.content(position, in: line) == Array(document.content(name)), "a name")
      demand(names.range(position) == document.place(name), "where a name stands")
    }
    let isASCII = inTree.allSatisfy { document.content($0).allSatisfy { $0 < 0x80 } }
    demand(names.hasNonASCII == !isASCII, "whether names are ASCII")
  }

  private func checkID(_ index: Int?) {
    guard let index else { return demand(scan.idKind == .absent, "no id") }
    let integer = document.kind(index) == .number ? Int(document.string(index)) : nil
    let isExact = integer.map { $0.magnitude < 1 << 53 && document.string(index) != "-0" } ?? false
    switch scan.idKind {
    case .absent: fatalError("broken promise: an id is seen")
    case .string: demand(document.kind(index) == .string, "an id that is a string")
    case .integer: demand(isExact, "an id that is an integer")
    case .other: demand(document.kind(index) != .string && !isExact, "an id that is neither")
    }
  }
}
