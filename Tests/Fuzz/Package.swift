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
    .systemLibrary(name: "CSQLite"),
    // The session does no I/O: of what does, only that is here whose types it speaks of.
    .target(
      name: "LatchProxy", dependencies: ["LatchPolicy", "LatchJSON", "LatchAutomata", "CSQLite", "Crypto"],
      exclude: ["Session/Session+Policy.swift", "State/Keys/SigningKey.swift"],
      sources: [
        "Session", "Message", "State", "Audit/AuditError.swift", "Audit/AuditSettings.swift", "Audit/AnchorStore.swift",
        "Audit/Record", "Audit/Redact", "Audit/Write/RecordBuffer.swift", "Audit/Write/EscapedText.swift",
      ]),
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
  // These take the compiler longest, and are not what is fuzzed.
  if ["LatchAutomata", "LatchSchema"].contains(target.name) { target.swiftSettings?.append(.unsafeFlags(["-Onone"])) }
  if target.name != "Crypto" { target.swiftSettings?.append(.unsafeFlags(["-sanitize=fuzzer,address"])) }
}
