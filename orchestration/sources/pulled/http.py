"""What a source of kind `http` says of itself in centre.yaml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, PositiveInt, model_validator

from orchestration.readers.json_names import is_path
from orchestration.sources.files.rule_settings import RuleSettings
from orchestration.sources.pulled.secrets import SecretPlace
from orchestration.sources.pulled.settings import PulledSource, Stream

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def _check_keys(path: str) -> str:
    if not is_path(path) or "[" in path:
        raise ValueError(f"{path!r} is no path of JSON keys, such as tickets, or data.items")
    return path


Keys = Annotated[str, AfterValidator(_check_keys)]


class NamedSecret(RuleSettings):
    """A secret under the name of its header or parameter."""

    name: str = Field(pattern=r"^[A-Za-z0-9_-]+$")
    value: SecretPlace


class Client(RuleSettings):
    """A client of an authorisation server, which gives a token for a while (OAuth 2, client credentials)."""

    token_url: str
    """Where tokens are given out; it may be another host than the API's."""
    client_id: SecretPlace
    client_secret: SecretPlace
    basic: bool = False
    """Whether the server takes id and secret as a login, in a header, and not in what it is sent."""
    params: Mapping[str, str] = Field(default_factory=dict)
    """What else it is sent, such as `scope` or `audience`."""

    @model_validator(mode="after")
    def _is_an_address(self) -> Self:
        # Told without quoting, as an address may hold a login.
        address = urlsplit(self.token_url)
        if address.scheme not in ("http", "https") or not address.hostname:
            raise ValueError("`token_url` is no address such as https://login.example.com/oauth/token")
        if address.username is not None or address.query or address.fragment:
            raise ValueError("`token_url` has a login, a `?` or a `#`; write parameters into `params`")
        if address.scheme == "http" and address.hostname not in LOOPBACK:
            raise ValueError("`token_url` would get the secret over the network as plain text; write https://")
        if secret := {"client_id", "client_secret", "password"} & self.params.keys():
            raise ValueError(f"`params` is no place of a secret such as `{min(secret)}`")
        return self


class Login(RuleSettings):
    """How a source lets itself be asked: one of these."""

    bearer: SecretPlace | None = None
    basic: SecretPlace | None = None
    """The place of `login:password`."""
    header: NamedSecret | None = None
    query: NamedSecret | None = None
    oauth2: Client | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if len(self.model_fields_set) != 1:
            raise ValueError("`auth` is one of `bearer`, `basic`, `header`, `query` and `oauth2`")
        return self


class Paging(RuleSettings):
    """How an API gives out more than one page: by one of `page`, `offset`, `next_url`, `link` and `next_cursor`."""

    page: str | None = None
    """Parameter with the number of the page."""
    first: int = Field(default=1, ge=0)
    """The number of the first page."""
    offset: str | None = None
    """Parameter with the number of records before the page."""
    limit: PositiveInt | None = None
    """So many records has a page, beside `offset`."""
    limit_param: str = "limit"
    next_url: Keys | None = None
    """Keys that lead to the address of the next page."""
    link: str | None = None
    """The `rel` of the next page in the header `Link`."""
    next_cursor: Keys | None = None
    """Keys that lead to what the next page is asked for by, as `param`."""
    param: str | None = None
    more: Keys | None = None
    """Keys that lead to whether there are more pages; without it those with numbers end at an empty page."""

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        ways = [self.page, self.offset, self.next_url, self.link, self.next_cursor]
        if sum(way is not None for way in ways) != 1:
            raise ValueError("`paging` is by one of `page`, `offset`, `next_url`, `link` and `next_cursor`")
        if (self.offset is None) != (self.limit is None):
            raise ValueError("`offset` needs `limit`, the number of records of a page, and `limit` needs `offset`")
        if (self.next_cursor is None) != (self.param is None):
            raise ValueError("`next_cursor` needs `param`, and `param` needs `next_cursor`")
        if self.more is not None and (self.next_url or self.link):
            raise ValueError("`more` does not belong to `next_url` and `link`: these end when there is no next one")
        return self


class Resource(Stream):
    """One list of records of an API."""

    path: str = Field(pattern=r"^/?[^?#\s]+$")
    """Below the address of the source."""
    records: Keys | None = None
    """Keys that lead to the records; absent where the answer is a list."""
    params: Mapping[str, str | int | bool] = Field(default_factory=dict)
    since: str | None = None
    """Parameter by which records are asked for from the cursor on."""
    cursor_format: Literal["iso", "epoch_seconds", "epoch_milliseconds", "number"] = "iso"
    """How the cursor is written, in the records and in `since`; local times count as they stand."""
    since_format: str | None = None
    """How it is written in `since`, if otherwise: one of the same, or a pattern such as '%Y-%m-%d' (in UTC)."""
    paging: Paging | None = None
    """Absent where one answer has everything."""
    ordered: bool = False
    """Whether records come by growing cursor: a pull that was cut off then goes on where it was."""

    @property
    def own_name(self) -> str:
        """Return the last part of its path."""
        return self.path.rstrip("/").rpartition("/")[2].removesuffix(".json")

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.cursor is None and (self.since is not None or self.ordered):
            raise ValueError("`since` and `ordered` need a `cursor`")
        if self.since_format is not None and (self.since is None or self.cursor_format == "number"):
            raise ValueError("`since_format` needs `since`, and a cursor that is a time")
        if self.since_format not in (None, "iso", "epoch_seconds", "epoch_milliseconds") and "%" not in (
            self.since_format or ""
        ):
            raise ValueError(f"`since_format` {self.since_format!r} is no pattern such as '%Y-%m-%d'")
        if self.cursor is not None and not is_path(self.cursor):
            raise ValueError(f"`cursor` {self.cursor!r} is no path of JSON keys, such as updated_at")
        for name in ("overlap", "start"):
            value = getattr(self, name)
            if value is not None and isinstance(value, int) != (self.cursor_format == "number"):
                raise ValueError(f"`{name}` has to be of what `cursor_format` says: a number, or a time")
        return self


class HttpSource(PulledSource):
    """An API that answers in JSON."""

    kind: Literal["http"]
    url: str
    """Where all paths begin: https://desk.example.com/api/v2."""
    auth: Login | None = None
    resources: tuple[Resource, ...]

    @property
    def streams(self) -> Sequence[Resource]:
        """Return its lists of records."""
        return self.resources

    @model_validator(mode="after")
    def _is_an_address(self) -> Self:
        # What is wrong is told without quoting: an address may hold a login.
        address = urlsplit(self.url)
        if address.scheme not in ("http", "https") or not address.hostname:
            raise ValueError("`url` is no address such as https://desk.example.com/api/v2")
        if address.username is not None or address.query or address.fragment:
            raise ValueError("`url` has a login, a `?` or a `#`; write the login into `auth`, parameters into `params`")
        if self.auth is not None and address.scheme == "http" and address.hostname not in LOOPBACK:
            raise ValueError("`url` would send the secret of `auth` over the network as plain text; write https://")
        return self
