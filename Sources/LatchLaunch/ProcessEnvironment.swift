#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The variables of a process, in order; names are compared byte for byte.
package struct ProcessEnvironment: Sendable, Equatable {
  package struct Variable: Sendable, Equatable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package private(set) var variables: [Variable]

  package init(_ variables: [Variable] = []) { self.variables = variables }

  /// The value of `name`, if there is one; setting replaces it or adds it at the end.
  package subscript(name: String) -> String? {
    get { variables.first { $0.name.utf8.elementsEqual(name.utf8) }?.value }
    set {
      let index = variables.firstIndex { $0.name.utf8.elementsEqual(name.utf8) }
      switch (index, newValue) {
      case (let index?, let value?): variables[index].value = value
      case (let index?, nil): variables.remove(at: index)
      case (nil, let value?): variables.append(Variable(name, value))
      case (nil, nil): break
      }
    }
  }

  /// The environment of this process.
  package static func current() -> ProcessEnvironment {
    var variables: [Variable] = []
    #if canImport(Darwin)
      var cursor: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe _NSGetEnviron().pointee
    #else
      var cursor: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe environ
    #endif
    while let entries = unsafe cursor, let entry = unsafe entries.pointee {
      let text = unsafe String(cString: entry)
      if let separator = text.utf8.firstIndex(of: UInt8(ascii: "=")) {
        variables.append(Variable(String(text[..<separator]), String(text[text.utf8.index(after: separator)...])))
      }
      unsafe cursor = entries + 1
    }
    return ProcessEnvironment(variables)
  }
}

extension ProcessEnvironment {
  private static let passedOn = ["HOME", "LANG", "LOGNAME", "PATH", "SHELL", "TERM", "TMPDIR", "USER"]

  /// What a child is given before its own variables: a short fixed list, `LC_*`, and the names it asks to inherit,
  /// unless they are empty, as clients hand on what is not set.
  package func forChild(inheriting names: [String]) -> ProcessEnvironment {
    ProcessEnvironment(
      variables.filter { variable in
        Self.passedOn.contains { $0.utf8.elementsEqual(variable.name.utf8) }
          || variable.name.utf8.starts(with: "LC_".utf8)
          || !variable.value.isEmpty && names.contains { $0.utf8.elementsEqual(variable.name.utf8) }
      })
  }
}
