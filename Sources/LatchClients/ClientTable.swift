extension Client {
  private static let code = ".config/Code/User"
  private static let macCode = "Library/Application Support/Code/User"

  /// Every client known, sorted by id. Rules may name them; their files are protected from what they start.
  package static let all: [Client] = (assistants + editors + terminals).sorted {
    $0.id.utf8.lexicographicallyPrecedes($1.id.utf8)
  }

  /// Applications to talk with.
  private static let assistants: [Client] = [
    Client(
      "claude-desktop", "Claude Desktop", .json, root: "mcpServers",
      linux: [".config/Claude/claude_desktop_config.json"],
      mac: ["Library/Application Support/Claude/claude_desktop_config.json"]),
    Client("cherry-studio", "Cherry Studio", .application, root: "mcpServers"),
    Client(
      "5ire", "5ire", .application, root: "mcpServers", linux: [".config/5ire/mcp.json"],
      mac: ["Library/Application Support/5ire/mcp.json"]),
    Client(
      "lm-studio", "LM Studio", .json, root: "mcpServers",
      home: [".lmstudio/mcp.json", ".cache/lm-studio/mcp.json"]),
    Client("librechat", "LibreChat", .yaml, root: "mcpServers", project: ["librechat.yaml"]),
    Client("openhands", "OpenHands", .json, root: "mcpServers", home: [".openhands/mcp.json"]),
    Client("hermes", "Hermes agent", .yaml, root: "mcp_servers", home: [".hermes/config.yaml"]),
    Client("goose", "goose", .yaml, root: "extensions", home: [".config/goose/config.yaml"]),
    Client("copilot-cloud-agent", "GitHub Copilot cloud agent", .application, root: "mcpServers"),
  ]

  /// Editors and what runs inside them.
  private static let editors: [Client] = [
    Client(
      "cursor", "Cursor", .json, root: "mcpServers", project: [".cursor/mcp.json", ".cursor/permissions.json"],
      home: [".cursor/mcp.json", ".cursor/permissions.json"]),
    Client(
      "vscode", "VS Code", .jsonc, root: "servers", project: [".vscode/mcp.json", ".vscode/settings.json"],
      home: [".vscode-server/data/User/mcp.json"],
      linux: ["\(code)/mcp.json", "\(code)/settings.json", ".config/Code - Insiders/User/mcp.json"],
      mac: [
        "\(macCode)/mcp.json", "\(macCode)/settings.json",
        "Library/Application Support/Code - Insiders/User/mcp.json",
      ]),
    Client("visual-studio", "Visual Studio", .json, root: "servers", project: [".vs/mcp.json", ".mcp.json"]),
    Client(
      "copilot-jetbrains", "GitHub Copilot for JetBrains IDEs", .jsonc, root: "servers",
      home: [".config/github-copilot/intellij/mcp.json"]),
    Client(
      "jetbrains-ai-assistant", "JetBrains AI Assistant", .json, root: "mcpServers", project: [".ai/mcp/mcp.json"],
      home: [".ai/mcp/mcp.json"]),
    Client(
      "junie", "JetBrains Junie", .json, root: "mcpServers", project: [".junie/mcp/mcp.json"],
      home: [".junie/mcp/mcp.json"]),
    Client(
      "windsurf", "Windsurf", .json, root: "mcpServers",
      home: [".codeium/windsurf/mcp_config.json", ".codeium/mcp_config.json"]),
    Client(
      "cline", "Cline", .json, root: "mcpServers", home: [".cline/data/settings/cline_mcp_settings.json"],
      linux: ["\(code)/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json"],
      mac: ["\(macCode)/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json"]),
    Client(
      "roo-code", "Roo Code", .json, root: "mcpServers", project: [".roo/mcp.json"],
      linux: ["\(code)/globalStorage/rooveterinaryinc.roo-cline/settings/mcp_settings.json"],
      mac: ["\(macCode)/globalStorage/rooveterinaryinc.roo-cline/settings/mcp_settings.json"]),
    Client(
      "kilo-code", "Kilo Code", .jsonc, root: "mcp", project: ["kilo.jsonc", "kilo.json", ".kilo/kilo.jsonc"],
      home: [".config/kilo/kilo.jsonc"]),
    Client(
      "continue", "Continue", .yaml, root: "mcpServers", project: [".continue/mcpServers/latch.yaml"],
      home: [".continue/config.yaml"]),
    Client(
      "zed", "Zed", .jsonc, root: "context_servers", project: [".zed/settings.json"],
      home: [".config/zed/settings.json"]),
    Client(
      "trae", "Trae", .json, root: "mcpServers", project: [".trae/mcp.json"], linux: [".config/Trae/User/mcp.json"],
      mac: ["Library/Application Support/Trae/User/mcp.json"]),
    Client(
      "antigravity", "Google Antigravity", .json, root: "mcpServers", project: [".agents/mcp_config.json"],
      home: [".gemini/config/mcp_config.json"]),
    Client(
      "kiro", "Kiro", .json, root: "mcpServers", project: [".kiro/settings/mcp.json"],
      home: [".kiro/settings/mcp.json"]),
    Client(
      "augment", "Augment", .json, root: "mcpServers",
      project: [".augment/settings.json", ".augment/settings.local.json"], home: [".augment/settings.json"]),
  ]

  /// Agents of the command line.
  private static let terminals: [Client] = [
    Client(
      "claude-code", "Claude Code", .json, root: "mcpServers",
      project: [".mcp.json", ".claude/settings.json", ".claude/settings.local.json"],
      home: [".claude.json", ".claude/settings.json"]),
    Client(
      "copilot-cli", "GitHub Copilot CLI", .json, root: "mcpServers", project: [".mcp.json", ".github/mcp.json"],
      home: [".copilot/mcp-config.json"]),
    Client(
      "devin", "Devin CLI", .json, root: "mcpServers",
      project: [".devin/mcp_config.json", ".devin/mcp_config.local.json", ".devin/config.json"],
      home: [".config/devin/mcp_config.json", ".config/devin/config.json"]),
    Client(
      "codex", "OpenAI Codex", .toml, root: "mcp_servers", project: [".codex/config.toml"],
      home: [".codex/config.toml"]),
    Client(
      "gemini-cli", "Gemini CLI", .jsonc, root: "mcpServers", project: [".gemini/settings.json"],
      home: [".gemini/settings.json"]),
    Client(
      "qwen-code", "Qwen Code", .jsonc, root: "mcpServers", project: [".qwen/settings.json"],
      home: [".qwen/settings.json"]),
    Client(
      "opencode", "opencode", .jsonc, root: "mcp", project: ["opencode.json", "opencode.jsonc"],
      home: [".config/opencode/opencode.json", ".config/opencode/opencode.jsonc"]),
    Client(
      "crush", "Crush", .json, root: "mcp", project: ["crush.json", ".crush.json", ".crushrc", "crushrc"],
      home: [".config/crush/crush.json"]),
    Client(
      "amazon-q-cli", "Amazon Q Developer CLI", .json, root: "mcpServers", project: [".amazonq/mcp.json"],
      home: [".aws/amazonq/mcp.json", ".aws/amazonq/agents/default.json"]),
    Client("warp", "Warp", .json, root: "mcpServers", project: [".warp/.mcp.json"], home: [".warp/.mcp.json"]),
    Client(
      "amp", "Amp", .jsonc, root: "amp.mcpServers", project: [".amp/settings.json", ".amp/settings.jsonc"],
      home: [".config/amp/settings.json"]),
    Client(
      "factory-droid", "Factory Droid", .json, root: "mcpServers", project: [".factory/mcp.json"],
      home: [".factory/mcp.json"]),
    Client(
      "kimi-cli", "Kimi CLI", .json, root: "mcpServers", project: [".kimi-code/mcp.json"],
      home: [".kimi/mcp.json", ".kimi-code/mcp.json"]),
    Client(
      "mistral-vibe", "Mistral Vibe", .toml, root: "mcp_servers", project: [".vibe/config.toml"],
      home: [".vibe/config.toml"]),
    Client(
      "grok-cli", "Grok CLI", .toml, root: "mcp_servers", project: [".grok/config.toml"],
      home: [".grok/config.toml"]),
  ]
}
