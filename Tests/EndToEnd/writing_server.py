"""An MCP server of a few lines whose tools write a file as careless servers do: see `test_self_protection.py`."""

import json
import os
import sys
import urllib.parse

TOOLS = [{"name": name, "inputSchema": {"type": "object"}} for name in ("write_file", "run_command")]


def write(path):
    if path.startswith("file:"):
        path = urllib.parse.unquote(urllib.parse.urlsplit(path).path)
    path = os.path.expanduser(path)
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w") as file:
        file.write("written")
    return os.path.realpath(path)


def answer(method, parameters):
    if method == "initialize":
        information = {"name": "writing", "version": "1"}
        return {
            "protocolVersion": parameters["protocolVersion"],
            "capabilities": {"tools": {}},
            "serverInfo": information,
        }
    if method == "tools/list":
        return {"tools": TOOLS}
    if method == "tools/call":
        return {"content": [{"type": "text", "text": write(parameters["arguments"]["path"])}]}
    return {}


for line in sys.stdin:
    message = json.loads(line)
    if "id" in message:
        result = answer(message["method"], message.get("params"))
        print(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}), flush=True)
