"""Tokens that an API is asked with for a while, from a server that gives them out to a client with a secret (OAuth 2).

dlt's client credentials, which renew a token that has run out, with what keeps secrets where they belong: nothing that
the server answers is quoted, and a token that the API no longer takes before its time is renewed once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import requests
from requests import PreparedRequest, Response, Session
from requests.auth import AuthBase, _basic_auth_str

from orchestration.fetch.failures import PullError, PullLaterError
from orchestration.fetch.secrets import read_secret
from orchestration.sources.pulled.http import Client

if TYPE_CHECKING:
    from dlt.sources.helpers.rest_client.auth import OAuth2ClientCredentials

_RENEWED = "_scorehouse_renewed"


class TokenAuth(AuthBase):
    """Adds a token to each request that may have it, and renews it where it ran out."""

    def __init__(self, source: str, client: Client, session: Session, assert_own: Callable[[str], None]) -> None:
        self._source = source
        self._tokens = _tokens(client, session)
        self._assert_own = assert_own

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Give a request its token."""
        self._assert_own(str(request.url))
        if self._tokens.access_token is None or self._tokens.is_token_expired():
            self._renew()
        self._add_token(request)
        request.register_hook("response", self._asked_again)  # type: ignore[no-untyped-call]
        return request

    def _add_token(self, request: PreparedRequest) -> None:
        request.headers["Authorization"] = f"Bearer {self._tokens.access_token}"

    def _asked_again(self, response: Response, **how: Any) -> Response:
        """Ask once more with a new token where this one is refused: it may have ended before its time."""
        if response.status_code != requests.codes.unauthorized or getattr(response.request, _RENEWED, False):
            return response
        # What was answered is read, so that its connection can be used again.
        _ = response.content
        response.close()
        self._renew()
        request = response.request.copy()
        setattr(request, _RENEWED, True)
        self._add_token(request)
        again: Response = response.connection.send(request, **how)
        again.history.append(response)
        again.request = request
        return again

    def _renew(self) -> None:
        what = f"{self._source}, `token_url`"
        try:
            self._tokens.access_token = None
            self._tokens.obtain_token()
        except requests.HTTPError as error:
            status = error.response.status_code if error.response is not None else 0
            if status == requests.codes.too_many_requests or status >= requests.codes.server_error:
                raise PullLaterError(f"{what}: gives no token now ({status}). Remedy: pull later.") from None
            raise PullError(
                f"{what}: refuses the client ({status}). Remedy: mend what `client_id` and `client_secret` name, "
                "`params`, or `basic`."
            ) from None
        except (requests.exceptions.JSONDecodeError, ValueError, TypeError, AttributeError):
            raise PullError(f"{what}: answers with no token in JSON. Remedy: mend `token_url`.") from None
        except requests.RequestException as error:
            raise PullLaterError(
                f"{what}: can't be reached, or broke off ({type(error).__name__}). Remedy: see that it answers this "
                "machine, then pull again."
            ) from None
        token = self._tokens.access_token
        if not token or not token.isascii() or not token.isprintable() or " " in token:
            self._tokens.access_token = None
            raise PullError(f"{what}: answers with no `access_token`. Remedy: mend `token_url`.")


def _tokens(client: Client, session: Session) -> OAuth2ClientCredentials:
    """Return dlt's keeper of a token. Raises SettingsError if id or secret are not to be had."""
    from dlt.sources.helpers.rest_client.auth import OAuth2ClientCredentials

    class Tokens(OAuth2ClientCredentials):
        def build_access_token_request(self) -> dict[str, Any]:
            asked = super().build_access_token_request()
            if client.basic:
                login = asked["data"].pop("client_id"), asked["data"].pop("client_secret")
                asked["headers"]["Authorization"] = _basic_auth_str(*login)
            return asked

        def parse_access_token(self, response_json: Any) -> str:
            return str(response_json.get("access_token") or "")

    return Tokens(
        access_token_url=client.token_url,
        client_id=read_secret(client.client_id),
        client_secret=read_secret(client.client_secret),
        access_token_request_data=dict(client.params),
        session=session,
    )
