"""The program of a stock PyScript worker page: draws one line."""

from pyscript import sync

sync.draw("Hello from Python")
