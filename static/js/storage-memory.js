// What the app and PyScript use of IndexedDB, kept in memory: for browsers that block storage (site data switched off, some
// private windows). Nothing outlives the page, and everything else works.

const bases = new Map();      // name -> Map(store -> Map(key -> value))

function answered(result, before = () => {}) {
  const request = { result };
  queueMicrotask(() => {
    before(request);
    request.onsuccess?.({ target: request });
  });
  return request;
}

function storeOf(map) {
  const keys = () => [...map.keys()].sort((one, other) => one < other ? -1 : 1);
  return {
    get: key => answered(map.get(key)),
    getKey: key => answered(map.has(key) ? key : undefined),
    getAll: () => answered(keys().map(key => map.get(key))),
    getAllKeys: () => answered(keys()),
    count: () => answered(map.size),
    put: (value, key) => answered(void map.set(key, value)),
    delete: key => answered(void map.delete(key)),
    clear: () => answered(void map.clear()),
  };
}

// A transaction is over at once, and nothing in it can fail.
const transactionOf = stores => ({
  objectStore: name => storeOf(stores.get(name)),
  set oncomplete(told) { queueMicrotask(told); },
  set onabort(told) { this.abort = told; },
  error: null,
});

const baseOf = stores => ({
  objectStoreNames: { contains: name => stores.has(name), get length() { return stores.size; } },
  createObjectStore: name => { stores.set(name, new Map()); },
  transaction: () => transactionOf(stores),
  close() {},
});

const memory = {
  open(name) {
    const isNew = !bases.has(name);
    if (isNew) bases.set(name, new Map());
    const base = baseOf(bases.get(name));
    const upgrade = request => request.onupgradeneeded?.({ target: { result: base, transaction: base.transaction() } });
    return answered(base, isNew ? upgrade : undefined);
  },
  deleteDatabase: name => answered(void bases.delete(name)),
  databases: async () => [...bases.keys()].map(name => ({ name })),
};

const BLOCKED = ['SecurityError', 'InvalidStateError', 'NotAllowedError', 'NotSupportedError', 'TypeError'];
const meansBlocked = error => BLOCKED.includes(error.name) || /denied|permission/i.test(error.message);

// Asks the browser without making anything. Older ones cannot be asked so, and are asked again by what they are used for.
export async function memoryWhereBlocked(use = () => indexedDB.databases?.() ?? indexedDB.open) {
  if (globalThis.isStorageBlocked) return true;
  try {
    await use();
    return false;
  } catch (error) {
    if (!meansBlocked(error)) return false;      // whatever else is wrong is told by what uses the storage
  }
  Object.defineProperty(globalThis, 'indexedDB', { value: memory });
  return globalThis.isStorageBlocked = true;
}
