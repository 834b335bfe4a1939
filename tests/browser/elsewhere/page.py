"""The page in a browser that another program drives: what a person does in it, by its elements' names.

    page.open(site.url)
    page.ask("Hello!")      # the words of the answer

Everything waits on states of the page. Nothing here knows which browser it is.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.environment import ROOT

#: For one state of the page. A first answer of a busy machine takes a minute; an answer of a driver is never slower.
LIMIT_SECONDS = 300
END_SECONDS = 30

ANSWERED = "document.getElementById('stop').hidden && !document.getElementById('send').disabled"
ANSWERS = "document.querySelectorAll('[data-role=assistant]')"
LAST = f"[...{ANSWERS}].at(-1)"


class ElsewhereError(AssertionError):
    """The browser, its driver or the page did not do as it should."""


class OtherPage:
    """The page, in a browser of its own with a profile of its own."""

    def __init__(self, driver: Sequence[str]) -> None:
        self._answers: queue.Queue[str] = queue.Queue()
        self._process = subprocess.Popen(
            driver, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout:
            for line in self._process.stdout:
                self._answers.put(line)
        self._answers.put("")

    def _call(self, name: str, *words: str) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"call": name, "words": words}) + "\n")
        self._process.stdin.flush()
        try:
            line = self._answers.get(timeout=LIMIT_SECONDS + END_SECONDS)
        except queue.Empty:
            raise ElsewhereError(f"{name} did not end within {LIMIT_SECONDS + END_SECONDS} s") from None
        if not line:
            raise ElsewhereError(f"the browser's driver ended during {name}; its own words are above")
        answer = json.loads(line)
        if "error" in answer:
            raise ElsewhereError(f"{name}: {answer['error']}")
        return answer["value"]

    def close(self) -> None:
        """End the browser; where it does not end by itself, with everything it started."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    # --- any page

    def problems(self) -> list[str]:
        """Uncaught errors and console errors of the page so far."""
        problems: list[str] = self._call("problems")
        return problems

    def run(self, source: str, **given: Any) -> Any:
        """Run the body of an asynchronous JavaScript function that knows the given values by their names."""
        names = "".join(f"const {name} = {json.dumps(value)};" for name, value in given.items())
        work = f"return {{ value: await (async () => {{ {names} {source} }})() }};"
        answer = self._call("run", f"try {{ {work} }} catch (error) {{ return {{ error: String(error) }}; }}")
        if "error" in answer:
            raise ElsewhereError(answer["error"])
        return answer.get("value")

    def wait(self, state: str, **given: Any) -> None:
        """Wait until a JavaScript expression holds."""
        self.run(
            f"""const until = Date.now() + {LIMIT_SECONDS * 1000};
            while (!({state})) {{
              if (Date.now() > until) throw new Error('It never came to: ' + what + '\\n' + document.body.innerText);
              await new Promise(done => setTimeout(done, 50));
            }}""",
            what=state,
            **given,
        )

    # --- this page

    def device(self) -> dict[str, tuple[str, str]]:
        """What the device list says on the Models page: the state and the words of each line by its name."""
        self.go("models")
        self.wait("document.querySelector('#device dt')")
        found: list[list[str]] = self.run(
            """return [...document.querySelectorAll('#device [data-state]')].map(row =>
              [row.querySelector('dt').lastChild.textContent, row.dataset.state,
               row.querySelector('dd').textContent]);"""
        )
        return {name.strip(): (state, words) for name, state, words in found}

    def status(self, part: str) -> str:
        """The first status line on the Models page that has this part; waits for one."""
        self.go("models")
        line = "[...document.querySelectorAll('#browser-models .status')].find(one => one.textContent.includes(part))"
        self.wait(line, part=part)
        return str(self.run(f"return {line}.textContent;", part=part))

    def open(self, url: str) -> None:
        """Open the page and wait until Python has drawn it."""
        self._call("open", url)
        self.wait("'ready' in document.documentElement.dataset")

    def go(self, name: str) -> None:
        """Change to chat (the one that is open, or a new one), models or settings."""
        self.run(
            """const chat = document.querySelector('#chats a[data-open]') ?? document.getElementById('new-chat');
            (name === 'chat' ? chat : document.getElementById('nav-' + name)).click();""",
            name=name,
        )
        self.wait("!document.getElementById('page-' + name).hidden", name=name)

    def set(self, section: str, label: str, value: str) -> None:
        """Change a field of a section of Settings, which its address names."""
        self.run("location.hash = `#/settings/${section}`;", section=section)
        field = "[...document.querySelectorAll('#page-settings label')].find(one => one.innerText.startsWith(label))"
        self.wait(f"{field}?.control", label=label)
        self.run(
            f"""const {{ control }} = {field};
            control.value = value;
            control.dispatchEvent(new Event('change', {{ bubbles: true }}));""",
            label=label,
            value=value,
        )
        self.go("chat")

    def open_chat(self) -> None:
        """Open the first chat of the list and wait for its answer."""
        self.wait("document.querySelector('#chats a')")
        self.run("document.querySelector('#chats a').click();")
        self.wait(f"{LAST}?.querySelector('.prose')?.innerText.trim()")

    def send(self, text: str) -> None:
        """Send a message and wait until its answer has begun to be made."""
        before = self.run(f"return {ANSWERS}.length;")
        self.run(
            """const message = document.getElementById('message');
            message.value = text;
            message.dispatchEvent(new Event('input', { bubbles: true }));
            document.getElementById('send').click();""",
            text=text,
        )
        self.wait(f"{ANSWERS}.length > before", before=before)

    def words(self) -> str:
        """The words of the last answer."""
        words: str = self.run(f"return {LAST}.querySelector('.prose')?.innerText.trim() ?? '';")
        return words

    def below(self) -> str:
        """What stands in the last answer's article, the line below its words included."""
        words: str = self.run(f"return {LAST}.innerText;")
        return words

    def ask(self, text: str) -> str:
        """Send a message, wait for the end of its answer, return its words."""
        self.send(text)
        self.wait(ANSWERED)
        if not self.words():
            raise ElsewhereError(f"no answer to {text!r}: {self.below()}")
        return self.words()

    def stop(self) -> None:
        """Stop the answer once it has words, and wait until it has stopped."""
        self.wait(f"{LAST}.querySelector('.prose')?.innerText.trim()")
        self.run("document.getElementById('stop').click();")
        self.wait(ANSWERED)

    def import_model(self, path: Path) -> None:
        """Choose a model file, wait until it is stored and make it the one that answers."""
        self.go("models")
        self.wait("document.getElementById('model-file')")
        self._call("choose", "model-file", str(path))
        article = "[...document.querySelectorAll('#browser-models article')].find(one => one.innerText.includes(name))"
        # not innerText: WebKit ends a button's with a line break
        use = f"[...({article})?.querySelectorAll('button') ?? []].find(one => /^(Use|Active)$/.test(one.textContent))"
        self.wait(use, name=path.stem)
        self.run(f"const button = {use}; if (button.textContent === 'Use') button.click();", name=path.stem)
        self.wait(f"({use})?.textContent === 'Active'", name=path.stem)
        self.go("chat")
