extension Client {
  /// What the client's programs are called, in any case: its id, and these.
  var programs: [String] { [id] + (Self.programs[id] ?? []) }

  private static let programs: [String: [String]] = [
    "amazon-q-cli": ["q", "qchat"],
    "antigravity": ["agy"],
    "augment": ["auggie"],
    "cherry-studio": ["cherrystudio", "cherry studio"],
    "claude-code": ["claude"],
    "claude-desktop": ["claude"],
    "continue": ["cn"],
    "copilot-cli": ["copilot"],
    "cursor": ["cursor-agent"],
    "factory-droid": ["droid"],
    "gemini-cli": ["gemini"],
    "goose": ["goosed"],
    "grok-cli": ["grok"],
    "jetbrains-ai-assistant": [
      "idea", "pycharm", "webstorm", "goland", "clion", "rider", "phpstorm", "rubymine", "rustrover", "datagrip",
      "dataspell", "studio", "intellij idea", "android studio",
    ],
    "kilo-code": ["kilo"],
    "kimi-cli": ["kimi"],
    "kiro": ["kiro-cli", "kiro-cli-chat"],
    "lm-studio": ["lm studio", "lms"],
    "mistral-vibe": ["vibe"],
    "openhands": ["openhands-cli"],
    "qwen-code": ["qwen"],
    "roo-code": ["roo"],
    "vscode": [
      "code", "code-insiders", "code-oss", "codium", "vscodium", "code-server", "openvscode-server",
      "visual studio code", "visual studio code - insiders",
    ],
    "warp": ["warp-terminal"],
    "zed": ["zed-editor", "zeditor"],
  ]
}
