// swift-tools-version: 6.2
import PackageDescription

/// What is fuzzed and what it needs, instrumented, and nothing else: `Tests/fuzz.sh` lays this beside links to `Sources`
/// and `Tests`. The name is that of the whole package, whose `package` access it shares.
let package = Package(
  name: "latch",
  platforms: [.macOS(.v26)],
  targets: [
    .target(name: "LatchJSON"),
    .target(name: "LatchAutomata"),
    .target(name: "LatchSchema", dependencies: ["LatchJSON", "LatchAutomata"]),
    .target(name: "LatchPolicy", dependencies: ["LatchJSON", "LatchAutomata", "LatchSchema", "Crypto"]),
    // The session does no I/O, so the folders that do are left out.
    .target(
      name: "LatchProxy", dependencies: ["LatchPolicy", "LatchJSON", "LatchAutomata"], sources: ["Session", "Message"]),
    .target(name: "Crypto", path: "Tests/Fuzz/Crypto"),
    .systemLibrary(name: "CLibFuzzer", path: "Tests/Fuzz/CLibFuzzer"),
    .executableTarget(
      name: "fuzz", dependencies: ["LatchProxy", "LatchPolicy", "LatchJSON", "CLibFuzzer"],
      path: "Tests/Fuzz/Targets",
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]),
  ]
)

for target in package.targets where target.type != .system {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
  ]
  if target.name != "Crypto" { target.swiftSettings?.append(.unsafeFlags(["-sanitize=fuzzer,address"])) }
}
