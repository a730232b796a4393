/// How a project says that an upstream is started; references are still as written.
package struct LaunchPlan: Sendable, Equatable {
  package enum Value: Sendable, Equatable {
    case text(String)
    /// The first line that a program prints.
    case output(of: [String])
  }

  package struct Binding: Sendable, Equatable {
    package var name: String
    package var value: Value

    package init(_ name: String, _ value: Value) {
      self.name = name
      self.value = value
    }
  }

  package var command: String
  package var arguments: [String]
  package var environment: [Binding]
  package var directory: String?
  package var inherit: [String]

  package init(
    command: String, arguments: [String], environment: [Binding], directory: String?, inherit: [String]
  ) {
    self.command = command
    self.arguments = arguments
    self.environment = environment
    self.directory = directory
    self.inherit = inherit
  }

  /// The command with its references filled in; nothing has been started yet but the programs that print secrets.
  package func resolved(with references: References) throws(LaunchError) -> ProgramCommand {
    var words: [String] = []
    for argument in arguments { words.append(try references.resolve(argument)) }
    var variables = references.environment.forChild(inheriting: inherit)
    for binding in environment { variables[binding.name] = try references.resolve(binding.value, of: binding.name) }
    let place: String?
    if let directory { place = try references.resolve(directory) } else { place = nil }
    return ProgramCommand(
      program: command, arguments: words, environment: variables.variables.map { ($0.name, $0.value) },
      directory: place)
  }
}

extension References {
  /// What a variable or header is to hold.
  package func resolve(_ value: LaunchPlan.Value, of name: String) throws(LaunchError) -> String {
    let text: String
    switch value {
    case .text(let written): text = try resolve(written)
    case .output(let argv): text = try output(of: argv)
    }
    guard !text.utf8.contains(0), !name.utf8.contains(0) else { throw .unsuitableValue(name: name) }
    return text
  }
}
