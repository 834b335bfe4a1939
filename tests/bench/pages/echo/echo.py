"""Sends back what the page sends, as bare as PyScript allows."""

from pyscript import sync


def ping(number: int) -> None:
    sync.pong(number)


sync.ping = ping
sync.ready()
