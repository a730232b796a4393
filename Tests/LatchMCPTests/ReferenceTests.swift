import LatchLaunch
import LatchMCP
import Testing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

private func references(project: String? = "/srv/project/") throws(LaunchError) -> References {
  let variables = [("HOME", "/home/ann"), ("TOKEN", "t0p"), ("EMPTY", "")]
  return try References(
    environment: ProcessEnvironment(variables.map { ProcessEnvironment.Variable($0.0, $0.1) }), project: project)
}

@Suite("References")
struct ReferenceTests {
  @Test(
    "are filled in where they stand",
    arguments: [
      ("plain $text", "plain $text"), ("Bearer ${env:TOKEN}", "Bearer t0p"), ("${env:NONE:-x}", "x"),
      ("${env:EMPTY:-x}", "x"), ("${env:EMPTY:-}", ""), ("${project}/data", "/srv/project/data"),
      ("${home}/data", "/home/ann/data"), ("$${env:TOKEN}", "${env:TOKEN}"), ("$$${x}", "$${x}"),
      ("${env:TOKEN}${env:TOKEN}", "t0pt0p"), ("${env:NONE:-a:-b}", "a:-b"), ("", ""),
    ])
  func resolved(text: String, expected: String) throws { #expect(try references().resolve(text) == expected) }

  @Test(
    "that cannot be read are refused",
    arguments: ["${", "${}", "${TOKEN}", "${env:}", "${env:A-B}", "x${project}", "x${home}", "${file:}", "${env:A:b}"])
  func malformed(text: String) {
    #expect(throws: LaunchError.malformedReference(text)) { try references().resolve(text) }
  }

  @Test("to a variable that is not set, or empty, name it", arguments: ["NONE", "EMPTY"])
  func missing(name: String) {
    #expect(throws: LaunchError.missingVariable(name)) { try references().resolve("Bearer ${env:\(name)}") }
  }

  @Test("are not filled in twice")
  func once() throws {
    let environment = ProcessEnvironment([.init("A", "${env:B}"), .init("B", "secret")])
    #expect(try References(environment: environment, project: nil).resolve("${env:A}") == "${env:B}")
  }

  @Test("to the project want one", arguments: ["relative", "/", "//", "/home/ann", "/home/ann/", "/srv/../etc", ""])
  func unsuitableProject(path: String) {
    #expect(throws: LaunchError.unsuitableProject(path)) { try references(project: path) }
    #expect(throws: LaunchError.missingProject) { try references(project: nil).resolve("${project}") }
  }

  @Test("read the first line of a file that only its owner may read")
  func file() throws {
    let path = "/tmp/latch-secret-\(getpid())"
    let descriptor = unsafe open(path, O_CREAT | O_WRONLY | O_TRUNC, 0o600)
    _ = unsafe write(descriptor, "s3cret\r\nmore\n", 14)
    close(descriptor)
    defer { unsafe unlink(path) }
    #expect(try references().resolve("${file:\(path)}") == "s3cret")
    unsafe chmod(path, 0o644)
    #expect(
      throws: LaunchError.unreadableFile(path: path, problem: "others may read it; run `chmod 600` on it")
    ) { try references().resolve("${file:\(path)}") }
    #expect(throws: LaunchError.self) { try references().resolve("${file:/tmp}") }
    #expect(throws: LaunchError.self) { try references().resolve("${file:relative}") }
  }

  @Test("may be what a program prints, without a shell")
  func printed() throws {
    #expect(try references().output(of: ["/bin/echo", "$HOME; two"]) == "$HOME; two")
    #expect(throws: LaunchError.self) { try references().output(of: ["echo", "x"]) }
    #expect(throws: LaunchError.self) { try references().output(of: ["/bin/false"]) }
    #expect(throws: LaunchError.self) { try references().output(of: ["/bin/true"]) }
    #expect(throws: LaunchError.self) { try references().output(of: []) }
  }

  @Test("go to a child with the fixed list of variables and no others")
  func environment() throws {
    let mine = ProcessEnvironment([
      .init("HOME", "/home/ann"), .init("SECRET", "no"), .init("LC_ALL", "C"), .init("WANTED", "yes"),
      .init("EMPTY", ""),
    ])
    let plan = LaunchPlan(
      command: "x", arguments: ["${home}/a"], environment: [.init("B", .text("${env:SECRET}"))], directory: "${home}",
      inherit: ["WANTED", "EMPTY"])
    let command = try plan.resolved(with: References(environment: mine, project: nil))
    #expect(command.environment.map(\.name) == ["HOME", "LC_ALL", "WANTED", "B"])
    #expect(command.environment.last?.value == "no")
    #expect(command.arguments == ["/home/ann/a"])
    #expect(command.directory == "/home/ann")
  }
}
