"""A server that misbehaves as its first argument says."""

import json
import sys
import time

kind = sys.argv[1]
out = sys.stdout


def say(message):
    out.write(json.dumps(message) + "\n")
    out.flush()


def tool(name):
    return {"name": name, "inputSchema": {"type": "object"}}


def listing(params):
    page = int(params.get("cursor") or 0)
    if kind == "pages":
        return {"tools": [tool(f"t{page}")], **({"nextCursor": str(page + 1)} if page < 3 else {})}
    if kind == "round":
        return {"tools": [tool(f"t{time.monotonic_ns()}")], "nextCursor": "1"}
    if kind == "endless":
        return {"tools": [tool(f"t{page}")], "nextCursor": str(page + 1)}
    if kind == "twice":
        return {"tools": [tool("a"), tool("a")]}
    if kind == "nameless":
        return {"tools": [{"inputSchema": {}}]}
    if kind == "many":
        return {"tools": [tool(f"t{i}") for i in range(100)]}
    if kind == "wrong":
        return {"tools": "none"}
    return {"tools": [tool("a"), tool("b")]}


if kind == "dies":
    print("no such file\x1b[31m", file=sys.stderr)
    sys.exit(3)
if kind == "long-line":
    while True:
        out.write("x" * 65536)
if kind == "flood":
    while True:
        say({"jsonrpc": "2.0", "method": "notifications/message", "params": {}})
if kind == "banner":
    print("Server started!\n\n{not json}\n\xe9")
if kind == "deaf":
    time.sleep(60)
if kind == "bytes":
    sys.stdout.buffer.write(b"\xff\xfe\n[[[[\n\"a\n" + b"[" * 100000 + b"\n")

while True:
    line = sys.stdin.readline()
    if not line:
        break
    message = json.loads(line)
    if "id" not in message:
        continue
    method, identity = message["method"], message["id"]
    if kind == "silent":
        continue
    if kind == "duplicate-keys" and method == "initialize":
        out.write('{"jsonrpc":"2.0","id":1,"id":1,"result":{}}\n')
        out.flush()
        continue
    if kind == "asks" and method == "tools/list":
        say({"jsonrpc": "2.0", "id": "p", "method": "ping"})
        pong = json.loads(sys.stdin.readline())
        say({"jsonrpc": "2.0", "id": 7, "method": "roots/list"})
        refusal = json.loads(sys.stdin.readline())
        assert pong == {"jsonrpc": "2.0", "id": "p", "result": {}}, pong
        assert refusal["error"]["code"] == -32601, refusal
    if method == "initialize" and kind == "future":
        say({"jsonrpc": "2.0", "id": identity, "result": {"protocolVersion": "2031-01-01"}})
    elif method == "initialize" and kind in ("modern", "modern-only"):
        say({"jsonrpc": "2.0", "id": identity, "error": {"code": -32022, "message": "no handshake here"}})
    elif method == "initialize":
        say(
            {
                "jsonrpc": "2.0",
                "id": identity,
                "result": {
                    "protocolVersion": "2024-11-05" if kind == "old" else message["params"]["protocolVersion"],
                    "capabilities": {"tools": {}},
                    "serverInfo": {"name": "fake", "version": "1"},
                    "instructions": "Be kind.",
                },
            }
        )
    elif method == "server/discover" and kind == "modern":
        say({"jsonrpc": "2.0", "id": identity, "result": {"supportedVersions": ["2026-07-28"], "capabilities": {}}})
    elif method == "tools/list":
        if kind == "modern":
            assert message["params"]["_meta"]["io.modelcontextprotocol/protocolVersion"] == "2026-07-28"
        answer = {"jsonrpc": "2.0", "id": identity, "result": listing(message.get("params", {}))}
        say([answer] if kind == "batch" else answer)
    else:
        say({"jsonrpc": "2.0", "id": identity, "error": {"code": -32601, "message": "unknown\x1b[31m method"}})
if kind == "stays":
    time.sleep(60)
