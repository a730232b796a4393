import LatchClients
import Testing

@Suite("Programs that run")
struct RunningProgramTests {
  private func client(_ path: String?, _ name: String = "x", _ arguments: String...) -> String? {
    RunningProgram(path: path, name: name, arguments: arguments).client?.id
  }

  @Test("are a client's by their file, in any case")
  func files() {
    #expect(client("/usr/bin/cursor") == "cursor")
    #expect(client("/home/me/Applications/Claude") == "claude-code")
    #expect(client("/usr/share/code/code", "code", "/usr/share/code/code --type=zygote") == "vscode")
    #expect(client("/opt/zed/libexec/zed-editor") == "zed")
    #expect(client("/usr/local/bin/opencode") == "opencode")
  }

  @Test("are a client's by what the system calls them, cut off or not")
  func names() {
    #expect(client(nil, "codex") == "codex")
    #expect(client(nil, "copilot-jetbrai") == "copilot-jetbrains")
    #expect(client(nil, "copilot-jetbra") == nil)
    #expect(client("/home/me/.local/share/other/1.2", "claude") == "claude-code")
    #expect(client("/bin/busybox", "sh", "/usr/bin/gemini") == "gemini-cli")
  }

  @Test("are a client's by the directory that it is installed in")
  func directories() {
    #expect(client("/home/me/.local/share/claude/versions/2.0.1", "2.0.1") == "claude-code")
    #expect(client("/home/me/.vscode-server/cli/servers/Stable-1/server/node") == "vscode")
    #expect(client("/home/me/.cursor-server/bin/1/node") == "cursor")
    #expect(client("/Applications/Visual Studio Code.app/Contents/MacOS/Electron") == "vscode")
    #expect(client("/Applications/Cursor.app/Contents/Frameworks/Cursor Helper.app/Contents/MacOS/Helper") == "cursor")
    #expect(client("/opt/Windsurf/chrome-sandbox") == "windsurf")
  }

  @Test("are a client's by the script that an interpreter runs")
  func scripts() {
    #expect(client("/usr/bin/node", "node", "node", "/usr/bin/gemini") == "gemini-cli")
    #expect(
      client("/usr/bin/node", "node", "node", "--no-warnings", "/usr/lib/node_modules/@google/gemini-cli/dist/index.js")
        == "gemini-cli")
    #expect(
      client("/usr/bin/node", "node", "node", "/usr/lib/node_modules/@anthropic-ai/claude-code/cli.js")
        == "claude-code")
    #expect(client("/usr/bin/python3.11", "python3.11", "python3", "-m", "openhands") == "openhands")
    #expect(client("/usr/bin/bun", "MainThread", "bun", "qwen.ts") == "qwen-code")
  }

  @Test("are nobody's by a name that is another's, or by what they work on")
  func others() {
    #expect(client("/bin/bash", "bash", "-bash") == nil)
    #expect(client("/usr/bin/vim", "vim", "vim", "claude") == nil)
    #expect(client("/usr/bin/tmux", "tmux: server", "tmux") == nil)
    #expect(client("/home/me/code/cursor/run", "run") == nil)
    #expect(client("/usr/bin/node", "node", "node", "server.js", "claude") == nil)
    #expect(client("/usr/bin/encoder") == nil)
    #expect(client("/usr/libexec/gnome-terminal-server", "gnome-terminal-") == nil)
    #expect(client(nil, "") == nil)
  }

  @Test("are called what is asked for, or not")
  func called() {
    let proxy = RunningProgram(path: "/usr/local/bin/latch-proxy", name: "latch-proxy", arguments: ["latch-proxy"])
    #expect(proxy.isCalled("latch-proxy") && !proxy.isCalled("latch") && proxy.client == nil)
  }
}
