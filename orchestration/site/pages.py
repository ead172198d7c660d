"""Writing the pages of a home: data files by the publisher, the shell beside them."""

from __future__ import annotations

from orchestration.centre import load_centre
from orchestration.home.lock import home_lock
from orchestration.home.paths import Home
from orchestration.site.inventory import drop_damage
from orchestration.site.shell import ensure_shell, install_shell
from orchestration.site.site_state import SiteState


def write_pages(home: Home) -> None:
    """Write the site of the home from its published file.

    Raises ShellError if the shell is neither built nor can be built; the data are not touched then.
    """
    from orchestration.site.publisher import write_site  # the publisher is not needed for a run without pages

    with home_lock(home):
        build = ensure_shell()
        state = SiteState(home)
        if not state.is_whole():
            drop_damage(home)
        write_site(home, load_centre(home))
        install_shell(home, build)
        state.remember()
