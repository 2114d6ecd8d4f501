"""How many pages a second a site's own nginx sends, by `wrk`: python -m benchmarks.server [SITE]

nginx runs with the file that a release brings, on this machine's own address; `wrk` asks for ten seconds over 32
connections, as browsers do, with gzip. What it says is about this machine; that errors are none is about us.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kbp_site.outputs.headers import export_nginx

SECONDS, CONNECTIONS = 10, 32
ASK = ("wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", "-H", "Accept-Encoding: gzip")
ADDRESSES = ("/", "/kegiatan/", "/assets/kbp/kbp.css", "/tidak-ada/")
AROUND = """{user}daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/faults.log;
events {{ worker_connections 256; }}
http {{
    include /etc/nginx/mime.types; default_type application/octet-stream; access_log off;
    client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
    uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    server {{ listen 127.0.0.1:{port}; root {site}; include {folder}/nginx.conf; }}
}}
"""


@contextmanager
def nginx(site: Path) -> Iterator[int]:
    """Serve a site as a server of one's own would; gives the port. Raises `RuntimeError` when nginx will not."""
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if program is None:
        raise RuntimeError("No nginx found: run `make nginx`.")
    with tempfile.TemporaryDirectory(prefix="kbp-nginx-") as name:
        folder, port = Path(name), free_port()
        (folder / "nginx.conf").write_bytes(export_nginx("/"))
        user = "user root; " if os.geteuid() == 0 else ""
        around = AROUND.format(user=user, folder=folder, port=port, site=site)
        (folder / "all.conf").write_text(around, encoding="utf-8")
        tried = subprocess.run([program, "-t", "-c", folder / "all.conf"], capture_output=True, text=True)
        if tried.returncode or "warn" in tried.stderr:
            raise RuntimeError(tried.stderr)
        running = subprocess.Popen([program, "-c", folder / "all.conf"], stderr=subprocess.DEVNULL)
        try:
            wait_for(port)
            yield port
        finally:
            running.terminate()
            running.wait(timeout=10)


def free_port() -> int:
    """Return a port of this machine that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    """Wait until somebody listens at a port; raises `RuntimeError` after five seconds."""
    for _ in range(100):
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"nobody listens at {port}")


def measure(site: Path) -> Iterator[str]:
    """Yield a line for each address: answers a second, and how long the slowest of a hundred took."""
    with nginx(site) as port:
        for address in ADDRESSES:
            done = subprocess.run(
                [*ASK, f"http://127.0.0.1:{port}{address}"],
                capture_output=True,
                text=True,
                check=True,
            )
            rows = [line.split() for line in done.stdout.splitlines()]
            a_second = next(row[1] for row in rows if row[:1] == ["Requests/sec:"])
            slowest = next(row[1] for row in rows if row[:1] == ["99%"])
            wrong = " ".join(line.strip() for line in done.stdout.splitlines() if "errors" in line or "Non-2xx" in line)
            yield f"{address}: {a_second} a second, 99 % within {slowest}{'; ' if wrong else ''}{wrong}"


if __name__ == "__main__":
    for line in measure(Path(sys.argv[1] if len(sys.argv) > 1 else "site").resolve()):
        print(line)
