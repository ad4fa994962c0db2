"""A local double of the two endpoints that tell a publisher's URL, with their failure modes."""

from __future__ import annotations

import hashlib
import http.client
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from newsimport.errors import TemporaryError
from newsimport.source.protobuf import to_base64url, write_fields

CONSENT = b'<html><title>Before you continue</title><form action="https://consent.google.com/save" method="POST"></form></html>'
SORRY = b"<html><body>Our systems have detected unusual traffic from your network.<form id=captcha-form></form></body></html>"


def opaque_id(number):
    """Return an article id of the kind that only Google can read."""
    secret = hashlib.sha256(str(number).encode()).hexdigest()
    return to_base64url(write_fields((1, 19), (4, f"AU_yqL{secret}".encode())))


def publishers_url(article_id):
    """Return what the double says is behind an id."""
    return f"https://paper.example/{article_id[-12:]}?a=1&b=ü"


@dataclass
class Behaviour:
    """What the double does wrong, all of it off at first."""

    refuse_after: int | None = None  # 429 from the n-th request on
    retry_after: str = ""
    page: str = (
        "ticket"  # ticket, changed, consent, consent-redirect, sorry, gone, broken, moved, or a URL
    )
    answer: str = "rows"  # rows, html, consent, empty, changed-rows, null-rows, chunks, deep, cut
    reversed_rows: bool = False
    missing: set = field(default_factory=set)
    said: dict = field(default_factory=dict)  # what it answers for an id instead of the truth
    pages: dict = field(default_factory=dict)  # another `page` for one id
    hold: int = 0  # the answer to the n-th batch waits for `let_go`
    let_go: threading.Event = field(default_factory=threading.Event)


class GoogleDouble:
    """Serve on a free port of the loopback interface until closed; `requests` records all."""

    def __init__(self):
        self.behaviour = Behaviour()
        self.requests = []
        self.batches = []
        double = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                double._reply(self, "GET", b"")

            def do_POST(self):
                double._reply(self, "POST", self.rfile.read(int(self.headers["Content-Length"])))

            def log_message(self, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    @property
    def gets(self):
        return [path for method, path in self.requests if method == "GET"]

    @property
    def posts(self):
        return [path for method, path in self.requests if method == "POST"]

    def _reply(self, handler, method, body):
        self.requests.append((method, handler.path))
        behaviour = self.behaviour
        if behaviour.refuse_after is not None and len(self.requests) > behaviour.refuse_after:
            headers = {"Retry-After": behaviour.retry_after} if behaviour.retry_after else {}
            return _send(handler, 429, SORRY, headers)
        path = urlsplit(handler.path).path
        if method == "GET" and path.startswith("/rss/articles/"):
            return self._page(handler, unquote(path.rpartition("/")[2]))
        if method == "GET":
            return _send(
                handler, 302, b"", {"Location": "https://www.google.com/sorry/index?continue=x"}
            )
        if path != "/_/DotsSplashUi/data/batchexecute":
            return _send(handler, 404, b"<html>404</html>")
        return self._answer(handler, parse_qs(body.decode(), strict_parsing=True)["f.req"])

    def _page(self, handler, article_id):
        page = self.behaviour.pages.get(article_id, self.behaviour.page)
        if page == "consent":
            return _send(handler, 200, CONSENT)
        if page == "consent-redirect":
            return _send(handler, 302, b"", {"Location": "https://consent.google.com/m?continue=x"})
        if page == "sorry":
            return _send(handler, 200, SORRY)
        if page == "gone":
            return _send(handler, 404, b"<html>404</html>")
        if page == "broken":
            return _send(handler, 503, b"")
        if "/" in page:
            return _send(handler, 302, b"", {"Location": page})
        if page == "moved":
            return _send(
                handler, 302, b"", {"Location": publishers_url(article_id).replace("ü", "u")}
            )
        signature, time = _ticket(article_id)
        names = ("data-n-a-sg", "data-n-a-ts") if page == "ticket" else ("data-x-sg", "data-x-ts")
        text = (
            '<html><body><a href="https://consent.google.com/m?x">x</a><c-wiz jsrenderer="a">'
            f'<div jscontroller="b" jsaction="c;d" {names[0]}="{signature}&amp;" {names[1]}="{time}" '
            f'data-n-a-id="{article_id}" data-p="%.@.&quot;en&quot;]">Opening</div></c-wiz></body></html>'
        )
        return _send(handler, 200, text.encode())

    def _answer(self, handler, values):
        calls = json.loads(values[0])[0]  # of [[call], [call]] only the first is answered
        self.batches.append(len(calls))
        if len(self.batches) == self.behaviour.hold:
            self.behaviour.let_go.wait(60)
        answer = self.behaviour.answer
        if answer == "html":
            return _send(handler, 200, b"<html><body>Error 400</body></html>")
        if answer == "consent":
            return _send(handler, 200, CONSENT)
        if answer == "empty":
            return _send(handler, 200, b"")
        if answer == "deep":
            return _send(handler, 200, b")]}'\n\n" + b"[" * 200_000)
        rows = [row for call in calls if (row := self._row(call)) is not None]
        if self.behaviour.reversed_rows:
            rows.reverse()
        tail = [["di", 29], ["af.httprm", 29, "-1", 7]]
        if answer == "chunks":
            chunks = [json.dumps([row]) for row in rows] + [json.dumps(tail)]
            text = ")]}'\n\n" + "".join(f"{len(chunk)}\n{chunk}\n" for chunk in chunks)
        else:
            text = ")]}'\n\n" + json.dumps([*rows, *tail])
        if answer == "cut":
            text = text[: len(text) // 2]
        return _send(handler, 200, text.encode())

    def _row(self, call):
        name, asked, nothing, number = call
        asks, context, article_id, time, signature = json.loads(asked)
        assert (name, nothing, asks) == ("Fbv4je", None, "garturlreq")
        assert len(context) == 12
        assert len(context[0]) == 17
        if article_id in self.behaviour.missing:
            return None
        expected_signature, expected_time = _ticket(article_id)
        is_known = (signature, time) == (f"{expected_signature}&", expected_time)
        url = self.behaviour.said.get(article_id, publishers_url(article_id))
        held = json.dumps(["garturlres", url, 1]) if is_known else None
        if self.behaviour.answer == "changed-rows":
            held = json.dumps({"url": url})
        if self.behaviour.answer == "null-rows":
            held = None
        return ["wrb.fr", "Fbv4je", held, None, None, None, number]


def _ticket(article_id):
    digest = hashlib.sha256(article_id.encode()).hexdigest()
    return f"AZ5r3eR{digest[:20]}", 1_700_000_000 + int(digest[:4], 16)


def _send(handler, status, body, headers=None):
    handler.send_response(status)
    for name, value in {"Content-Type": "text/html; charset=utf-8", **(headers or {})}.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


class PlainWeb:
    """The smallest thing to fetch with over real HTTP: no redirects, names in lower case."""

    def get(self, url):
        return self._request("GET", url)

    def post(self, url, form):
        kind = {"Content-Type": "application/x-www-form-urlencoded;charset=UTF-8"}
        return self._request("POST", url, urlencode(form), kind)

    def _request(self, method, url, body=None, headers=None):
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
        try:
            connection.request(
                method, url.removeprefix(f"http://{parts.netloc}"), body, headers or {}
            )
            answer = connection.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, named, answer.read()
        except OSError as error:
            raise TemporaryError(f"{parts.netloc} does not answer") from error
        finally:
            connection.close()
