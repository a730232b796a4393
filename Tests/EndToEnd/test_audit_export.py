"""`latch audit export`: the record, sent to a collector that reads it with OpenTelemetry's own definitions."""

import hashlib
import json
import os
import pathlib
import shutil
import ssl
import stat
import subprocess
import time

import pytest

from allowing import BINARIES, free_port
from collector import PATIENCE, Collector
from proxied import Project

ROOT = pathlib.Path(__file__).resolve().parents[2]
KEPT = ROOT / "Fixtures" / "audit" / "state"
SECRET = "Bearer t0p-s3cret-t0ken"


@pytest.fixture
def state(tmp_path):
    """A copy of a record that is kept, to be changed."""
    shutil.copytree(KEPT, tmp_path / "state")
    return tmp_path / "state"


def words(state, *more):
    return [str(word) for word in (BINARIES / "latch", "audit", "export", "--state", state, *more)]


def environment(state, **variables):
    return {"PATH": os.environ["PATH"], "HOME": str(state.parent), **variables}


def export(state, *more, expect=0, **variables):
    done = subprocess.run(
        words(state, *more), env=environment(state, **variables), capture_output=True, text=True, timeout=120
    )
    assert done.returncode == expect, done.stdout + done.stderr
    return done


class Following:
    """An export that goes on, as long as the `with` lasts."""

    def __init__(self, state, *more, **variables):
        self.words = words(state, "--follow", *more)
        self.environment = environment(state, **variables)

    def __enter__(self):
        self.process = subprocess.Popen(
            self.words, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        return self.process

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate(timeout=PATIENCE)


def files(state):
    return sorted((state / "audit").glob("*/*.jsonl"))


def name(file):
    return f"{file.parent.name}/{file.name}"


def written(*files):
    """File, number and hash of every record, in the order in which they are sent."""
    return [
        (name(file), number, hashlib.sha256(line).hexdigest())
        for file in files
        for number, line in enumerate(file.read_bytes().splitlines())
    ]


def received(collector):
    return [(record.file, record.seq, record.head) for record in collector.records]


def append(file, count):
    """Goes on with a file of the record as latch-proxy would."""
    lines = file.read_bytes().splitlines()
    for seq in range(len(lines), len(lines) + count):
        head = hashlib.sha256(lines[-1]).hexdigest()
        lines.append(
            f'{{"seq":{seq},"prev":"{head}","kind":"event","time":"2026-02-04T00:05:00.000Z","upstream":"web",'
            f'"client":null,"event":"dropped","detail":"number {seq}"}}'.encode()
        )
    file.write_bytes(b"\n".join(lines) + b"\n")


def open_ended(state):
    """The last file without its end, so that it can be gone on with."""
    file = files(state)[-1]
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-1]))
    return file


def cursor(state):
    (file,) = (state / "export").glob("*.json")
    return file


def wait_until_kept(state, file):
    """Until the end of the file has been sent, and that is known."""
    end = time.monotonic() + PATIENCE
    last = written(file)[-1][2]
    while last not in cursor(state).read_text():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_the_whole_record_is_sent_in_its_order(state):
    with Collector() as collector:
        done = export(state, "--to", collector.url)
    assert received(collector) == written(*files(state))
    assert done.stdout == f"exported 15 records of 3 files to {collector.url}\n" and done.stderr == ""
    assert {request.path for request in collector.requests} == {"/v1/logs"}
    assert collector.requests[0].resource == {"service.name": "latch-proxy", "service.version": "0.1.0"}
    kinds = [record.log.event_name.removeprefix("latch.audit.") for record in collector.records]
    assert set(kinds) == {"file", "decision", "outcome", "event", "end"}


def test_a_decision_is_a_log_with_its_trace_and_without_its_arguments(state):
    with Collector() as collector:
        export(state, "--to", collector.url)
    allowed, denied = [each for each in collector.records if each.log.event_name == "latch.audit.decision"][:2]
    assert allowed.log.trace_id.hex() == "0af7651916cd43dd8448eb211c80319c"
    assert allowed.log.span_id.hex() == "b7ad6b7169203331" and allowed.log.flags == 1
    assert allowed.attributes["gen_ai.tool.name"] == "read_file" and allowed.log.severity_text == "INFO"
    assert denied.attributes["latch.effect"] == "deny" and denied.attributes["latch.rule"] == "no-etc"
    assert denied.log.severity_text == "WARN" and denied.log.trace_id == b""
    assert denied.log.body.string_value.startswith("Denied by guardrail `no-etc`")
    assert allowed.log.time_unix_nano == 1_770_113_400_000_000_000
    for request in collector.requests:
        for argument in [b"/srv/project", b"/etc/hosts", b"hello", b"example.com"]:
            assert argument not in request.body


def test_what_a_proxy_records_is_sent_with_the_trace_of_the_call(tmp_path):
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    project = Project.make(tmp_path)
    with project.start(tmp_path / "state") as proxy:
        proxy.shake_hands()
        told = {"traceparent": f"00-{trace}-00f067aa0ba902b7-01"}
        proxy.answer(proxy.request("tools/call", name="echo", arguments={"text": "no-ones-business"}, _meta=told))
        proxy.answer(proxy.call("no-such-tool"))
        proxy.close_input()
        proxy.end()
    with Collector() as collector:
        export(tmp_path / "state", "--to", collector.url)
    assert received(collector) == written(*files(tmp_path / "state"))
    traced = [record for record in collector.records if record.log.trace_id]
    assert [record.log.trace_id.hex() for record in traced] == [trace]
    assert traced[0].attributes["latch.effect"] == "allow" and traced[0].log.span_id.hex() == "00f067aa0ba902b7"
    denied = [record for record in collector.records if record.attributes.get("latch.decided_by") == "unknown_tool"]
    assert [record.attributes["gen_ai.tool.name"] for record in denied] == ["no-such-tool"]
    assert not any(b"no-ones-business" in request.body for request in collector.requests)


def test_the_next_export_goes_on_where_the_last_one_ended(state):
    file = open_ended(state)
    with Collector() as collector:
        export(state, "--to", collector.url)
        seen = len(collector.records)
        assert export(state, "--to", collector.url).stdout.startswith("exported 0 records of 0 files")
        append(file, 3)
        assert export(state, "--to", collector.url).stdout.startswith("exported 3 records of 1 file ")
        assert received(collector) == written(*files(state))[:seen] + written(file)[-3:]
    with Collector() as other:
        export(state, "--to", other.url)
        assert received(other) == written(*files(state))


def test_how_far_it_got_is_for_the_owners_eyes(state):
    with Collector() as collector:
        export(state, "--to", f"{collector.url}?key=abcdefghij")
    assert stat.S_IMODE(cursor(state).stat().st_mode) == 0o600
    assert stat.S_IMODE((state / "export").stat().st_mode) == 0o700
    kept = json.loads(cursor(state).read_text())
    assert kept["to"] == collector.url and "abcdefghij" not in cursor(state).read_text()
    last = written(files(state)[0])[-1]
    assert kept["files"][last[0]] == {"seq": last[1], "head": last[2]}
    cursor(state).write_text("{")
    assert str(cursor(state)) in export(state, "--to", f"{collector.url}?key=abcdefghij", expect=2).stderr


def test_a_time_or_an_upstream_may_be_asked_for(state):
    first, second, third = files(state)
    with Collector() as collector:
        done = export(state, "--to", collector.url, "--since", "2026-02-04")
        assert {record.seq for record in collector.records if record.file == name(first)} == {8}
        assert done.stdout.startswith(f"exported {len(collector.records)} records of 3 files")
        assert not (state / "export").exists()
        collector.requests.clear()
        export(state, "--to", collector.url, "--upstream", "web")
        assert received(collector) == written(second, third)
        collector.requests.clear()
        export(state, "--to", collector.url)
        assert received(collector) == written(first)


def test_batches_are_bounded(state):
    file = open_ended(state)
    append(file, 1200)
    with Collector() as collector:
        export(state, "--to", collector.url)
    sizes = [len(request.records) for request in collector.requests]
    assert sizes == [9, 3, 512, 512, 178] and received(collector) == written(*files(state))


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_collector_that_is_busy_is_asked_again_when_it_says(state, status):
    with Collector((status, {"Retry-After": "1"}, b"")) as collector:
        done = export(state, "--to", collector.url)
    first, second = collector.requests[:2]
    assert first.body == second.body and 1 <= second.at - first.at < 10
    assert done.stderr.count("trying again") == 1 and str(status) in done.stderr
    assert "exported 15 records" in done.stdout


def test_a_connection_that_ends_without_an_answer_is_tried_again(state):
    with Collector(None, None) as collector:
        export(state, "--to", collector.url)
    assert [request.body == collector.requests[0].body for request in collector.requests[:4]] == [True, True, True, False]


def test_giving_up_says_how_far_it_got_and_loses_nothing(state):
    with Collector((200, {}, b"{}"), (503, {"Retry-After": "3600"}, b"")) as collector:
        done = export(state, "--to", collector.url, expect=2)
        assert "503" in done.stderr and "9 records of 1 file had been exported" in done.stderr
        collector.requests.clear()
        export(state, "--to", collector.url)
        assert received(collector) == written(*files(state)[1:])


@pytest.mark.parametrize("status", [400, 401, 404, 413, 500])
def test_a_refusal_is_final_and_its_words_are_harmless(state, status):
    said = f'{{"code":3,"message":"no\\u001b[31m to {SECRET}"}}'.encode()
    with Collector((status, {}, said)) as collector:
        done = export(state, "--to", collector.url, "--header", "Authorization: ${env:TOKEN}", expect=2, TOKEN=SECRET)
    assert len(collector.requests) == 1 and f"HTTP status {status}" in done.stderr
    assert "no" in done.stderr and "\x1b" not in done.stderr and SECRET[7:] not in done.stderr


def test_a_page_in_the_way_is_not_shown(state):
    with Collector((403, {"Content-Type": "text/html"}, b"<html>" + b"x" * 100_000)) as collector:
        assert len(export(state, "--to", collector.url, expect=2).stderr) < 300


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_nobody_is_followed(state, status):
    with Collector() as elsewhere, Collector((status, {"Location": elsewhere.url}, b"")) as collector:
        assert "not followed" in export(state, "--to", collector.url, expect=2).stderr
        assert len(collector.requests) == 1 and elsewhere.requests == []
    with Collector((status, {"Location": "/v1/logs/"}, b"")) as collector:
        export(state, "--to", collector.url, expect=2)
        assert len(collector.requests) == 1


def test_success_in_part_is_said_and_not_repeated(state):
    said = b'{"partialSuccess":{"rejectedLogRecords":"2","errorMessage":"too old\\u0007"}}'
    with Collector((200, {}, said)) as collector:
        done = export(state, "--to", collector.url)
    assert len(collector.requests) == 3
    assert "warning: the server rejected 2 records: too old" in done.stderr and "\x07" not in done.stderr
    assert done.stdout.startswith("exported 13 records of 3 files") and "2 were rejected" in done.stdout


def test_following_waits_for_the_collector_and_goes_on(state):
    file = open_ended(state)
    port = free_port()
    with Following(state, "--to", f"http://127.0.0.1:{port}/v1/logs") as process:
        assert "cannot be reached" in process.stderr.readline()
        time.sleep(1)
        with Collector(port=port) as collector:
            collector.wait_for(14)
            append(file, 2)
            collector.wait_for(16)
            wait_until_kept(state, file)
            assert received(collector) == written(*files(state))
        append(file, 1)
        assert "cannot be reached" in process.stderr.readline()
        with Collector(port=port) as collector:
            collector.wait_for(1)
            assert received(collector) == written(file)[-1:]
            assert "another `latch audit export`" in export(state, "--to", collector.url, expect=2).stderr
        assert process.poll() is None


def test_a_record_that_is_being_written_waits(state):
    file = files(state)[-1]
    whole = file.read_bytes()
    file.write_bytes(whole[:-20])
    with Collector() as collector:
        export(state, "--to", collector.url)
        assert len(collector.records) == 14
        file.write_bytes(whole)
        export(state, "--to", collector.url)
        assert received(collector) == written(*files(state))


def tamper(file, line):
    lines = file.read_bytes().splitlines(keepends=True)
    lines[line] = lines[line].replace(b'"client":"cursor"', b'"client":"cursed"')
    file.write_bytes(b"".join(lines))


def test_a_changed_record_is_not_sent_nor_what_stands_behind_it(state):
    first, *others = files(state)
    tamper(first, 3)
    with Collector() as collector:
        done = export(state, "--to", collector.url, expect=1)
        assert received(collector) == written(first)[:3] + written(*others)
        assert name(first) in done.stderr and "`latch audit verify`" in done.stderr
        assert "exported 9 records of 3 files" in done.stdout
        export(state, "--to", collector.url, expect=1)
        assert len(collector.records) == 9


@pytest.mark.parametrize("line", [1, 7])
def test_what_was_changed_after_it_was_sent_is_not_gone_on_with(state, line):
    file = files(state)[0]
    whole = file.read_bytes()
    file.write_bytes(b"".join(whole.splitlines(keepends=True)[:8]))
    with Collector() as collector:
        export(state, "--to", collector.url)
        file.write_bytes(whole)
        tamper(file, line)
        collector.requests.clear()
        assert "`latch audit verify`" in export(state, "--to", collector.url, expect=1).stderr
        assert collector.requests == []


def test_what_was_cut_off_after_it_was_sent_is_not_gone_on_with(state):
    file = files(state)[0]
    with Collector() as collector:
        export(state, "--to", collector.url)
        file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:5]))
        assert "record 8 was sent" in export(state, "--to", collector.url, expect=1).stderr


def test_credentials_reach_the_server_and_nobody_else(state):
    with Collector((503, {}, SECRET.encode())) as collector:
        done = export(
            state, "--to", collector.url, "--header", "Authorization: ${env:TOKEN}", TOKEN=SECRET,
            OTEL_EXPORTER_OTLP_HEADERS="x-team=a%20b,authorization=other-secret",
        )  # fmt: skip
    for request in collector.requests:
        assert request.headers.get_all("Authorization") == [SECRET] and request.headers["X-Team"] == "a b"
    said = done.stdout + done.stderr + cursor(state).read_text()
    assert SECRET[7:] not in said and "other-secret" not in said


def test_the_variables_of_opentelemetry_say_where(state):
    with Collector() as collector:
        done = export(state, OTEL_EXPORTER_OTLP_ENDPOINT=collector.origin)
        assert done.stdout.endswith(f" to {collector.url}\n")
        export(state, OTEL_EXPORTER_OTLP_LOGS_ENDPOINT=f"{collector.origin}/own", OTEL_EXPORTER_OTLP_ENDPOINT="x")
        assert {request.path for request in collector.requests} == {"/v1/logs", "/own"}


def test_a_collector_that_does_not_answer_is_not_waited_for_long(state):
    with Collector() as collector:
        collector.answer = lambda handler: time.sleep(5)
        with Following(state, "--to", collector.url, OTEL_EXPORTER_OTLP_TIMEOUT="200") as process:
            assert "in time" in process.stderr.readline()


def test_plain_http_stays_on_this_machine(state):
    for url in ["http://collector.example/v1/logs", "http://192.0.2.1:4318/v1/logs"]:
        assert "unencrypted" in export(state, "--to", url, expect=2).stderr
        assert "unencrypted" in export(state, OTEL_EXPORTER_OTLP_LOGS_ENDPOINT=url, expect=2).stderr
    with Collector() as proxy:
        export(state, "--to", "http://collector.example/v1/logs", "--insecure", HTTP_PROXY=proxy.origin)
        assert received(proxy) == written(*files(state))
        assert set(proxy.tunnels) == {"collector.example:80"}


def openssl(directory, command):
    subprocess.run(["openssl", *command.split()], cwd=directory, check=True, capture_output=True)


def test_certificates_are_verified(state, tmp_path):
    openssl(
        tmp_path,
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -keyout key.pem -out cert.pem"
        " -subj /CN=test -addext subjectAltName=IP:127.0.0.1",
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    with Collector(context=context) as collector:
        with Following(state, "--to", collector.url) as process:
            assert "certificate is not trusted" in process.stderr.readline()
        assert collector.requests == []
        export(state, "--to", collector.url, SSL_CERT_FILE=str(tmp_path / "cert.pem"))
        assert received(collector) == written(*files(state))


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ([], 2),
        (["--to", "ftp://example.com/"], 2),
        (["--to", "https://user:s3cret-word@example.com/"], 2),
        (["--to", "http://localhost/", "--header", "s3cret-word"], 64),
        (["--to", "http://localhost/", "--header", "A: s3cret-word${env:"], 2),
        (["--to", "http://localhost/", "--header", "A: ${env:NO_SUCH_VARIABLE}"], 2),
        (["--to", "http://localhost/", "--header", "Host: s3cret-word"], 2),
        (["--to", "http://localhost/", "--header", "A: s3cret-word\n"], 2),
        (["--to", "http://localhost/", "--since", "yesterday"], 64),
    ],
)
def test_what_cannot_be_done_is_refused_without_a_secret(state, more, status):
    done = export(state, *more, expect=status)
    assert done.stderr and "s3cret-word" not in done.stdout + done.stderr
    assert not (state / "export").exists()


def test_nothing_recorded_is_nothing_sent(tmp_path):
    with Collector() as collector:
        done = export(tmp_path / "state", "--to", collector.url)
        assert "nothing is recorded" in done.stderr and collector.requests == []
    assert not (tmp_path / "state").exists()
