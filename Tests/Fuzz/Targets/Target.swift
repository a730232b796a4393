/// What is fuzzed: each takes any bytes and stops the program where a promise does not hold.
enum Target: String, CaseIterable {
  case json, session, bundle

  /// `--target=NAME`: libFuzzer passes over what begins with two dashes.
  static let chosen: Target = {
    let names = CommandLine.arguments.compactMap { $0.hasPrefix("--target=") ? String($0.dropFirst(9)) : nil }
    guard let target = names.first.flatMap(Target.init) else {
      fatalError("--target= one of \(allCases.map(\.rawValue))")
    }
    return target
  }()

  func take(_ input: Span<UInt8>) {
    switch self {
    case .json: JSONTarget.take(input)
    case .session: SessionTarget.take(input)
    case .bundle: BundleTarget.take(input)
    }
  }
}

/// Says what did not hold and stops; libFuzzer keeps the input.
func demand(_ holds: @autoclosure () -> Bool, _ promise: @autoclosure () -> String) {
  if !holds() { fatalError("broken promise: \(promise())") }
}

/// The input as an array: for readers that want one.
func array(_ input: Span<UInt8>) -> [UInt8] {
  [UInt8](capacity: input.count) { output in
    for index in input.indices { output.append(input[index]) }
  }
}
