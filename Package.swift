// swift-tools-version: 6.2
import PackageDescription

#if canImport(Glibc)
  import Glibc
#endif

/// What is started for every server of every client is to start at once and to need little memory: without tables of
/// symbols that nobody looks up, and with relocations packed (RELR), which glibc reads from 2.36 on.
var lean: [LinkerSetting] {
  #if canImport(Glibc)
    var version = [CChar](repeating: 0, count: 64)
    _ = confstr(Int32(_CS_GNU_LIBC_VERSION), &version, version.count)
    let text = String(decoding: version.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
    var flags = ["-use-ld=lld", "-Xlinker", "--no-export-dynamic"]
    if !numbers.lexicographicallyPrecedes([2, 36]) { flags += ["-Xlinker", "-z", "-Xlinker", "pack-relative-relocs"] }
    return [.unsafeFlags(flags, .when(platforms: [.linux], configuration: .release))]
  #else
    return []
  #endif
}

/// The target graph is the architecture diagram: a folder is a stage. See `Sources/README.md`.
let package = Package(
  name: "latch",
  platforms: [.macOS(.v26)],
  products: [
    .executable(name: "latch", targets: ["latch"]),
    .executable(name: "latch-proxy", targets: ["latch-proxy"]),
    .executable(name: "latch-proxy-http", targets: ["latch-proxy-http"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
  ],
  targets: [
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite3"])]),
    .target(name: "CLatchProcess"),
    .target(name: "LatchJSON"),
    .target(name: "LatchAutomata"),
    .target(name: "LatchSchema", dependencies: ["LatchJSON", "LatchAutomata"]),
    .target(
      name: "LatchPolicy",
      dependencies: ["LatchJSON", "LatchAutomata", "LatchSchema", .product(name: "Crypto", package: "swift-crypto")]),
    .target(name: "LatchSource", dependencies: ["CLibYAML"]),
    .target(
      name: "LatchSchemaTexts", path: "Schemas",
      resources: [
        .embedInCode("latch.schema.json"), .embedInCode("lock.schema.json"), .embedInCode("bundle.schema.json"),
        .embedInCode("audit.schema.json"),
      ]),
    .target(
      name: "LatchCompiler",
      dependencies: ["LatchPolicy", "LatchSource", "LatchSchema", "LatchSchemaTexts", "LatchJSON", "LatchAutomata"]),
    .target(name: "LatchClients", dependencies: ["LatchSource", "LatchJSON"]),
    .target(name: "LatchLaunch", dependencies: ["CLatchProcess"]),
    .target(
      name: "LatchMCP",
      dependencies: [
        "LatchLaunch", "LatchJSON", .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"), .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ]),
    .target(
      name: "LatchProxy",
      dependencies: [
        "LatchPolicy", "LatchLaunch", "LatchJSON", "LatchAutomata", "CLatchProcess", "CSQLite",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .target(
      name: "LatchRemote", dependencies: ["LatchProxy", "LatchMCP", "LatchPolicy", "LatchLaunch", "LatchJSON"]),
    .target(name: "LatchExport", dependencies: ["LatchProxy", "LatchMCP", "LatchLaunch", "LatchJSON"]),
    .target(
      name: "LatchKeys",
      dependencies: [
        "LatchProxy", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
      ]),
    .executableTarget(
      name: "latch",
      dependencies: [
        "LatchCompiler", "LatchPolicy", "LatchSource", "LatchSchema", "LatchJSON", "LatchClients", "LatchMCP",
        "LatchLaunch", "LatchProxy", "LatchExport", "LatchKeys",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(name: "latch-proxy", dependencies: ["LatchProxy"], linkerSettings: lean),
    .executableTarget(name: "latch-proxy-http", dependencies: ["LatchProxy", "LatchRemote"], linkerSettings: lean),
    .testTarget(
      name: "LatchMCPTests", dependencies: ["LatchMCP", "LatchLaunch", "LatchJSON"],
      exclude: ["fake_server.py", "HTTP/scripted_server.py", "HTTP/real_server.py"]),
    .testTarget(name: "LatchClientsTests", dependencies: ["LatchClients", "LatchSource", "LatchJSON"]),
    .testTarget(name: "LatchSourceTests", dependencies: ["LatchSource", "LatchTestSupport"]),
    .testTarget(
      name: "LatchCompilerTests",
      dependencies: [
        "LatchCompiler", "LatchPolicy", "LatchSource", "LatchSchema", "LatchJSON", "LatchMCP", "LatchLaunch",
        "LatchTestSupport",
      ]),
    .testTarget(name: "LatchAutomataTests", dependencies: ["LatchAutomata", "LatchTestSupport"]),
    .target(name: "LatchTestSupport", path: "Tests/LatchTestSupport"),
    .executableTarget(
      name: "LatchBenchmarks",
      dependencies: [
        "LatchJSON", "LatchSchema", "LatchSource", "LatchPolicy", "LatchCompiler", "LatchProxy", "CLibYAML",
        "latch-proxy", "puppet", "byte-relay",
      ],
      path: "Tests/LatchBenchmarks"),
    .executableTarget(name: "byte-relay", path: "Tests/ByteRelay"),
    .testTarget(
      name: "LatchPolicyTests",
      dependencies: ["LatchPolicy", "LatchSchema", "LatchJSON", "LatchAutomata", "LatchTestSupport"]),
    .testTarget(
      name: "LatchLanguageTests",
      dependencies: [
        "LatchCompiler", "LatchPolicy", "LatchSource", "LatchJSON", "LatchAutomata", "LatchTestSupport",
      ]),
    .testTarget(name: "LatchSchemaTests", dependencies: ["LatchSchema", "LatchJSON", "LatchTestSupport"]),
    .executableTarget(name: "puppet", path: "Tests/Puppet"),
    .executableTarget(name: "StateRacer", dependencies: ["LatchProxy"], path: "Tests/StateRacer"),
    .executableTarget(name: "caller", dependencies: ["LatchProxy", "LatchJSON"], path: "Tests/Caller"),
    .testTarget(name: "LatchKeysTests", dependencies: ["LatchKeys", "LatchProxy"]),
    .testTarget(
      name: "LatchProxyTests",
      dependencies: [
        "LatchProxy", "LatchPolicy", "LatchMCP", "LatchLaunch", "LatchExport", "LatchSchema", "LatchJSON",
        "LatchTestSupport",
        "latch-proxy", "latch-proxy-http", "puppet", "StateRacer",
      ]),
    .testTarget(name: "LatchJSONTests", dependencies: ["LatchJSON", "LatchTestSupport"]),
    .testTarget(name: "LatchCommandTests", dependencies: ["latch", "caller", "LatchTestSupport"]),
  ]
)

for target in package.targets where ![.system, .plugin].contains(target.type) && !target.name.hasPrefix("C") {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
  ]
}
