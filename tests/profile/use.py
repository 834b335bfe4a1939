"""What a person does with the app before a profile is recorded: all that leaves a record, at least once.

    with world(app) as made:
        use(made)

The cloud is made of answers that Playwright gives, Ollama is the stand-in, files come from the lying server. A new
feature that keeps something gets a step here, and the next profile has it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Route, expect

from tests.browser.driver import LIMIT_MS, MODELS, App
from tests.browser.files import Offer, gguf, tiny
from tests.browser.liar import Liar, lying
from tests.browser.model_row import ModelRow, gate, wait_at_gate
from tests.environment import ROOT
from tests.ollama.stand_in import StandIn
from tests.profile.databases import own_key
from tests.profile.look import SWITCHES
from tests.profile.parts import add, attach, choose, fill, pick, put, rename, rows, save_key, service

CORS = {"access-control-allow-origin": "*", "access-control-allow-headers": "*"}
OPENAI, OWN = "https://api.openai.com/v1", "https://llm.school.example/v1"
CODE = (
    'Here is one:\n\n```python\ndef greet(name: str) -> str:\n    return f"Hello, {name}!"\n```\n\nCall it with a name.'
)
PROOF = (
    "Let $\\varepsilon > 0$. Choose $\\delta$ for each function, take the smaller one, and add the two inequalities."
)
HARD = "Prove step by step that the sum of two continuous functions is continuous, and explain each inequality."
CAPITAL, SKY = "What is the capital of France?", "Why is the sky blue?"
CATALOG = "School models"
PART = Offer("Half a model", gguf(3 << 17, seed=13), ("half.gguf",), chunk_bytes=1 << 17)
PARTS_KEPT = 2


@dataclass(frozen=True, slots=True)
class World:
    """The page, and whom it speaks with."""

    app: App
    liar: Liar
    ollama: StandIn


@contextmanager
def world(app: App) -> Iterator[World]:
    """Everybody is there until the block ends."""
    with lying() as liar, StandIn() as ollama:
        app.allow(re.escape(liar.url), re.escape(ollama.url), r"localhost:11434", "openai", "school", "400")
        app.context.route(f"{OPENAI}/**", _service("gpt-5-mini", CODE, (412, 96)))
        app.context.route(f"{OWN}/**", _service("school-7b", PROOF, (58, 31)))
        yield World(app, liar, ollama)


def _service(model: str, text: str, tokens: tuple[int, int]) -> Callable[[Route], None]:
    """A service that has one model, which always says the same, and refuses to speak of limits."""

    def answer(route: Route) -> None:
        request = route.request
        if request.method == "OPTIONS":
            route.fulfill(status=204, headers={**CORS, "access-control-allow-methods": "*"})
        elif request.url.endswith("/models"):
            route.fulfill(status=200, headers=CORS, body=json.dumps({"data": [{"id": model}]}))
        elif "limit" in (request.post_data or "").rpartition('"content"')[2]:
            error = {"error": {"message": "This model says nothing of limits.", "type": "invalid_request_error"}}
            route.fulfill(status=400, headers=CORS, body=json.dumps(error))
        else:
            route.fulfill(status=200, headers={**CORS, "content-type": "text/event-stream"}, body=_stream(text, tokens))

    return answer


def _stream(text: str, tokens: tuple[int, int]) -> str:
    prompt, reply = tokens
    pieces = [{"choices": [{"index": 0, "delta": {"content": piece}}]} for piece in re.findall(r"\s*\S+|\s+", text)]
    usage = {"prompt_tokens": prompt, "completion_tokens": reply, "total_tokens": prompt + reply}
    ends = [{"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}, {"choices": [], "usage": usage}]
    return "".join(f"data: {json.dumps(one)}\n\n" for one in (*pieces, *ends)) + "data: [DONE]\n\n"


def use(made: World) -> None:
    """Everything, in an order in which no step is in the way of a later one."""
    made.app.open()
    for step in (
        local_models,
        sources,
        chats,
        bundled,
        speed,
        ollama,
        cloud,
        costs,
        automatic,
        features,
        personas,
        library,
        sourced,
        attached,
        cards,
        quiz,
        notes,
        tutored,
        settings,
    ):
        step(made)


# -- the steps --------------------------------------------------------------------------------------------------------


def local_models(made: World) -> None:
    """Two imported models, one of them with an engine of the person's choice."""
    app = made.app
    put(app, "Top-k", "1", "Advanced")
    put(app, "Maximum reply length", "48", "Chat")
    model = app.import_model(MODELS / "tiny-gemma3-gpu.litertlm")
    app.details(model).get_by_role("combobox", name="Engine").select_option("mediapipe")
    app.close_sheet()
    app.use_model(app.import_model(MODELS / "tiny-gemma3-f16.gguf"))
    app.go("Models")
    app.unfold("This device")
    fill(app, "Memory of this computer (GB)", "24")


def sources(made: World) -> None:
    """A catalogue, a single address, and a download that was stopped half-way."""
    app, liar = made.app, made.liar
    liar.put("half.gguf", PART.file)
    liar.put("single.gguf", tiny())
    liar.texts["school.toml"] = f'title = "{CATALOG}"\n' + PART.row(liar.url)
    app.settings("Classroom")
    app.page.get_by_role("textbox", name="Catalogue address").fill(f"{liar.url}school.toml")
    app.page.get_by_role("button", name="Add catalogue", exact=True).click()
    expect(app.page.get_by_role("list", name="Catalogues")).to_contain_text(CATALOG)
    app.go("Models")
    app.add_a_model("Add by address")
    app.page.get_by_role("textbox", name="Model address").fill(f"{liar.url}single.gguf")
    app.page.get_by_role("button", name="Add", exact=True).click()
    expect(app.page.get_by_role("article", name="single", exact=True)).to_be_visible()
    row = ModelRow(app.page, PART)
    gate(liar, PART, PARTS_KEPT)
    row.click("Download")
    wait_at_gate(row, liar, PARTS_KEPT)
    row.click("Pause")
    row.expect("Paused")


def chats(made: World) -> None:
    """Versions of a question and of its answer, a name of its own, a private chat."""
    app = made.app
    app.go("Chat")
    app.ask(CAPITAL)
    app.answers.first.get_by_role("button", name="Regenerate").click()
    expect(app.answers.first.locator(".versions")).to_contain_text("2/2")
    app.wait_answered(app.answers.first)
    app.page.get_by_role("article", name="You").get_by_role("button", name="Edit").click()
    field = app.page.get_by_role("textbox", name="Edit message")
    field.fill(SKY)
    field.press("Enter")
    expect(app.page.get_by_role("article", name="You").locator(".versions")).to_contain_text("2/2")
    app.wait_answered(app.answers.first)
    app.ask("Count to ten.")
    rename(app, CAPITAL, "Sky and cities")
    app.new_chat()
    app.page.get_by_role("switch", name="Private chat").click()
    app.ask("Hello! My marks are nobody's business.")


def bundled(made: World) -> None:
    """The model that comes with the app, fetched with the first question to it."""
    app = made.app
    put(app, "Maximum reply length", "16", "Chat")  # on a busy machine its threads wait for each other: seconds a token
    app.go("Chat")
    app.new_chat()
    choose(app, "SmolLM2 135M")
    app.ask("Say hello.", 3 * LIMIT_MS)
    put(app, "Maximum reply length", "48", "Chat")
    app.go("Chat")
    choose(app, "tiny-gemma3-f16")


def speed(made: World) -> None:
    """A measurement."""
    app = made.app
    app.go("Models")
    region = app.unfold("Measured speed")
    fill(app, "Runs of each", "1")
    region.get_by_role("button", name="Measure tiny-gemma3-f16").click()
    expect(region.get_by_role("listitem").filter(has_text="tiny-gemma3-f16")).to_contain_text(
        re.compile("1 run on"), timeout=LIMIT_MS
    )


def ollama(made: World) -> None:
    """A model that thinks, a reply that was stopped, a context length, a pull that was paused."""
    app, server = made.app, made.ollama
    server.install("thinker:1b", capabilities=("completion", "thinking"))
    server.install("chatty:1b")
    server.offer("small:1b", sizes=(40_000_000, 1_500))
    app.settings("Connections")
    expect(app.ollama_at(server.url)).to_contain_text("Running", timeout=LIMIT_MS)
    app.open("#/models/ollama")
    region = app.page.get_by_role("region", name="Ollama models")
    region.get_by_role("article", name="chatty:1b", exact=True).get_by_role("button", name="Details").click()
    chatty = app.page.get_by_role("dialog", name="chatty:1b", exact=True)
    chatty.get_by_label("Context length").select_option("2048")
    expect(chatty).to_contain_text("2,048 of 4,096 tokens")
    app.page.keyboard.press("Escape")
    server.pulling.hold_after = 20_000_000
    app.page.get_by_role("textbox", name="Model name").fill("small:1b")
    app.page.get_by_role("textbox", name="Model name").press("Enter")
    row = region.get_by_role("article", name="small:1b", exact=True)
    expect(row.get_by_role("progressbar")).to_have_attribute("aria-valuetext", re.compile(r"^5\d\s%"))
    row.get_by_role("button", name="Pause").click()
    expect(row).to_contain_text("Paused")
    app.go("Chat")
    app.new_chat()
    choose(app, "thinker:1b")
    app.ask(SKY)
    choose(app, "chatty:1b")
    server.talk.hold_after = 3
    answer = app.send("Tell me something long.")
    expect(answer.locator(".prose")).to_contain_text(re.compile(r"\w"))
    app.page.get_by_role("button", name="Stop", exact=True).click()
    app.wait_answered(answer)
    server.talk.hold_after = None  # Automatic asks it later, too
    choose(app, "tiny-gemma3-f16")


def cloud(made: World) -> None:
    """A service with a key that is remembered, and a server of the person's own."""
    app = made.app
    save_key(app)
    app.leave()
    own_key(app.page, "drleelm-vault")
    app.page.go_back()
    app.wait_ready()
    save_key(app)
    form = app.server_form()
    form.get_by_label("Server address").fill(OWN)
    form.get_by_role("button", name="Add server").click()
    expect(service(app, "llm.school.example")).to_contain_text("1 of 1 model selected")


def costs(made: World) -> None:
    """Budgets, a reference, prices, leave to ask without one; then replies that cost something, and one that failed."""
    app = made.app
    part = app.settings("Usage & budget")
    part.get_by_label("Daily budget ($)").fill("0.50")
    part.get_by_label("Monthly budget ($)").fill("5")
    part.get_by_role("button", name="Set budget").click()
    part.get_by_role("button", name="Allow school-7b without a price").click()
    part.get_by_label("Compare free replies with").select_option("openai:gpt-5-mini")
    part.get_by_text("How this is estimated").click()
    part.get_by_label("Electricity ($ per kWh)").fill("0.41")
    part.get_by_role("button", name="Apply power and price").click()
    part.get_by_text("Prices", exact=True).click()
    part.get_by_label("Model (service:model)").fill("openai:gpt-5-mini")
    part.get_by_label("Input ($)", exact=True).fill("0.5")
    part.get_by_label("Output ($)").fill("3")
    part.get_by_role("button", name="Use this price").click()
    app.go("Chat")
    app.new_chat()
    choose(app, "gpt-5-mini")
    app.ask("Write a greeting in Python.")
    choose(app, "school-7b")
    app.ask("And a proof?")
    app.ask("And what is a limit?")
    choose(app, "tiny-gemma3-f16")


def automatic(made: World) -> None:
    """Smart routing, its question before words leave, a receipt, an opinion of the reply."""
    app = made.app
    section = app.settings("Models & Automatic")
    section.get_by_role("switch", name="Smart routing").check()
    section.get_by_role("slider", name="When should a stronger model answer?").fill("45")
    app.go("Chat")
    choose(app, "Automatic")
    app.new_chat()
    answer = app.send(HARD)
    app.page.get_by_role("group", name="Send this question?").get_by_role("button", name="Send", exact=True).click()
    app.wait_answered(answer)
    answer.get_by_role("button", name="Good answer").click()
    app.new_chat()
    answer = app.send(f"{HARD} Without a computer.")
    app.page.get_by_role("group", name="Send this question?").get_by_role("button", name="Answer here").click()
    app.wait_answered(answer)
    choose(app, "tiny-gemma3-f16")


def features(made: World) -> None:
    """Models for summaries, code and titles; then a chat that is too long for its model."""
    app = made.app
    section = app.settings("Models & Automatic")
    pick(section.get_by_label("Earlier messages"), "tiny-gemma3-f16")
    pick(section.get_by_label("Code help"), "gpt-5-mini")
    app.go("Chat")
    app.new_chat()
    for number in range(1, 12):  # some summaries of so small a model are none, and older messages are left out
        app.ask(f"Part {number} of a long text. " + "Rivers flow to the sea. " * 20)
        if number > 4 and "were summarised for the model" in app.answers.last.inner_text():
            break
    expect(app.answers.last).to_contain_text("were summarised for the model")
    pick(app.settings("Models & Automatic").get_by_label("Chat titles"), "tiny-gemma3-f16")


def library(made: World) -> None:
    """A notebook with a document and a note, and one document beside it."""
    app = made.app
    app.go("Library")
    page = app.page
    page.get_by_role("button", name="New notebook").click()
    fill(app, "Name of the notebook", "Linear algebra")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="New note", exact=True).wait_for()
    add(app, "algebra-libreoffice.pdf")
    page.get_by_role("button", name="New note", exact=True).click()
    page.get_by_role("textbox", name="Title").fill("My notes")
    page.get_by_role("textbox", name="Note", exact=True).fill("# In class\n\nDoes **power iteration** always work?\n")
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    app.go("Library")
    page.get_by_role("button", name=re.compile("^All")).click()
    add(app, "lamps-pandoc.epub")
    expect(rows(app).filter(has_text="Indexed")).to_have_count(3, timeout=LIMIT_MS)
    page.get_by_role("button", name="Which search is best here?").click()
    sheet = page.get_by_role("dialog", name="Which search is best here?")
    sheet.get_by_role("textbox", name="Question").fill("What bent the light?")
    sheet.get_by_role("button", name="Find passages").click()
    sheet.get_by_role("button", name=re.compile("^This one answers it: lamps")).first.click()
    expect(sheet.get_by_role("button", name="Remove “What bent the light?”")).to_be_visible()
    app.close_sheet()


def personas(made: World) -> None:
    """Instructions with a name, and a chat that has them."""
    app = made.app
    app.settings("Chat").get_by_role("button", name="New persona").click()
    form = app.page.get_by_role("dialog", name="New persona")
    form.get_by_role("textbox", name="Name").fill("Coach")
    form.get_by_role("textbox", name="Instructions").fill("Cheer.")
    form.get_by_role("button", name="Save").click()
    app.pick("Menu of Coach", "Start a chat")
    app.ask("I passed!")


def sourced(made: World) -> None:
    """A chat about a document; and no texts for a server that would look for what they mean."""
    app, page = made.app, made.app.page
    app.pick("Menu of lamps-pandoc.epub", "Ask about this document")
    app.ask("What bent the light?")
    app.go("Library")
    page.get_by_role("button", name="Change how documents are found by meaning").click()
    sheet = page.get_by_role("dialog", name="Search by meaning")
    sheet.get_by_label("Service").select_option(label="llm.school.example")
    sheet.get_by_label("Name of the embedding model").fill("school-embed")
    sheet.get_by_role("button", name="Use", exact=True).click()
    app.close_sheet()
    expect(page.get_by_text("The price of school-embed is unknown")).to_be_visible()  # there is a budget
    app.settings("Usage & budget").get_by_role("button", name="Allow school-embed without a price").click()
    app.go("Library")
    page.get_by_role("button", name="Try again").click()
    asked = page.get_by_role("group", name=re.compile("^Send texts of “Linear algebra”"))
    asked.get_by_role("button", name="Keep on this device").click()
    expect(asked).to_have_count(0)


def attached(made: World) -> None:
    """A file in a message, and one in a message that was not sent."""
    app = made.app
    app.new_chat()
    attach(app, "marks.csv", "subject,mark\nalgebra,1.7\n")
    app.ask("Which subject is it?")
    attach(app, "later.txt", "Not sent yet.\n")


def cards(made: World) -> None:
    """A deck of Anki's with its pictures, a card of one's own, a limit, an answer."""
    app, page = made.app, made.app.page
    app.open("#/cards/all")
    page.locator("#anki-file").set_input_files(ROOT / "tests" / "fixtures" / "anki" / "lisbon-legacy.apkg")
    expect(page.locator("#anki-facts")).to_contain_text("7 cards", timeout=LIMIT_MS)
    page.get_by_role("button", name="Import", exact=True).last.click()
    expect(page.get_by_role("list", name="Cards").get_by_role("listitem")).to_have_count(5, timeout=LIMIT_MS)
    page.get_by_role("button", name="New card").click()
    page.get_by_label("Front", exact=True).fill("Which ratio decides?")
    page.get_by_label("Back", exact=True).fill("The ratio $|\\lambda_2/\\lambda_1|$.")
    page.get_by_role("button", name="Save card").click()
    expect(page.get_by_role("list", name="Cards").get_by_role("listitem")).to_have_count(6)
    page.get_by_role("tab", name="Review").click()
    page.get_by_text("Daily limits").click()
    page.get_by_label("New cards a day").fill("15")
    page.get_by_label("New cards a day").press("Enter")
    page.get_by_role("button", name="Show answer").click()
    page.get_by_role("button", name="Easy").click()
    expect(page.get_by_role("button", name="Show answer")).to_be_visible()


def quiz(made: World) -> None:
    """Questions from the documents without a model, one of them answered."""
    app, page = made.app, made.app.page
    app.open("#/cards/quiz")
    page.get_by_role("checkbox", name="write the questions").uncheck()
    page.get_by_role("spinbutton", name="Questions").fill("2")
    page.get_by_role("button", name="Start quiz").click()
    page.get_by_role("button", name="Start practising").click()
    question = page.get_by_role("article", name="Question")
    question.get_by_role("textbox", name="Your answer").fill("nothing")
    question.get_by_role("button", name="Check answer").click()
    expect(question.get_by_text("Not quite")).to_be_visible(timeout=LIMIT_MS)
    question.get_by_role("button", name="Show solution").click()
    expect(question.get_by_text("Not right")).to_be_visible()


def notes(made: World) -> None:
    """An outline of a document, made without a model."""
    app, page = made.app, made.app.page
    app.go("Library")
    app.pick("Menu of lamps-pandoc.epub", "Make notes…")
    sheet = page.get_by_role("dialog", name="Make notes")
    sheet.get_by_role("checkbox", name="write them").uncheck()
    sheet.get_by_role("radio", name="Outline").check()
    sheet.get_by_role("button", name="Make notes").click()
    expect(page.get_by_role("link", name="Outline: lamps-pandoc.epub")).to_be_visible(timeout=LIMIT_MS)


def tutored(made: World) -> None:
    """A question that the Tutor holds: an attempt, a hint, and the answer."""
    app, page = made.app, made.app.page
    app.new_chat()
    app.pick("Chat options", "Chat settings")
    page.get_by_role("dialog", name="Chat settings").get_by_role("radio", name="Tutor", exact=True).check()
    app.close_sheet()
    app.ask("What is 6 times 7?")
    app.ask("41")
    steps = page.get_by_role("group", name="Tutor")
    steps.get_by_role("button", name="Give a hint").click()
    expect(page.get_by_text("Hint 1 of 3")).to_be_visible(timeout=LIMIT_MS)
    steps.get_by_role("button", name="Show the answer").click()
    expect(page.get_by_text("By yourself: 0 of 1")).to_be_visible(timeout=LIMIT_MS)


def settings(made: World) -> None:
    """Whatever else can be set, away from its default. Offline Mode comes last: nothing is asked elsewhere after it."""
    app = made.app
    app.settings("General").get_by_label("Theme").select_option("dark")
    put(app, "Temperature", "0.5", "Chat")
    put(app, "Instructions", "Be brief.", "Chat")
    put(app, "Top-p", "0.9", "Advanced")
    put(app, "Seed", "7", "Advanced")
    stay = ("Smart routing", "Offline Mode")
    for name in (*(name for name in SWITCHES if name not in stay), "Offline Mode"):
        section, label = SWITCHES[name]
        app.settings(section).get_by_role("switch", name=label, exact=True).click()
    expect(app.page.locator("html[data-offline-mode]")).to_be_attached()
