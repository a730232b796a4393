extension ScalarSet {
  /// The scalars of a general category, by any of its names.
  init?(category name: some StringProtocol) {
    guard let names = PropertyNames.categoryAliasList.first(where: { $0.contains { $0.isSameText(as: name) } }) else {
      return nil
    }
    let short = names[0]
    let wanted = PropertyNames.categoryList.map { category in
      category == short || (short.utf8.count == 1 && category.hasPrefix(short))
        || (short == "LC" && ["Lu", "Ll", "Lt"].contains(category))
    }
    self = UnicodeTables.points(in: .generalCategories, digits: 1) { wanted[$0] }
  }

  /// The scalars of a script, by any of its names; with `extended`, also those that it shares with others.
  init?(script name: some StringProtocol, extended: Bool = false) {
    let scripts = PropertyNames.scriptList
    guard let number = scripts.firstIndex(where: { $0.contains { $0.isSameText(as: name) } }) else { return nil }
    self = UnicodeTables.points(in: .scripts, digits: 2) { $0 == number }
    guard extended else { return }
    let table = StaticTable.scriptExtensions
    var shared: [ClosedRange<UInt32>] = []
    var others: [ClosedRange<UInt32>] = []
    for record in 0..<table.count {
      let range = UInt32(table.key(record))...UInt32(table.number(record, from: 4, digits: 4))
      let members = stride(from: 8, to: table.width, by: 2).map { table.number(record, from: $0, digits: 2) }
      if number != 0, members.contains(number) { shared.append(range) } else { others.append(range) }
    }
    self = subtracting(ScalarSet(others)).union(ScalarSet(shared))
  }

  /// The scalars with a binary property that ECMA-262 knows, by its long or short name.
  init?(binaryProperty name: String) {
    switch name {
    case "Any": self = .all
    case "ASCII": self = ScalarSet([0...0x7F])
    case "Assigned": self = UnicodeTables.points(in: .generalCategories, digits: 1) { $0 != Self.unassigned }
    default:
      guard let borders = BinaryProperties.borders(of: name) else { return nil }
      self.init(differences: Base64Digits(borders))
    }
  }

  private static let unassigned = PropertyNames.categoryList.firstIndex(of: "Cn")

  /// The set whose borders lie so far from each other: five bits a digit, the sixth says that more follow.
  private init(differences digits: Base64Digits) {
    var borders: [UInt32] = []
    var (border, step) = (UInt32(0), UInt32(0))
    for index in 0..<digits.count {
      step = step << 5 | UInt32(digits[index] & 31)
      guard digits[index] & 32 == 0 else { continue }
      border += step
      borders.append(border)
      step = 0
    }
    if borders.count % 2 == 1 { borders.append(0x110000) }
    self.init(stride(from: 0, to: borders.count, by: 2).map { borders[$0]...borders[$0 + 1] - 1 })
  }
}

extension StringProtocol {
  /// Whether both are the same bytes: `==` would also take canonical equivalents.
  func isSameText(as other: some StringProtocol) -> Bool {
    utf8.elementsEqual(other.utf8)
  }
}

extension Unicode.Scalar {
  var isIdentifierStart: Bool {
    isASCII ? isASCIILetter : ScalarSet.identifierStarts.contains(value)
  }

  var isIdentifierPart: Bool {
    isASCII
      ? isASCIIWord : ScalarSet.identifierParts.contains(value) || value == 0x200C || value == 0x200D
  }
}

extension ScalarSet {
  fileprivate static let identifierStarts = ScalarSet(binaryProperty: "ID_Start") ?? .none
  fileprivate static let identifierParts = ScalarSet(binaryProperty: "ID_Continue") ?? .none
}
