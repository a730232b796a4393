"""A server of the official SDK that does a little of everything, and the same each time: see `test_transparency.py`."""

import logging
import sys
import warnings
from typing import Annotated

import mcp_types as types
from mcp import MCPError
from mcp.server.mcpserver import Context, Elicit, ListRoots, MCPServer, Resolve, Sample
from pydantic import BaseModel

warnings.simplefilter("ignore")
logging.disable()

ODD = 'é 中 🚀 \u2028 "quoted" \\ \t\u0000 end'

server = MCPServer("transparent", version="1.2.3", title="Transparent", instructions=f"Use it as you like. {ODD}")


class Place(BaseModel):
    city: str
    people: int
    share: float | None = None


class Guest(BaseModel):
    name: str
    age: int


@server.tool(title="Say again", annotations=types.ToolAnnotations(read_only_hint=True))
def again(text: str, times: int = 1) -> str:
    """Says it again."""
    return text * times


@server.tool()
def place(city: str) -> Place:
    """A structured result."""
    return Place(city=city, people=9007199254740993, share=0.1)


@server.tool(structured_output=False)
def mixed() -> list[types.ContentBlock]:
    """A result of several kinds of content."""
    notes = types.Annotations(audience=["user"], priority=0.25)
    return [
        types.TextContent(type="text", text=ODD, annotations=notes, _meta={"example.com/k": [1, None, 2.50]}),
        types.ImageContent(type="image", data="AAECAw==", mime_type="image/png"),
        types.ResourceLink(type="resource_link", uri="note://one", name="one", size=3),
        types.EmbeddedResource(
            type="resource", resource=types.TextResourceContents(uri="note://one", text="1", mime_type="text/plain")
        ),
    ]


@server.tool()
async def steps(count: int, ctx: Context) -> str:
    """Reports progress and writes to the log."""
    for step in range(count):
        await ctx.report_progress(step + 1, count, f"step {step + 1}")
        await ctx.log("warning", {"step": step, "odd": ODD}, logger_name="steps")
    return "done"


def who(ctx: Context) -> Elicit[Guest]:
    return Elicit("Who are you?", Guest)


@server.tool()
def greet(greeting: str, guest: Annotated[Guest, Resolve(who)]) -> str:
    """Asks the user."""
    return f"{greeting}, {guest.name} ({guest.age})"


def thought(ctx: Context) -> Sample:
    content = types.TextContent(type="text", text="What do you think?")
    return Sample([types.SamplingMessage(role="user", content=content)], max_tokens=20)


@server.tool()
def think(said: Annotated[types.CreateMessageResult, Resolve(thought)]) -> str:
    """Asks the client's model."""
    return said.content.text


def ground(ctx: Context) -> ListRoots:
    return ListRoots()


@server.tool()
def grounds(found: Annotated[types.ListRootsResult, Resolve(ground)]) -> str:
    """Asks for the client's roots."""
    return " ".join(str(root.uri) for root in found.roots)


@server.tool()
def breaks() -> str:
    """Fails as tools fail."""
    raise ValueError(f"it broke: {ODD}")


@server.tool()
def refuses() -> str:
    """Fails as requests fail."""
    raise MCPError(-32042, "not today", {"why": [ODD, 1.0, {}]})


@server.resource("note://one", mime_type="text/plain")
def one() -> str:
    return ODD


@server.resource("note://bytes", mime_type="application/octet-stream")
def some_bytes() -> bytes:
    return bytes(range(256))


@server.resource("note://of/{name}")
def of(name: str) -> str:
    return f"of {name}"


@server.prompt(title="Ask")
def ask(topic: str, style: str = "plain") -> str:
    """A question about a topic."""
    return f"{topic}, {style}? {ODD}"


@server.completion()
async def complete(ref, argument, context):
    return types.Completion(values=[f"{argument.value}{end}" for end in ("a", "b")], total=2, has_more=False)


if __name__ == "__main__":
    if sys.argv[1:2] == ["http"]:
        server.run("streamable-http", host="127.0.0.1", port=int(sys.argv[2]))
    else:
        server.run("stdio")
