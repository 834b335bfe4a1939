"""GGUF models and the graphics processor in a real Chromium, where WebGPU runs in software and has no f16."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import MakeApp
from tests.browser.driver import MODELS, App
from tests.ollama.gguf import in_f32

QUESTION, ANSWER = "What is the capital of France?", "The capital of France is Paris."
TINY = MODELS / "tiny-gemma3-f16.gguf"
#: shaders are compiled and run in software
LIMIT_MS = 600_000

#: In the workers of Python and of llama.cpp: the adapter says that it is a real one with f16. Shaders compute with f32
#: instead, which is right where weights and caches have 32 bits. A message on the channel "lose" takes the device away.
PRETENDED = r"""
if (globalThis.GPUAdapter) {
  const adapter = GPUAdapter.prototype, requestDevice = adapter.requestDevice;
  const features = Object.getOwnPropertyDescriptor(adapter, 'features').get;
  const withHalf = set => new Set([...set, 'shader-f16']);
  Object.defineProperty(adapter, 'features', { get() { return withHalf(features.call(this)); } });
  const info = Object.getOwnPropertyDescriptor(adapter, 'info').get;
  Object.defineProperty(adapter, 'info', { get() {
    const { subgroupMinSize, subgroupMaxSize } = info.call(this), nobody = { device: '', description: '' };
    return { ...nobody, vendor: 'acme', architecture: 'one', subgroupMinSize, subgroupMaxSize };
  } });
  adapter.requestDevice = async function (options = {}) {
    const requiredFeatures = [...options.requiredFeatures ?? []].filter(name => name !== 'shader-f16');
    const device = await requestDevice.call(this, { ...options, requiredFeatures });
    Object.defineProperty(device, 'features', { value: withHalf(device.features) });
    const createShaderModule = device.createShaderModule.bind(device);
    device.createShaderModule = ({ code, ...rest }) => createShaderModule({ ...rest, code: code
      .replace(/enable f16;/g, '').replace(/\bf16\b/g, 'f32').replace(/(\d(?:\.\d*)?)h\b/g, '$1f') });
    new BroadcastChannel('lose').onmessage = () => device.destroy();
    return device;
  };
}
"""
CACHES = "cache_type_k: 'f32', cache_type_v: 'f32', flash_attn: false, "


def switch_on(app: App, path: Path) -> None:
    """Import a model and ask for the graphics processor for it."""
    model = app.import_model(path)
    app.use_model(model)
    app.details(model).get_by_label("Graphics processor").select_option("On")
    app.close_sheet()


def test_asked_for_the_graphics_processor_it_uses_the_processor_and_says_so(gpu_app: App) -> None:
    app = gpu_app
    app.open()
    switch_on(app, TINY)
    model = app.page.get_by_role("article", name="tiny-gemma3-f16", exact=True)
    expect(model.locator("[id^=gpu-note]")).to_contain_text("draws in software")
    app.go("Chat")
    assert app.ask(QUESTION) == ANSWER
    app.go("Models")
    expect(model.locator(".status")).to_have_text(re.compile(r"in memory, .* · CPU, \d+ threads?$"))
    app.reload()
    expect(model.locator("[id^=gpu-note]")).to_contain_text("draws in software")
    expect(app.details(model).get_by_label("Graphics processor")).to_have_value("on")


def prefixed(route: Route) -> None:
    """A script with the pretended adapter before it."""
    reply = route.fetch()
    route.fulfill(response=reply, body=PRETENDED + reply.text())


def with_wide_caches(route: Route) -> None:
    """llama.cpp's options with caches of 32 bits."""
    reply = route.fetch()
    script, count = re.subn(r"(?=log_level:)", CACHES, reply.text())
    assert count == 1
    route.fulfill(response=reply, body=script)


@pytest.mark.slow
def test_it_is_checked_used_and_lost_and_the_processor_goes_on(make_app: MakeApp, tmp_path: Path) -> None:
    """llama.cpp's own WebGPU, with real shaders and a device that really goes away."""
    app = make_app(webgpu=True, service_workers="block")
    app.allow("service ?worker", "unreachable")  # the second: what llama.cpp's worker says when it ends
    app.context.route("**/program-worker.js", prefixed)
    app.context.route("**/interpreter.mjs", prefixed)
    app.context.route("**/scripts/engine.js", with_wide_caches)
    wide = tmp_path / "wide.gguf"
    wide.write_bytes(in_f32(TINY))
    app.open()
    switch_on(app, wide)
    model = app.page.get_by_role("article", name="wide", exact=True)
    why = app.details(model).locator("[id^=gpu-][id$=-why]")
    expect(why).to_contain_text("Not checked yet")
    app.close_sheet()
    app.go("Chat")
    assert app.ask(QUESTION, LIMIT_MS) == ANSWER
    app.go("Models")
    app.details(model)
    expect(why).to_contain_text("it gives the same words as the CPU")
    app.close_sheet()
    expect(model.locator(".status")).to_contain_text("GPU")
    app.go("Chat")
    answer = app.send("Count to ten.")
    expect(answer.locator(".prose")).to_contain_text(re.compile(r"\w"), timeout=LIMIT_MS)
    begun = app.words(answer)
    app.page.evaluate("new BroadcastChannel('lose').postMessage('')")
    app.wait_answered(answer, LIMIT_MS)
    assert app.words(answer).startswith(begun)
    expect(answer).to_contain_text("The GPU stopped. wide continues on the CPU.")
    app.go("Models")
    expect(model.locator("[id^=gpu-note]")).to_contain_text("stopped in the middle of a reply")
    expect(model.locator(".status")).to_contain_text(re.compile(r"CPU, \d+ threads?"))
    app.details(model).get_by_role("button", name="Check again").click()
    expect(why).to_contain_text("it gives the same words as the CPU", timeout=LIMIT_MS)
