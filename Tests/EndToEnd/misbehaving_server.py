"""An MCP server of a few lines that does wrong as the file named on its command line says: see `test_faults.py`.

The file holds words. Standard library only, and lines as they are: an SDK would not do these things.
"""

import json
import os
import pathlib
import signal
import sys
import threading
import time

HOW = pathlib.Path(sys.argv[1]).read_text().split()
MEGABYTE = 1 << 20
PAGES = [["echo", "hold"], ["ask", "late"]]


def say(text):
    data = text.encode() if isinstance(text, str) else text
    while data:
        data = data[os.write(1, data[: 16 * MEGABYTE]) :]


def answer(id, result):
    say(json.dumps({"jsonrpc": "2.0", "id": id, "result": result}) + "\n")


def text(what):
    return {"content": [{"type": "text", "text": what}]}


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def wait_for_ever():
    while True:
        time.sleep(3600)


def complain_for_ever():
    """Without an end of line now and then."""
    while True:
        os.write(2, b"x" * 65_536 + (b"\n" if time.monotonic() % 2 < 1 else b""))


def start():
    if "deaf" in HOW:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if "complains" in HOW:
        threading.Thread(target=complain_for_ever, daemon=True).start()
    if "binary-banner" in HOW:
        smuggled = json.dumps({"jsonrpc": "2.0", "id": 2, "result": text("smuggled")})
        say(b"\0\xff\xfe" * 100_000 + f"\n\r{smuggled}\r\n\ufeff{smuggled}\n".encode() + b"\n\r\n \n")
    if "ends-at-once" in HOW:
        sys.exit(3)


def initialize(id, parameters):
    if "dies-before-initialize" in HOW:
        die()
    if "closes-before-initialize" in HOW:
        os.close(1)
        wait_for_ever()
    answer(
        id,
        {
            "protocolVersion": parameters["protocolVersion"],
            "capabilities": {"tools": {"listChanged": True}},
            "serverInfo": {"name": "misbehaving", "version": "1"},
        },
    )


def list_tools(id, parameters):
    page = int(parameters.get("cursor", 0))
    if page == 1 and "dies-in-walk" in HOW:
        die()
    if page == 1 and "closes-in-walk" in HOW:
        os.close(1)
        wait_for_ever()
    tools = [{"name": name, "inputSchema": {"type": "object"}} for name in PAGES[page]]
    answer(id, {"tools": tools, **({"nextCursor": "1"} if page == 0 else {})})


held = []


def call_tool(id, parameters):
    name, arguments = parameters["name"], parameters.get("arguments", {})
    if name == "hold":
        hold(id, arguments)
    elif arguments.get("half"):
        say(f'{{"jsonrpc":"2.0","id":{id},"result":{{"content":[{{"type":"text","text":"half')
        if arguments["half"] == "die":
            die()
        wait_for_ever()
    elif arguments.get("megabytes"):
        say(f'{{"jsonrpc":"2.0","id":{id},"result":{{"content":[{{"type":"text","text":"')
        for _ in range(arguments["megabytes"]):
            say("y" * MEGABYTE)
        say('"}]}}\n')
    else:
        wrong(id)
        answer(id, text(name))


def hold(id, arguments):
    """Answers only once `until` calls wait, the last one first; then dies if it is to."""
    held.append(id)
    if len(held) == arguments.get("until"):
        if "dies-with-calls" in HOW:
            die()
        for id in reversed(held):
            answer(id, text(f"held {id}"))
        held.clear()


def wrong(id):
    """What comes before the answer, and what nobody asked for."""
    if "stops-reading" in HOW:
        wait_for_ever()
    if "closes-input" in HOW:
        os.close(0)
        wait_for_ever()
    if "dies-leaving-a-child" in HOW:
        if os.fork() == 0:
            wait_for_ever()
        die()
    if "answers-others" in HOW:
        for other in (str(id), id + 0.0, f"0{id}", None, [id], "latch-1", 2**60, -id):
            answer(other, text("wrong"))
        say(json.dumps({"jsonrpc": "2.0", "result": text("wrong")}) + "\n")
        say("[" + json.dumps({"jsonrpc": "2.0", "id": id, "result": text("wrong")}) + "]\n")
    if "asks-and-is-deaf" in HOW:
        # Each is answered by the proxy itself, with the id that it has.
        for number in range(40):
            say(f'{{"jsonrpc":"2.0","id":"{number}{"x" * 1_000_000}","method":"no/such"}}\n')
        wait_for_ever()
    if "chatters" in HOW:
        note = json.dumps({"jsonrpc": "2.0", "method": "notifications/progress", "params": {"m": "z" * 1000}}) + "\n"
        while True:
            say(note * 100)


def main():
    start()
    methods = {"initialize": initialize, "tools/list": list_tools, "tools/call": call_tool}
    for line in sys.stdin.buffer:
        message = json.loads(line)
        if "id" in message:
            methods.get(message["method"], lambda id, _: answer(id, {}))(message["id"], message.get("params", {}))
    if "deaf" in HOW:
        wait_for_ever()


main()
