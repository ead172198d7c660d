"""Where a channel leads: an address that Apprise knows, out of the environment and in no text, log or file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import quote

from orchestration.centre.notices import ChannelKind, NoticeChannel
from orchestration.home.errors import ScorehouseError

SCHEMES: Mapping[ChannelKind, tuple[str, ...]] = {
    "mail": ("mailto", "mailtos"),
    "wecom": ("wecombot",),
    "dingtalk": ("dingtalk",),
    "feishu": ("feishu", "lark"),
    # Mattermost takes what Slack takes, on a server of one's own.
    "slack": ("slack", "mmost", "mmosts"),
    "webhook": ("json", "jsons"),
}
PLACE = "{recipient}"


class AddressError(ScorehouseError, RuntimeError):
    """A channel has no address that can be used; the message names the variable and nothing of what it holds."""


def address_of(channel: NoticeChannel, environment: Mapping[str, str] | None = None) -> str:
    """Return the address of a channel, with {recipient} still in it. Raises AddressError."""
    variables = os.environ if environment is None else environment
    address = variables.get(channel.address_from, "").strip()
    where = f"notices.channels: {channel.name}: the variable {channel.address_from}"
    if not address:
        raise AddressError(
            f"{where} is not set. Remedy: put the channel's address into it; Apprise's docs have the form."
        )
    schemes = SCHEMES[channel.kind]
    if address.partition("://")[0].lower() not in schemes:
        forms = " or ".join(f"{scheme}://" for scheme in schemes)
        raise AddressError(f"{where} is no address of {channel.kind}. Remedy: write one that begins with {forms}")
    return address


def address_for(address: str, recipient: str) -> str:
    """Return a channel's address for one recipient; whatever he is called, he stays in his place of the URL."""
    return address.replace(PLACE, quote(recipient, safe=""))
