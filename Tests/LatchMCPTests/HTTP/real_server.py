"""A small server on the official SDK, over HTTP on loopback: `stream`, `json` or `sse`, with an event store.

Prints its port; ends with its standard input.
"""

import asyncio
import logging
import os
import socket
import sys
from typing import Annotated

import uvicorn
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.streamable_http import EventMessage, EventStore
from pydantic import Field

logging.disable(logging.CRITICAL)
how = sys.argv[1]
server = MCPServer("real", instructions="Be kind.")
effects = 0


@server.tool()
async def echo(text: str) -> str:
    return text


@server.tool()
async def slow(context: Context) -> str:
    """Says something on the way, lets the connection go, and answers later."""
    global effects
    effects += 1
    await context.report_progress(1, 2)
    if context.request_context.close_sse_stream:
        await context.request_context.close_sse_stream()
    await asyncio.sleep(0.3)
    return f"done {effects}"


@server.tool()
async def region(where: Annotated[str, Field(json_schema_extra={"x-mcp-header": "Region"})]) -> str:
    """Answers only if the header says what the body says."""
    return where


@server.tool()
async def grow(context: Context) -> str:
    server.add_tool(lambda: "x", name="grown")
    await context.session.send_tool_list_changed()
    return "grown"


class Store(EventStore):
    def __init__(self):
        self.events = []

    async def store_event(self, stream_id, message):
        self.events.append((stream_id, message))
        return str(len(self.events))

    async def replay_events_after(self, last_event_id, send_callback):
        stream = self.events[int(last_event_id) - 1][0]
        for number, (other, message) in enumerate(self.events[int(last_event_id) :], int(last_event_id) + 1):
            if other == stream and message is not None:
                await send_callback(EventMessage(message, str(number)))
        return stream


def app():
    if how == "sse":
        return server.sse_app()
    store = Store() if how == "stream" else None
    return server.streamable_http_app(json_response=how == "json", event_store=store, retry_interval=100)


async def main():
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(64)
    print(listener.getsockname()[1], flush=True)
    serving = uvicorn.Server(uvicorn.Config(app(), log_level="error", lifespan="on"))
    asyncio.ensure_future(serving.serve(sockets=[listener]))
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.buffer.read)
    os._exit(0)


asyncio.run(main())
