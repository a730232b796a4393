"""An MCP server over HTTP that does to a call what a file says, and counts the calls that it gets.

Usage: misbehaving_http_server.py http PORT HOW COUNT
"""

import itertools
import json
import os
import pathlib
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOW, COUNT = (pathlib.Path(word) for word in sys.argv[3:])
TOOLS = [{"name": "echo", "inputSchema": {"type": "object", "properties": {"text": {"type": "string"}}}}]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    sessions = itertools.count(1)
    # Those that were opened since the others were forgotten.
    anew = set()

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", kind="application/json", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if body:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def result(self, id, result, **headers):
        self.answer(200, json.dumps({"jsonrpc": "2.0", "id": id, "result": result}).encode(), **headers)

    def do_GET(self):
        if not HOW.read_text().startswith("ask"):
            return self.answer(405)
        form = {"message": "Delete everything?", "requestedSchema": {"type": "object", "properties": {}}}
        question = {"jsonrpc": "2.0", "id": 0, "method": "elicitation/create", "params": form}
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.wfile.write(f"data: {json.dumps(question)}\n\n".encode())
        try:
            while True:
                self.wfile.flush()
                time.sleep(0.2)
                self.wfile.write(b": here\n\n")
        except OSError:
            pass

    def do_DELETE(self):
        self.answer(405)

    def do_POST(self):
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        method, id = message.get("method"), message.get("id")
        if method == "notifications/cancelled":
            self.note(method)
        if HOW.read_text() == "forget" and self.headers["Mcp-Session-Id"]:
            return self.answer(404)
        session = self.headers["Mcp-Session-Id"]
        if HOW.read_text() == "ask_anew" and session and session not in self.anew:
            return self.answer(404)
        if method is None:
            self.note(f"{session} was told {json.dumps(message.get('result'))}")
        if id is None or method is None:
            return self.answer(202)
        if method == "initialize":
            server = {"name": "misbehaving", "version": "1"}
            result = {"protocolVersion": "2025-06-18", "capabilities": {"tools": {}}, "serverInfo": server}
            session = f"session-{next(self.sessions)}"
            if HOW.read_text() == "ask_anew":
                self.anew.add(session)
            return self.result(id, result, Mcp_Session_Id=session)
        if method == "tools/list":
            return self.result(id, {"tools": TOOLS})
        if method != "tools/call":
            error = {"jsonrpc": "2.0", "id": id, "error": {"code": -32601, "message": "Method not found"}}
            return self.answer(200, json.dumps(error).encode())
        self.note(message["params"]["arguments"].get("text"))
        getattr(self, HOW.read_text())(id)

    def note(self, what):
        with COUNT.open("a") as count:
            count.write(f"{what}\n")

    def well(self, id):
        self.result(id, {"content": [{"type": "text", "text": "said"}]})

    ask = ask_anew = well

    def answer_below_100(self, id):
        self.close_connection = True
        self.wfile.write(b"HTTP/1.1 099 X\r\nContent-Length: 0\r\n\r\n")

    def hang_up(self, id):
        self.close_connection = True
        self.connection.close()

    def hang_up_in_a_stream(self, id):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.wfile.write(b'data: {"jsonrpc":"2.0",')
        self.wfile.flush()
        time.sleep(0.2)
        self.hang_up(id)

    def say_nothing(self, id):
        time.sleep(60)

    def take_a_while(self, id):
        time.sleep(0.4)
        self.well(id)

    def die(self, id):
        os._exit(1)

    def garble(self, id):
        self.answer(200, b'{"jsonrpc":"2.0","id":')

    def answer_twice_over(self, id):
        self.answer(200, f'{{"jsonrpc":"2.0","id":{json.dumps(id)},"result":{{}},"result":{{"isError":true}}}}'.encode())

    def answer_another(self, id):
        self.result("another", {"content": []})

    def fail(self, id):
        self.answer(500, b"<html>", "text/html")

    def want_credentials(self, id):
        self.answer(401, WWW_Authenticate="Bearer")

    def send_elsewhere(self, id):
        self.answer(307, Location="http://127.0.0.2:9/mcp")


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Handler).serve_forever()
