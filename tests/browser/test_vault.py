"""The browser's vault: encrypted under a key that cannot be read out, and apart from all that is exported."""

from __future__ import annotations

from tests.browser.python_worker import PythonWorker
from tests.contract.vault_contract import CHECKS, KEY
from tests.environment import ROOT

CONTRACT = ROOT / "tests" / "contract" / "vault_contract.py"
PREPARE = """
import json
import js
from pyscript.js_modules import storage
from app.browser.records import IndexedRecords
from app.browser.vault import IndexedVault
from tests.contract.vault_contract import KEY, check_vault
storage.use("drleelm")

async def lose_key():
    await js.eval('''new Promise(done => { const asked = indexedDB.open("drleelm-vault"); asked.onsuccess = () => {
        const changing = asked.result.transaction("key", "readwrite");
        changing.objectStore("key").clear();
        changing.oncomplete = () => { asked.result.close(); done(); }; }; })''')
"""
#: everything in the vault's database as the browser gives it back, with what it says of its key
CONTENT = """async () => {
  const asked = indexedDB.open('drleelm-vault');
  const db = await new Promise(done => { asked.onsuccess = () => done(asked.result); });
  const all = store => new Promise(done => {
    const found = db.transaction(store).objectStore(store).getAll();
    found.onsuccess = () => done(found.result);
  });
  const [[key], secrets] = [await all('key'), await all('secrets')];
  db.close();
  const tried = await crypto.subtle.exportKey('raw', key).then(() => 'exported', error => error.name);
  const bytes = secrets.flatMap(one => Array.from(new Uint8Array(one.data)));
  return { extractable: key.extractable, tried, bytes, ivs: secrets.map(one => one.iv.join()) };
}"""
NAMES = (
    "async () => (await indexedDB.databases()).map(one => one.name).filter(name => name.startsWith('drleelm')).sort()"
)


def value(worker: PythonWorker, source: str) -> object:
    answer = worker.run(f"{PREPARE}\n{source}")
    assert "value" in answer, answer
    return answer["value"]


def test_it_keeps_the_contract(worker: PythonWorker) -> None:
    assert value(worker, "len(await check_vault(IndexedVault, lose_key))") == len(CHECKS) + 1


def test_its_key_cannot_be_read_out_and_its_records_hold_no_word(worker: PythonWorker) -> None:
    value(worker, "vault = IndexedVault()\nawait vault.keep('openai', KEY)\nawait vault.keep('groq', KEY)")
    found = worker.page.evaluate(CONTENT)
    assert found["extractable"] is False
    assert found["tried"] == "InvalidAccessError"
    assert KEY.encode() not in bytes(found["bytes"])
    assert len(set(found["ivs"])) == 2, "the same text is never encrypted twice in the same way"


def test_a_record_that_was_moved_to_another_name_does_not_open(worker: PythonWorker) -> None:
    value(worker, "await IndexedVault().keep('openai', KEY)")
    worker.page.evaluate(
        """async () => {
          const asked = indexedDB.open('drleelm-vault');
          const db = await new Promise(done => { asked.onsuccess = () => done(asked.result); });
          const store = db.transaction('secrets', 'readwrite').objectStore('secrets');
          store.get('openai').onsuccess = event => store.put(event.target.result, 'groq');
          await new Promise(done => { store.transaction.oncomplete = done; });
          db.close();
        }"""
    )
    assert value(worker, "vault = IndexedVault()\n[await vault.read('groq'), await vault.read('openai')]") == [
        None,
        "sk-vault-0123456789abcdef",
    ]


def test_no_snapshot_reaches_it_and_erasing_everything_deletes_it(worker: PythonWorker) -> None:
    make = "records = IndexedRecords('drleelm', 1, ['settings', 'models'])"
    value(worker, f"{make}\nawait IndexedVault().keep('openai', KEY)\nawait records.write([('settings', 'a', {{}})])")
    assert worker.page.evaluate(NAMES) == ["drleelm", "drleelm-vault"]
    assert KEY not in str(value(worker, f"{make}\njson.dumps(await records.snapshot())"))
    value(worker, f"{make}\nawait records.erase()")
    assert worker.page.evaluate(NAMES) == []
    assert value(worker, "await IndexedVault().names()") == []
