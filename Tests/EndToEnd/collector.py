"""A collector of OpenTelemetry that answers as it is told, and reads every body as the official definitions have it."""

import base64
import contextlib
import http.server
import json
import socket
import threading
import time

from google.protobuf import json_format
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest

PATIENCE = 30


class Request:
    def __init__(self, path, headers, body):
        self.path = path
        self.headers = headers
        self.body = body
        self.at = time.monotonic()
        self.logs = parsed(body)

    @property
    def resource(self):
        (logs,) = self.logs.resource_logs
        return {each.key: each.value.string_value for each in logs.resource.attributes}

    @property
    def records(self):
        return [Record(log) for logs in self.logs.resource_logs for scope in logs.scope_logs for log in scope.log_records]


class Record:
    def __init__(self, log):
        self.log = log
        self.attributes = {each.key: getattr(each.value, each.value.WhichOneof("value")) for each in log.attributes}
        assert len(self.attributes) == len(log.attributes)
        self.file = self.attributes["latch.audit.file"]
        self.seq = self.attributes["latch.audit.seq"]
        self.head = self.attributes["latch.audit.head"]


def parsed(body):
    """OTLP spells the ids of traces and spans in hexadecimal, where Protocol Buffers would have Base64."""
    value = json.loads(body)
    for logs in value["resourceLogs"]:
        for scope in logs["scopeLogs"]:
            for record in scope["logRecords"]:
                for name in ("traceId", "spanId"):
                    if name in record:
                        record[name] = base64.b64encode(bytes.fromhex(record[name])).decode()
    return json_format.Parse(json.dumps(value), ExportLogsServiceRequest())


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.connections = []

    def get_request(self):
        connection, address = super().get_request()
        self.connections.append(connection)
        return connection, address

    def end(self):
        """Nobody answers any more, not even over a connection that was kept open."""
        self.shutdown()
        self.server_close()
        for connection in self.connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class Collector:
    """Listens as long as the `with` lasts. `answers` are given in turn, each `(status, headers, body)`; then 200."""

    def __init__(self, *answers, port=0, context=None):
        self.answers = list(answers)
        self.requests = []
        self.tunnels = []
        self.problems = []
        collector = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                collector.answer(self)

            def do_CONNECT(self):
                """As a proxy: what comes through the tunnel is for the collector."""
                collector.tunnels.append(self.path)
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = Server(("127.0.0.1", port), Handler)
        if context:
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.origin = f"{'https' if context else 'http'}://127.0.0.1:{self.server.server_port}"
        self.url = f"{self.origin}/v1/logs"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, kind, *_):
        self.server.end()
        if kind is None:
            assert self.problems == []

    def answer(self, handler):
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        try:
            assert handler.headers["Content-Type"] == "application/json"
            self.requests.append(Request(handler.path, handler.headers, body))
        except Exception as problem:
            self.problems.append(problem)
        answer = self.answers.pop(0) if self.answers else (200, {}, b"{}")
        if answer is None:
            handler.close_connection = True
            return
        status, headers, said = answer
        handler.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": len(said), **headers}.items():
            handler.send_header(name, str(value))
        handler.end_headers()
        handler.wfile.write(said)

    @property
    def records(self):
        return [record for request in list(self.requests) for record in request.records]

    def wait_for(self, count):
        end = time.monotonic() + PATIENCE
        while len(self.records) < count:
            assert time.monotonic() < end, f"{len(self.records)} of {count} records came"
            time.sleep(0.02)
