"""A real OpenID Connect provider on loopback, as a process."""

import subprocess
import sys
import time
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import requests

from tests.serving import free_port


class OpenIdProvider:
    """Anybody signs in there by saying who they are; `knows` settles what it then tells of them."""

    def __init__(self) -> None:
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"

    def __enter__(self) -> "OpenIdProvider":
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                requests.get(f"{self.address}/.well-known/openid-configuration", timeout=2)
            except requests.ConnectionError:
                time.sleep(0.1)
            else:
                return self
        raise AssertionError("the provider did not start")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)

    def knows(self, sub: str, **claims: Any) -> None:
        requests.put(f"{self.address}/users/{sub}", json=claims, timeout=5).raise_for_status()

    def answers(self, question: str, *, sub: str) -> str:
        """Where somebody is sent back to, who was sent there with `question` and says to be `sub`."""
        sent = requests.post(question, data={"sub": sub}, allow_redirects=False, timeout=5)
        back = urlsplit(sent.headers["Location"])
        return f"{back.path}?{back.query}"
