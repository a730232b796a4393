import LatchPolicy

/// Where a condition looks: an argument path from the top of the arguments, in which `any` and `all` lead to an element.
struct ArgumentRoute: Sendable {
  enum Step: Sendable {
    case name(String)
    case index(Int)
    case element
  }

  var steps: [Step] = []

  /// The same bytes for the same place.
  var key: [UInt8] {
    steps.flatMap { step in
      switch step {
      case .name(let name): framed(Array("n\(name)".utf8))
      case .index(let index): framed(Array("i\(index)".utf8))
      case .element: framed(Array("e".utf8))
      }
    }
  }

  /// The place that a path leads to from here.
  func appending(_ path: ArgumentPath) -> ArgumentRoute {
    ArgumentRoute(
      steps: steps
        + path.steps.map { step in
          switch step {
          case .name(let name): .name(name)
          case .index(let index): .index(index)
          }
        })
  }

  var element: ArgumentRoute { ArgumentRoute(steps: steps + [.element]) }

  /// The name that tells what the values are: of an element that of its list.
  var noun: String? {
    for step in steps.reversed() {
      if case .name(let name) = step { return name }
    }
    return nil
  }

  /// For messages: `options.force`, or `an element of files`, quoted.
  var inWords: String {
    guard let last = steps.lastIndex(where: \.isElement) else { return Self.quoted(steps[...]) }
    let list = ArgumentRoute(steps: Array(steps[..<last])).inWords
    let rest = steps[(last + 1)...]
    return rest.isEmpty ? "an element of \(list)" : "\(Self.quoted(rest)) of an element of \(list)"
  }

  private static func quoted(_ steps: ArraySlice<Step>) -> String {
    var text = ""
    for step in steps {
      switch step {
      case .name(let name): text += (text.isEmpty ? "" : ".") + name
      case .index(let index): text += "[\(index)]"
      case .element: break
      }
    }
    return "`\(text)`"
  }
}

extension ArgumentRoute.Step {
  var isElement: Bool { if case .element = self { true } else { false } }
}
