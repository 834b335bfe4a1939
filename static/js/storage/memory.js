// @ts-check
// What the app and PyScript use of IndexedDB, kept in memory: for browsers that block storage (site data switched off, some
// private windows). Nothing outlives the page, and everything else works.

/** @typedef {Map<IDBValidKey, any>} Store */
/** @typedef {Map<string, Store>} Stores */
/** @typedef {{ result: any, onsuccess?: (event: object) => void, onupgradeneeded?: (event: object) => void }} Request */

/** @type {Map<string, Stores>} */
const bases = new Map();

/**
 * @param {any} result
 * @param {(request: Request) => void} [before]  called before the request succeeds
 * @returns {Request}
 */
function answered(result, before = () => {}) {
  /** @type {Request} */
  const request = { result };
  queueMicrotask(() => {
    before(request);
    request.onsuccess?.({ target: request });
  });
  return request;
}

/** @param {Store} map */
function storeOf(map) {
  const keys = () => [...map.keys()].sort((one, other) => one < other ? -1 : 1);
  return {
    get: (/** @type {IDBValidKey} */ key) => answered(map.get(key)),
    getKey: (/** @type {IDBValidKey} */ key) => answered(map.has(key) ? key : undefined),
    getAll: () => answered(keys().map(key => map.get(key))),
    getAllKeys: () => answered(keys()),
    count: () => answered(map.size),
    put: (/** @type {any} */ value, /** @type {IDBValidKey} */ key) => answered(void map.set(key, value)),
    delete: (/** @type {IDBValidKey} */ key) => answered(void map.delete(key)),
    clear: () => answered(void map.clear()),
  };
}

/** A transaction is over at once, and nothing in it can fail. */
class Transaction {
  error = null;

  /** @param {Stores} stores */
  constructor(stores) { this.stores = stores; }

  /** @param {string} name */
  objectStore(name) { return storeOf(/** @type {Store} */ (this.stores.get(name))); }

  /** @param {() => void} told */
  set oncomplete(told) { queueMicrotask(told); }

  /** @type {() => void} */
  onabort = () => {};
  abort() { this.onabort(); }
}

/** @param {Stores} stores */
const baseOf = stores => ({
  objectStoreNames: { contains: (/** @type {string} */ name) => stores.has(name), get length() { return stores.size; } },
  createObjectStore: (/** @type {string} */ name) => { stores.set(name, new Map()); },
  transaction: () => new Transaction(stores),
  close() {},
});

const memory = {
  /** @param {string} name */
  open(name) {
    const isNew = !bases.has(name), stores = bases.get(name) ?? new Map();
    bases.set(name, stores);
    const base = baseOf(stores);
    return answered(base, request => {
      if (isNew) request.onupgradeneeded?.({ target: { result: base, transaction: base.transaction() } });
    });
  },

  /** @param {string} name */
  deleteDatabase: name => answered(void bases.delete(name)),

  databases: async () => [...bases.keys()].map(name => ({ name })),
};

const BLOCKED = ['SecurityError', 'InvalidStateError', 'NotAllowedError', 'NotSupportedError', 'TypeError'];
/** @param {Error} error */
const meansBlocked = error => BLOCKED.includes(error.name) || /denied|permission/i.test(error.message);

/**
 * Puts memory in the place of a storage that is blocked, and returns whether it is. Asks the browser without making
 * anything. Older ones cannot be asked so, and are asked again by what they are used for.
 * @param {() => unknown} use
 */
export async function memoryWhereBlocked(use = () => indexedDB.databases?.() ?? indexedDB.open) {
  if (globalThis.isStorageBlocked) return true;
  try {
    await use();
    return false;
  } catch (error) {
    if (!meansBlocked(/** @type {Error} */ (error))) return false;      // whatever else is wrong is told by what uses the storage
  }
  Object.defineProperty(globalThis, 'indexedDB', { value: memory });
  return globalThis.isStorageBlocked = true;
}
