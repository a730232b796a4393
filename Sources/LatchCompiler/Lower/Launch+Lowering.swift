package import LatchPolicy
import LatchSource

extension UpstreamDeclaration {
  /// How the upstream is reached, references unresolved. Checks have said it where there is no command and no url.
  package var launch: Launch {
    if let url {
      return .http(
        transport: transport?.value ?? "http", url: url.value, headers: bindings(headers), insecure: isInsecure)
    }
    return .stdio(
      command: command?.value ?? "", arguments: arguments.map(\.value), environment: bindings(environment),
      directory: directory?.value, inherit: inByteOrder(Set(inherited.map(\.value)), \.self))
  }
}

private func bindings(_ declarations: [BindingDeclaration]) -> [Launch.Binding] {
  inByteOrder(declarations.map { Launch.Binding(name: $0.name.value, value: $0.value.value) }, \.name)
}
