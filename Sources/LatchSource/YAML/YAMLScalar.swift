/// A scalar, resolved by the YAML 1.2 core schema.
package struct YAMLScalar: Sendable {
  let node: YAMLNode

  /// What the scalar means.
  package enum Value: Sendable, Equatable {
    case null
    case bool(Bool)
    /// A whole number, as JSON writes it: `0x1F` is `31`.
    case integer(String)
    /// Another number, as JSON writes it: `.5` is `0.5`.
    case float(String)
    case string(String)
  }

  package var value: Value {
    switch node.record.kind {
    case .null, .sequence, .mapping: .null
    case .false: .bool(false)
    case .true: .bool(true)
    case .integer: .integer(jsonNumber(node.bytes))
    case .float: .float(jsonNumber(node.bytes))
    case .string: .string(text)
    }
  }

  package var style: YAMLStyle { node.style }
  package var span: Span { node.span }
  /// What is written, quotes, escapes and folding resolved.
  package var text: String { node.text }
  package var bytes: ArraySlice<UInt8> { node.bytes }
}
