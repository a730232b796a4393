"""Calls a tool as Cursor would: reads .cursor/mcp.json, starts the server it names, and speaks MCP with it.

Usage: call.py CONFIG SERVER [TOOL JSON-ARGUMENTS]. Without a tool, lists the tools.
"""

import asyncio
import json
import os
import re
import sys

from mcp import Client, MCPError, StdioServerParameters


def expand(text: str) -> str:
    """Replaces Cursor's `${workspaceFolder}` and `${env:NAME}` as Cursor does."""
    text = text.replace("${workspaceFolder}", os.getcwd())
    return re.sub(r"\$\{env:(\w+)\}", lambda found: os.environ.get(found[1], ""), text)


async def main(config: str, server: str, tool: str | None = None, arguments: str = "{}") -> None:
    with open(config) as file:
        entry = json.load(file)["mcpServers"][server]
    environment = {name: expand(value) for name, value in entry.get("env", {}).items()}
    parameters = StdioServerParameters(
        command=entry["command"],
        args=[expand(each) for each in entry["args"]],
        env={**os.environ, **environment},
    )
    async with Client(parameters) as client:
        if tool is None:
            listed = await client.list_tools()
            print("tools:", " ".join(sorted(each.name for each in listed.tools)))
            return
        try:
            result = await client.call_tool(tool, json.loads(arguments))
            print("DENIED" if result.is_error else "allowed")
            for block in result.content:
                print("   ", block.text.strip().replace("\n", "\n    "))
        except MCPError as error:
            print("ERROR", error)


asyncio.run(main(*sys.argv[1:]))
