extension JSONDocument {
  /// Whether two values mean the same: members in any order, numbers by exact decimal value, strings byte for byte.
  ///
  /// Numbers whose value cannot be told (`DecimalNumber`) are the same only if they are written the same.
  package func isSameJSON(_ index: Int, as other: JSONDocument, _ otherIndex: Int) -> Bool {
    guard kind(index) == other.kind(otherIndex), nodes[index].count == other.nodes[otherIndex].count else {
      return false
    }
    switch kind(index) {
    case .null, .true, .false: return true
    case .string: return content(index).elementsEqual(other.content(otherIndex))
    case .number: return isSameNumber(content(index), other.content(otherIndex))
    case .array:
      return zip(children(of: index), other.children(of: otherIndex)).allSatisfy { isSameJSON($0, as: other, $1) }
    case .object:
      return zip(sortedNames(of: index), other.sortedNames(of: otherIndex)).allSatisfy {
        content($0).elementsEqual(other.content($1)) && isSameJSON($0 + 1, as: other, $1 + 1)
      }
    }
  }

  /// Indices of an object's names in the order of their bytes.
  package func sortedNames(of index: Int) -> [Int] {
    children(of: index).sorted { content($0).lexicographicallyPrecedes(content($1)) }
  }
}

extension JSONValue {
  /// Whether two values mean the same: members in any order, numbers by exact decimal value.
  package func isSameJSON(as other: JSONValue) -> Bool { document().isSameJSON(0, as: other.document(), 0) }
}

private func isSameNumber(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
  if left.elementsEqual(right) { return true }
  guard let left = DecimalNumber(left), let right = DecimalNumber(right) else { return false }
  return left == right
}
