"""Other servers of files, to compare with; each serves FOLDER at 127.0.0.1:PORT until it is ended.

python -m tests.benchmarks.bare_http h11|http.server|aiohttp FOLDER PORT

`h11`: a loop on epoll that parses by h11 and reads the file, and checks nothing.
"""

from __future__ import annotations

import select
import socket
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import h11

HOST = "127.0.0.1"


def serve_h11(folder: Path, port: int) -> None:
    """The least that answers."""
    listener = socket.create_server((HOST, port), backlog=1024)
    listener.setblocking(False)
    poll = select.epoll()
    poll.register(listener, select.EPOLLIN)
    open_now: dict[int, tuple[socket.socket, h11.Connection]] = {}
    ready()
    while True:
        for number, _ in poll.poll():
            if number == listener.fileno():
                sock, _ = listener.accept()
                open_now[sock.fileno()] = (sock, h11.Connection(h11.SERVER))
                poll.register(sock, select.EPOLLIN)
                continue
            sock, http = open_now[number]
            data = sock.recv(16384)
            http.receive_data(data)
            event = http.next_event() if data else h11.ConnectionClosed()
            if isinstance(event, h11.Request):
                while not isinstance(http.next_event(), h11.EndOfMessage):
                    pass
                content = (folder / event.target.decode().lstrip("/")).read_bytes()
                headers = [("Content-Length", str(len(content)))]
                out = http.send(h11.Response(status_code=200, headers=headers))
                out += http.send(h11.Data(data=content)) + http.send(h11.EndOfMessage())
                sock.setblocking(True)
                sock.sendall(out)
                if http.our_state is h11.DONE:
                    http.start_next_cycle()
                    continue
            del open_now[number]
            poll.unregister(sock)
            sock.close()


class Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: it would be the slowest part."""


class Server(ThreadingHTTPServer):
    request_queue_size = 1024


def serve_http_server(folder: Path, port: int) -> None:
    """The standard library's."""
    server = Server((HOST, port), partial(Handler, directory=str(folder)))
    ready()
    server.serve_forever()


def serve_aiohttp(folder: Path, port: int) -> None:
    """As its manual serves files."""
    from aiohttp import web

    application = web.Application()
    application.router.add_static("/", folder)

    async def started(_: web.Application) -> None:
        ready()

    application.on_startup.append(started)
    web.run_app(application, host=HOST, port=port, access_log=None, print=None, backlog=1024)


def ready() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()


SERVERS = {"h11": serve_h11, "http.server": serve_http_server, "aiohttp": serve_aiohttp}

if __name__ == "__main__":
    SERVERS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
