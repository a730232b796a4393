// swift-tools-version: 6.2
import PackageDescription

/// `latch-proxy` under the thread sanitizer: `Tests/threads.sh` lays this beside copies of its targets. The name is that
/// of the whole package, whose `package` access it shares.
let package = Package(
  name: "latch",
  platforms: [.macOS(.v26)],
  dependencies: [.package(url: "https://github.com/apple/swift-crypto", from: "4.5.2")],
  targets: [
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3"),
    .target(name: "CLatchProcess"),
    .target(name: "LatchJSON"),
    .target(name: "LatchAutomata"),
    .target(name: "LatchSchema", dependencies: ["LatchJSON", "LatchAutomata"]),
    .target(
      name: "LatchPolicy",
      dependencies: ["LatchJSON", "LatchAutomata", "LatchSchema", .product(name: "Crypto", package: "swift-crypto")]),
    .target(name: "LatchLaunch", dependencies: ["CLatchProcess"]),
    .target(
      name: "LatchProxy",
      dependencies: [
        "LatchPolicy", "LatchLaunch", "LatchJSON", "LatchAutomata", "CLatchProcess", "CSQLite",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .executableTarget(
      name: "latch-proxy", dependencies: ["LatchProxy"],
      linkerSettings: [.unsafeFlags(["-sanitize=thread"])]),
  ]
)

for target in package.targets where target.type != .system && !target.name.hasPrefix("C") {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
    .unsafeFlags(["-sanitize=thread", "-g"]),
  ]
}
