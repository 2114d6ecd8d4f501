"""What browsers are told about the site: what its pages may load and run, and how long a file keeps.

Each page says its policy itself. Hosts that can say it too get it in their own form: `_headers` (Netlify, Cloudflare
Pages), `.htaccess` (Apache 2.4), and a file for nginx to include. Policies: Content Security Policy Level 3 (W3C).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",  # the search's engine is WebAssembly
        "style-src 'self'",
        "img-src 'self' data:",  # signs drawn in the style sheet
        "font-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
    )
)
"""The policy of every page. Nothing that runs stands in a page, so it names no hash; which files may run, the gate
knows by theirs."""

FORM_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' https: data: blob:",
        "font-src 'self' data: blob:",  # what it cannot load from here, it would fetch from elsewhere
        "connect-src 'self' https: data: blob:",
        "worker-src 'self' blob:",
        "frame-src blob:",
        "form-action 'self'",
        "base-uri 'none'",
    )
)
"""The policy of the editors' form in `admin/`, a program that speaks with the forge where its editor works."""

FRAMING = "frame-ancestors 'self'"
"""Who may show a page inside of theirs; browsers take it from a host only, not from a page."""

SECURITY = "Content-Security-Policy"
HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}

LASTING = r"(?:(?:foto|sampul)/[^/]+-[0-9a-f]{8}[-.][^/]+|pagefind/.+\.pf_[a-z]+)"
"""Paths of files whose names change with their bytes. All others are asked for again at each visit."""

PACKED = (
    "application/atom+xml",
    "application/geo+json",
    "application/javascript",
    "application/json",
    "application/manifest+json",
    "application/xml",
    "image/svg+xml",
    "text/calendar",
    "text/css",
    "text/csv",
    "text/javascript",
    "text/plain",
    "text/xml",
)
"""Types that a host compresses, beside HTML."""

HOSTS = Path(__file__).parent / "hosts"


def export_headers(base: str, names: Collection[str], aside: Collection[str] = ()) -> dict[str, bytes]:
    """Return the files that hosts read in the site itself.

    ``base`` is the path that the site stands below ("/" or "/kbp/"), ``names`` what stands at its top ("kegiatan/",
    "feed.xml"), ``aside`` the form's folder if it is there ("admin/").
    """
    apache = [f'Header always set {name} "{value}"' for name, value in HEADERS.items()]
    return {
        "_headers": "".join(_rules(base, names, aside)).encode(),
        ".htaccess": _fill("htaccess", base, "\n".join(apache)),
    }


def export_nginx(base: str) -> bytes:
    """Return what nginx includes in a site's `server` block: a file for outside of the site."""
    return _fill(
        "nginx.conf", base, "\n    ".join(f'add_header {name} "{value}" always;' for name, value in HEADERS.items())
    )


def _rules(base: str, names: Collection[str], aside: Collection[str]) -> Iterator[str]:
    """Yield the rules of `_headers`. Hosts join what all rules say that fit, so each path has one with a policy."""
    guarded = {SECURITY: f"{POLICY}; {FRAMING}"}
    if not aside:
        yield _rule(f"{base}*", {**HEADERS, **guarded})
        return
    yield _rule(f"{base}*", HEADERS)
    for name in ("", *sorted(names)):
        path = f"{base}{name}*" if name.endswith("/") else f"{base}{name}"
        yield _rule(path, {SECURITY: f"{FORM_POLICY}; {FRAMING}"} if name in aside else guarded)


def _rule(path: str, headers: Mapping[str, str]) -> str:
    return "".join([f"{path}\n", *(f"  {name}: {value}\n" for name, value in headers.items())])


def _fill(name: str, base: str, headers: str) -> bytes:
    values = {
        "base": base,
        "headers": headers,
        "policy": f"{POLICY}; {FRAMING}",
        "form_policy": f"{FORM_POLICY}; {FRAMING}",
        "lasting": LASTING,
        "types": " ".join(PACKED),
    }
    written = (HOSTS / name).read_text(encoding="utf-8")
    for place, value in values.items():
        written = written.replace(f"@{place}@", value)
    return written.encode()
