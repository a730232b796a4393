/// What Latch knows of characters, by tables of one version, so that no two programs of it can disagree.
package enum UnicodeTables {
  package static let version = "15.0.0"

  /// The two letters of a code point's general category.
  package static func generalCategory(of point: UInt32) -> String {
    PropertyNames.categoryList[value(of: point, in: .generalCategories, digits: 1)]
  }

  /// The long name of a code point's script.
  package static func script(of point: UInt32) -> String {
    PropertyNames.scriptLongNames[value(of: point, in: .scripts, digits: 2)]
  }

  static func combiningClass(of point: UInt32) -> Int {
    point < 0x300 ? 0 : value(of: point, in: .combiningClasses, digits: 2)
  }

  /// The number beside the run that a code point is in.
  static func value(of point: UInt32, in table: StaticTable, digits: Int) -> Int {
    table.record(atOrBelow: point).map { table.number($0, from: 4, digits: digits) } ?? 0
  }

  /// The code points of all runs with a wanted number.
  static func points(in table: StaticTable, digits: Int, where isWanted: (Int) -> Bool) -> ScalarSet {
    var ranges: [ClosedRange<UInt32>] = []
    for record in 0..<table.count where isWanted(table.number(record, from: 4, digits: digits)) {
      let end = record + 1 < table.count ? table.key(record + 1) : 0x110000
      ranges.append(UInt32(table.key(record))...UInt32(end - 1))
    }
    return ScalarSet(ranges)
  }
}

extension PropertyNames {
  static let categoryList = words(categories)
  static let scriptList = words(scripts).map { $0.split(separator: "=").map(String.init) }
  /// Some scripts have but one name.
  static let scriptLongNames = scriptList.map { $0.count > 1 ? $0[1] : $0[0] }
  static let categoryAliasList = words(categoryAliases).map { $0.split(separator: "=").map(String.init) }

  private static func words(_ text: StaticString) -> [String] {
    String(describing: text).split(separator: " ").map(String.init)
  }
}
