"""llmock on loopback, with CORS as services have it: a page may read every header, or only those that all may.

with Mock(exposes=False) as mock:
    mock.url                                    # "http://127.0.0.1:53412"
    mock.urls                                   # with the address of one that has a small quota
"""

from __future__ import annotations

from contextlib import ExitStack
from types import TracebackType

from llmock.ratelimit import LimitSettings
from llmock.testing import LLMockServer
from starlette.middleware.cors import CORSMiddleware

TOKENS_A_MINUTE = 6000
EXPOSED = ("retry-after", "retry-after-ms")


class Mock:
    """Two servers, one of them with a quota of tokens, so that a bench can meet both."""

    def __init__(self, *, exposes: bool = True) -> None:
        self._plain, self._small = LLMockServer(), LLMockServer()
        self._small.state.limiter.configure(LimitSettings(tpm=TOKENS_A_MINUTE))
        for server in (self._plain, self._small):
            server.app.add_middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["*"],
                allow_headers=["*"],
                expose_headers=EXPOSED if exposes else (),
            )
        self._stack = ExitStack()

    def __enter__(self) -> Mock:
        for server in (self._plain, self._small):
            self._stack.enter_context(server)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def urls(self) -> tuple[str, str]:
        """The address of the server without a quota, and of the one with it."""
        return self._plain.url, self._small.url
