"""A provider through which members may come in; the environment names them."""

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Provider:
    """One door by OpenID Connect. `vouches`: its addresses are the firm's own, though it does not say so."""

    code: str
    label: str
    server: str
    client_id: str
    client_secret: str
    vouches: bool

    @property
    def origin(self) -> str:
        parts = urlsplit(self.server)
        return f"{parts.scheme}://{parts.netloc}"
