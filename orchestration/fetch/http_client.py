"""The client of an API: dlt's, which retries and reads pages, with what keeps secrets where they belong.

No request with a secret goes to another host than the source's own, whether a redirect or the address of a next page
leads there; no answer takes more memory than is allowed; and nobody's netrc adds a login.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from requests import PreparedRequest, Response, Session
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase

from orchestration.fetch.failures import PullError
from orchestration.fetch.http_tokens import TokenAuth
from orchestration.fetch.secrets import read_secret
from orchestration.home.paths import SettingsError
from orchestration.sources.pulled.http import HttpSource, Login

if TYPE_CHECKING:
    from dlt.sources.helpers.rest_client.client import RESTClient

MOST_BYTES = 128 << 20
"""Of one answer, unpacked."""
ATTEMPTS = 6
BACKOFF_SECONDS = 1.0
MOST_WAIT_SECONDS = 300.0
"""Of what an API asks to be left alone for, or of waits that double."""
TIMEOUT_SECONDS = 120.0


def client_of_source(source: HttpSource) -> RESTClient:
    """Return the client of a source. Raises SettingsError if its secret is not to be had."""
    from dlt.sources.helpers.rest_client.client import RESTClient

    own = _SameHost(source.name, source.url)
    headers = {"Accept": "application/json", "User-Agent": "scorehouse"}
    return RESTClient(source.url, headers=headers, auth=_auth(source, own), session=_session(source.name, own))


def _session(source: str, own: _SameHost) -> Session:
    from dlt.sources.helpers.requests.retry import Client

    client = Client(
        request_timeout=TIMEOUT_SECONDS,
        raise_for_status=False,
        request_max_attempts=ATTEMPTS,
        request_backoff_factor=BACKOFF_SECONDS,
        request_max_retry_delay=MOST_WAIT_SECONDS,
        session_attrs={
            "get_redirect_target": own.redirect_target,
            # Where a redirect stays on the host, its login stays as well.
            "rebuild_auth": lambda *_: None,
            "max_redirects": 5,
        },
    )
    session = client.session
    for scheme in ("http://", "https://"):
        session.mount(scheme, _BoundedAnswers(source))
    return session


class _SameHost:
    """What is asked of the source's own host only."""

    def __init__(self, source: str, url: str) -> None:
        self._source = source
        self._origin = _origin(url)

    def redirect_target(self, response: Response) -> str | None:
        """Return where a redirect leads, None if an answer is none. Raises PullError if to another host."""
        location = response.headers.get("Location") if response.is_redirect else None
        if location is None:
            return None
        target = urljoin(str(response.url), location)
        self.assert_own(target, "a redirect")
        return target

    def assert_own(self, url: str, what: str) -> None:
        """Refuse an address of another host."""
        if _origin(url) != self._origin:
            raise PullError(
                f"{self._source}: {what} leads to another host, which gets no login and is not asked. Remedy: write "
                "the address that answers itself into `url`."
            )


class _Auth(AuthBase):
    """Adds the secret of a source to each request to its own host."""

    def __init__(self, own: _SameHost, headers: dict[str, str], params: dict[str, str]) -> None:
        self._own = own
        self._headers = headers
        self._params = params

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        self._own.assert_own(str(request.url), "the next page")
        request.headers.update(self._headers)
        if self._params:
            request.prepare_url(request.url, self._params)
        return request


def _auth(source: HttpSource, own: _SameHost) -> AuthBase:
    if source.auth is not None and source.auth.oauth2 is not None:
        client = source.auth.oauth2
        # No secret follows a redirect of the server that gives out tokens.
        token_session = _session(source.name, _SameHost(source.name, client.token_url))
        return TokenAuth(source.name, client, token_session, lambda url: own.assert_own(url, "the next page"))
    headers, params = _secrets(source.auth) if source.auth is not None else ({}, {})
    return _Auth(own, headers, params)


def _secrets(auth: Login) -> tuple[dict[str, str], dict[str, str]]:
    """Return the headers and the parameters that hold a source's secret."""
    place = auth.bearer or auth.basic or (auth.header or auth.query).value  # type: ignore[union-attr]
    secret = read_secret(place)
    if auth.query is not None:
        return {}, {auth.query.name: secret}
    if auth.basic is not None:
        if ":" not in secret:
            raise SettingsError(f"{place}: is no login. Remedy: write login:password.")
        return {"Authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"}, {}
    if not secret.isascii() or not secret.isprintable():
        raise SettingsError(f"{place}: has signs that no header can hold. Remedy: write it anew.")
    return ({"Authorization": f"Bearer {secret}"} if auth.header is None else {auth.header.name: secret}), {}


class _BoundedAnswers(HTTPAdapter):
    """Ends an answer that is larger than allowed, however it is packed."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self._source = source

    def build_response(self, req: PreparedRequest, resp: Any) -> Response:
        """Return an answer whose body is counted while it is read."""
        response = super().build_response(req, resp)
        response.raw = _Counted(resp, self._source)
        return response


class _Counted:
    def __init__(self, raw: Any, source: str) -> None:
        self._raw = raw
        self._source = source

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)

    def stream(self, amount: int, decode_content: bool | None = None) -> Iterator[bytes]:
        """Yield the body in pieces."""
        count = 0
        for piece in self._raw.stream(amount, decode_content=decode_content):
            count += len(piece)
            if count > MOST_BYTES:
                raise PullError(
                    f"{self._source}: an answer has more than {MOST_BYTES >> 20} MB. Remedy: ask for smaller pages by "
                    "`params` or `limit`."
                )
            yield piece


def _origin(url: str) -> tuple[str, str | None, int | None]:
    address = urlsplit(url)
    return address.scheme, address.hostname, address.port or {"http": 80, "https": 443}.get(address.scheme)
