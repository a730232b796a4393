"""An HTTP server on loopback that behaves, or misbehaves, as its first argument says.

Prints its port, then a line of JSON for every request and every connection that was closed on it. A line of its standard
input it answers with one as well, which follows all that came before. Ends with its standard input. With a second and
third argument (certificate and key) it speaks TLS.
"""

import asyncio
import json
import os
import ssl
import sys

kind = sys.argv[1]
other_port = 0
calls = 0
refusals = 0
sessions = 0
known = set()
gate = asyncio.Event()


def note(**what):
    print(json.dumps(what), flush=True)


class Request:
    def __init__(self, method, path, headers, body, is_other):
        self.method, self.path, self.headers, self.body, self.is_other = method, path, headers, body, is_other
        self.message = json.loads(body) if body and method == "POST" else {}
        self.id = self.message.get("id")
        self.rpc = self.message.get("method")

    def answer(self, result=None):
        return {"jsonrpc": "2.0", "id": self.id, "result": {"echo": self.rpc} if result is None else result}


class Reply:
    """One response, written as its scenario wants it."""

    def __init__(self, writer):
        self.writer = writer
        self.is_chunked = False

    async def raw(self, text):
        self.writer.write(text if isinstance(text, bytes) else text.encode())
        await self.writer.drain()

    async def head(self, status, headers):
        lines = [f"HTTP/1.1 {status} X"] + [f"{name}: {value}" for name, value in headers]
        await self.raw("\r\n".join(lines) + "\r\n\r\n")

    async def send(self, status, body=b"", kind=None, headers=()):
        body = body if isinstance(body, bytes) else body.encode()
        fields = list(headers) + [("Content-Length", len(body))] + ([("Content-Type", kind)] if kind else [])
        await self.head(status, fields)
        await self.raw(body)

    async def json(self, value, status=200, headers=()):
        await self.send(status, json.dumps(value), "application/json", headers)

    async def stream(self, headers=()):
        self.is_chunked = True
        await self.head(200, [("Content-Type", "text/event-stream"), ("Transfer-Encoding", "chunked"), *headers])

    async def chunk(self, text):
        text = text if isinstance(text, bytes) else text.encode()
        await self.raw(b"%x\r\n" % len(text) + text + b"\r\n")

    async def event(self, value=None, id=None, retry=None, name=None):
        text = f"id: {id}\n" if id is not None else ""
        text += f"retry: {retry}\n" if retry is not None else ""
        text += f"event: {name}\n" if name is not None else ""
        text += "data: " + (value if isinstance(value, str) else "" if value is None else json.dumps(value)) + "\n\n"
        await self.chunk(text)

    async def end(self):
        await self.raw("0\r\n\r\n")

    async def drop(self):
        """Closes in the middle of the answer. What was written still arrives: an end that is seen with it takes it along."""
        await asyncio.sleep(0.2)
        self.writer.close()


PROGRESS = {"jsonrpc": "2.0", "method": "notifications/progress", "params": {"progressToken": 1, "progress": 1}}
CHANGED = {"jsonrpc": "2.0", "method": "notifications/tools/list_changed"}
old_stream = None


def question(id):
    return {"jsonrpc": "2.0", "id": id, "method": "roots/list"}


def tool(name, schema=None):
    return {"name": name, "inputSchema": schema or {"type": "object"}}


async def initialize(request, reply):
    global sessions, refusals
    if kind == "forgets-unready" and sessions == 1 and refusals < 3:
        refusals += 1
        if refusals == 1:
            return await reply.send(503, headers=[("Retry-After", "1")])
        if refusals == 2:
            return await reply.send(429)
        return await reply.drop()
    if kind == "hangs-first" and not refusals:
        refusals += 1
        await asyncio.sleep(60)
    sessions += 1
    session = f"session-{sessions}"
    known.add(session)
    if kind == "bad-session":
        session = "two words"
    if kind == "marker-session":
        session = "redacted"
        known.add(session)
    revision = request.message["params"]["protocolVersion"]
    if kind == "other-revision" and sessions > 1:
        revision = "2025-03-26"
    result = {"protocolVersion": revision, "capabilities": {"tools": {}}, "serverInfo": {"name": "s", "version": "1"}}
    headers = () if kind == "no-session" else (("Mcp-Session-Id", session),)
    if kind.startswith("stream"):
        await reply.stream(headers)
        await reply.event(request.answer(result))
        return await reply.end()
    await reply.json(request.answer(result), headers=headers)


async def call(request, reply):
    global calls
    calls += 1
    if kind == "stream-drip":
        await reply.stream()
        text = "\ufeff: hello\r\n\r\nevent: message\rdata: " + json.dumps(PROGRESS) + "\r\rid: 7\n\n"
        text += "data:" + json.dumps(request.answer()) + "\r\n\r\n"
        for byte in text.encode():
            await reply.chunk(bytes([byte]))
        await reply.end()
    elif kind in ("resume", "resume-never", "resume-refused"):
        await reply.stream()
        await reply.event(None, id="first", retry=50)
        await reply.event(PROGRESS, id="second")
        await reply.raw("40\r\ndata: half an ev")
        await reply.drop()
    elif kind == "drop":
        await reply.stream()
        await reply.event(PROGRESS)
        await reply.drop()
    elif kind == "half":
        await reply.head(200, [("Content-Type", "application/json"), ("Content-Length", "1000")])
        await reply.raw('{"jsonrpc":"2.0","id":')
        await reply.drop()
    elif kind == "silent-once" and calls == 1:
        await asyncio.sleep(60)
    elif kind == "marker-session":
        await reply.send(200, "x", "redacted-redacted]")
    elif kind == "html":
        await reply.send(200, "<html>log in</html>", "text/html")
    elif kind == "encoded":
        await reply.send(200, b"\x1f\x8b", "application/json", [("Content-Encoding", "gzip")])
    elif kind == "not-json":
        await reply.send(200, '{"jsonrpc":"2.0","id":1,"id":1', "application/json")
    elif kind == "empty":
        await reply.send(202)
    elif kind == "silent":
        await asyncio.sleep(60)
    elif kind == "slow-body":
        await reply.head(200, [("Content-Type", "application/json"), ("Content-Length", "1000")])
        while True:
            await reply.raw(" ")
            await asyncio.sleep(0.05)
    elif kind == "quiet-stream":
        await reply.stream()
        await asyncio.sleep(60)
    elif kind == "stream-twice":
        await reply.stream()
        await reply.event({"jsonrpc": "2.0", "id": "nobody", "result": {}})
        await reply.event(request.answer())
        await reply.event(request.answer({"second": True}))
        await reply.event("no json")
        await reply.end()
    elif kind == "stays-open":
        await reply.stream()
        await reply.event(request.answer())
        await asyncio.sleep(60)
    elif kind == "large-header":
        await reply.json(request.answer(), headers=[("X-Large", "x" * 200_000)])
    elif kind == "many-headers":
        await reply.json(request.answer(), headers=[(f"X-{number}", "x") for number in range(2000)])
    elif kind == "large-body":
        await reply.head(200, [("Content-Type", "application/json"), ("Content-Length", str(10**9))])
        await asyncio.sleep(60)
    elif kind == "endless-body":
        await reply.head(200, [("Content-Type", "application/json"), ("Transfer-Encoding", "chunked")])
        while True:
            await reply.chunk(b" " * 65536)
    elif kind == "endless-event":
        await reply.stream()
        await reply.chunk("data: ")
        while True:
            await reply.chunk(b"x" * 65536)
    elif kind == "endless-comment":
        await reply.stream()
        await reply.chunk(":")
        for _ in range(100):
            await reply.chunk(b"x" * 65536)
        await reply.chunk("\n\n")
        await reply.event(request.answer())
        await reply.end()
    elif kind == "flood":
        await reply.stream()
        sent = 0
        line = {"jsonrpc": "2.0", "method": "notifications/message", "params": {"data": "x" * 60000}}
        try:
            while sent < 400_000_000:
                await asyncio.wait_for(reply.event(line), 2)
                sent += 60000
        except asyncio.TimeoutError:
            pass
        note(sent=sent)
        await reply.drop()
    elif kind == "pretty":
        await reply.send(200, json.dumps(request.answer(), indent=2).replace("\n", "\r\n"), "application/json; charset=utf-8")
    elif kind in ("401", "403", "429", "500"):
        secret = request.headers.get("authorization", "")
        error = {"jsonrpc": "2.0", "error": {"code": 1, "message": f"no\x1b[31m {secret}"}}
        text = json.dumps(error) if kind == "500" else json.dumps({"error": {"message": f"not for {secret}"}})
        await reply.send(int(kind), text, "application/json", [("WWW-Authenticate", "Bearer")])
    elif kind == "error-body":
        error = {"code": -32022, "message": "no", "data": {"supported": ["2026-07-28"]}}
        await reply.json({"jsonrpc": "2.0", "id": None, "error": error}, 400)
    elif kind == "mismatch":
        await reply.json({"jsonrpc": "2.0", "id": request.id, "error": {"code": -32020, "message": "headers"}}, 400)
    elif kind.startswith("status-"):
        await reply.head(kind.removeprefix("status-"), [("Content-Length", 0)])
    elif kind == "escaped-400":
        key = request.headers["x-key"].replace("/", "\\/")
        error = '{"code":-32000,"message":"bad key %s","data":{"%s":[1.0,"%s"]}}' % (key, key, key)
        await reply.send(400, '{"jsonrpc":"2.0","id":%d,"error":%s}' % (request.id, error), "application/json")
    elif kind == "large":
        await reply.json(request.answer({"text": "x" * 900_000}))
    elif kind == "large-streams":
        await reply.stream()
        text = f"data: {json.dumps(request.answer({'text': 'x' * 900_000}))}\n\n"
        for start in range(0, len(text), 100_000):
            await reply.chunk(text[start : start + 100_000])
        await reply.end()
    elif kind == "asks-late":
        await reply.stream()
        await reply.event(request.answer())
        known.clear()
        while sessions < 2:
            await asyncio.sleep(0.01)
        await reply.event(question(9))
        note(late=True)
        await asyncio.sleep(60)
    elif kind == "asks":
        await reply.stream()
        await reply.event(question(77))
        await gate.wait()
        await reply.event(request.answer())
        await reply.end()
    else:
        await reply.json(request.answer())


async def post(request, reply):
    global old_stream
    if kind.startswith("old") and request.path == "/mcp":
        return await reply.send(405)
    if kind.startswith("old"):
        if kind == "old-endless":
            await reply.head(202, [("Transfer-Encoding", "chunked")])
        else:
            await reply.send(202, "Accepted")
        if kind == "old-slow" and request.rpc == "tools/call":
            await asyncio.sleep(3)
        if kind == "old-refuses-once" and gets == 1 and request.rpc == "initialize":
            await old_stream.event({"jsonrpc": "2.0", "id": request.id, "error": {"code": -32602, "message": "no"}})
        elif request.rpc == "initialize":
            await old_stream.event(request.answer({"protocolVersion": "2024-11-05", "capabilities": {}}))
        elif request.id is not None and kind == "old-ends":
            await old_stream.drop()
        elif request.id is not None:
            await old_stream.event(request.answer())
        if kind == "old-endless":
            await asyncio.sleep(60)
        return
    if kind == "redirect-away":
        place = f"http://127.0.0.1:{other_port}/t0psecret/mcp?token=t0psecret"
        return await reply.send(307, headers=[("Location", place)])
    if kind == "redirect" and request.path == "/mcp":
        return await reply.send(308, headers=[("Location", "/mcp/")])
    if kind == "redirect-302":
        return await reply.send(302, headers=[("Location", "/mcp/")])
    if kind == "redirect-round":
        return await reply.send(307, headers=[("Location", "/mcp")])
    if kind.startswith("refuses"):
        return await reply.json({"jsonrpc": "2.0", "id": request.id, "error": {"code": -32602, "message": "no"}}, 400)
    if request.rpc == "initialize":
        if kind == "forgets-always" and sessions:
            known.clear()
        await initialize(request, reply)
        if kind == "forgets-always":
            known.clear()
        return
    session = request.headers.get("mcp-session-id")
    if session and session not in known:
        return await reply.send(404)
    if request.rpc == "notifications/initialized" and kind == "slow-initialized":
        await asyncio.sleep(0.3)
        gate.set()
    if request.id is not None and kind == "slow-initialized" and not gate.is_set():
        return await reply.send(400)
    if request.rpc is None or request.id is None:
        if request.rpc is None:
            gate.set()
        if kind == "endless-202":
            await reply.head(202, [("Transfer-Encoding", "chunked")])
            return await asyncio.sleep(60)
        return await reply.send(202)
    if request.rpc == "tools/call":
        await call(request, reply)
        if kind.startswith("forgets") or kind == "other-revision":
            known.clear()
    elif request.rpc == "tools/list":
        bad = tool("bad", {"type": "object", "properties": {"a": {"type": "number", "x-mcp-header": "A"}}})
        region = {"region": {"type": "string", "x-mcp-header": "Region"}, "n": {"type": "integer", "x-mcp-header": "N"}}
        good = tool("good", {"type": "object", "properties": region})
        await reply.json(request.answer({"tools": [good, bad, tool("plain")]}))
    elif request.rpc == "subscriptions/listen":
        await reply.stream()
        await reply.event({"jsonrpc": "2.0", "method": "notifications/subscriptions/acknowledged", "params": {}})
        await asyncio.sleep(60)
    else:
        await reply.json(request.answer())


gets = 0


async def get(request, reply):
    global old_stream, gets
    gets += 1
    resumed = request.headers.get("last-event-id")
    if kind.startswith("old"):
        old_stream = reply
        await reply.stream()
        elsewhere = f"http://127.0.0.1:{other_port}/messages"
        await reply.event(elsewhere if kind == "old-elsewhere" else "messages?session=1", name="endpoint")
        await reply.event(elsewhere, name="endpoint")
        if kind == "old-refuses-once" and gets == 1:
            while gets < 2:
                await asyncio.sleep(0.01)
            return await reply.end()
        await asyncio.sleep(60)
    elif kind == "refuses-silently":
        await reply.stream()
        await asyncio.sleep(60)
    elif kind == "refuses-otherwise":
        await reply.stream()
        await reply.event(PROGRESS)
        await asyncio.sleep(60)
    elif kind.startswith("polls"):
        await reply.stream()
        await reply.event(None, id=None if kind == "polls-blindly" else f"e{gets}", retry=100)
        await reply.end()
    elif kind == "forgets-asking":
        await reply.stream()
        await reply.event(question(0))
        await asyncio.sleep(60)
    elif kind == "expires":
        session = request.headers.get("mcp-session-id")
        if session not in known:
            return await reply.send(404)
        known.discard(session)
        await reply.stream()
        await reply.event(None, retry=10)
        await reply.end()
    elif kind == "resume" and resumed == "second":
        await reply.stream()
        await reply.event({"jsonrpc": "2.0", "id": 5, "result": {"resumed": True}}, id="third")
        await reply.end()
    elif kind == "resume-never" and resumed:
        await reply.stream()
        await reply.end()
    elif kind == "announces" and gets <= 3:
        await reply.stream()
        await reply.event(CHANGED, retry=100)
        await reply.drop()
    else:
        await reply.send(405)


async def serve(reader, writer, is_other=False):
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin1").split("\r\n")
            method, path, _ = head[0].split(" ", 2)
            if method == "CONNECT":
                fields = dict((k.lower(), v) for k, v in (line.split(": ", 1) for line in head[1:] if line))
                note(method=method, path=path, headers=fields, body="", other=is_other)
                writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
                continue
            headers = dict((k.lower(), v) for k, v in (line.split(": ", 1) for line in head[1:] if line))
            body = (await reader.readexactly(int(headers.get("content-length", 0)))).decode()
            note(method=method, path=path, headers=headers, body=body[:2000], other=is_other)
            request, reply = Request(method, path, headers, body, is_other), Reply(writer)
            if method == "DELETE":
                await reply.send(405)
                continue
            working = asyncio.ensure_future((get if method == "GET" else post)(request, reply))
            closing = asyncio.ensure_future(watch(reader))
            await asyncio.wait([working, closing], return_when=asyncio.FIRST_COMPLETED)
            if not working.done():
                note(closed=request.rpc or method)
                working.cancel()
                break
            closing.cancel()
            await asyncio.gather(closing, return_exceptions=True)
            working.result()
    except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
        pass
    finally:
        writer.close()


async def watch(reader):
    """Returns when the other side has closed the connection."""
    while not reader.at_eof():
        await asyncio.sleep(0.01)


def answer_marks(loop):
    for _ in sys.stdin.buffer:
        loop.call_soon_threadsafe(lambda: note(mark=True))


async def main():
    global other_port
    context = None
    if len(sys.argv) > 3:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[2], sys.argv[3])
    other = await asyncio.start_server(lambda r, w: serve(r, w, True), "127.0.0.1", 0)
    other_port = other.sockets[0].getsockname()[1]
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context, limit=2**20)
    print(server.sockets[0].getsockname()[1], flush=True)
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, answer_marks, loop)
    os._exit(0)


asyncio.run(main())
