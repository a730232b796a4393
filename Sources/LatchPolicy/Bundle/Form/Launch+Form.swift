import LatchJSON

extension Launch {
  var form: JSONValue {
    switch self {
    case .stdio(let command, let arguments, let environment, let directory, let inherit):
      .object([
        "transport": .string("stdio"), "command": .string(command), "args": .strings(arguments),
        "env": .array(environment.map(\.form)), "cwd": directory.map(JSONValue.string),
        "inherit_env": .strings(inherit),
      ])
    case .http(let transport, let url, let headers, let insecure):
      .object([
        "transport": .string(transport), "url": .string(url), "headers": .array(headers.map(\.form)),
        "insecure": .bool(insecure),
      ])
    }
  }

  init(_ value: LineValue) throws(BundleError) {
    let fields = try value.fields([
      "transport", "command", "args", "env", "cwd", "inherit_env", "url", "headers", "insecure",
    ])
    switch try fields.string("transport") {
    case "stdio":
      _ = try value.fields(["transport", "command", "args", "env", "cwd", "inherit_env"])
      self = .stdio(
        command: try fields.string("command"), arguments: try fields.required("args").strings(),
        environment: try fields.list("env", Binding.init), directory: try fields.optionalString("cwd"),
        inherit: try fields.required("inherit_env").strings())
    case let transport where transport == "http" || transport == "sse":
      _ = try value.fields(["transport", "url", "headers", "insecure"])
      self = .http(
        transport: transport, url: try fields.string("url"), headers: try fields.list("headers", Binding.init),
        insecure: try fields.boolean("insecure"))
    case let transport: throw value.failure("`\(transport)` is not a transport")
    }
  }
}

extension Launch.Binding {
  fileprivate var form: JSONValue {
    switch value {
    case .text(let text): .object(["name": .string(name), "text": .string(text)])
    case .output(let program): .object(["name": .string(name), "output_of": .strings(program)])
    }
  }

  fileprivate init(_ line: LineValue) throws(BundleError) {
    let fields = try line.fields(["name", "text", "output_of"])
    let name = try fields.string("name")
    switch (fields["text"], fields["output_of"]) {
    case (let text?, nil): self.init(name: name, value: .text(try text.string()))
    case (nil, let program?): self.init(name: name, value: .output(of: try program.strings()))
    default: throw line.failure("one of `text` and `output_of` is wanted")
    }
  }
}
