// What storage.js uses of IndexedDB, kept in memory: for browsers that block storage. Nothing outlives the page.

const bases = new Map();      // name -> Map(store -> Map(key -> value))

function answered(result, before = () => {}) {
  const request = { result };
  queueMicrotask(() => {
    before(request);
    request.onsuccess?.();
  });
  return request;
}

function storeOf(map) {
  const keys = () => [...map.keys()].sort((one, other) => one < other ? -1 : 1);
  return {
    get: key => answered(map.get(key)),
    getAll: () => answered(keys().map(key => map.get(key))),
    getAllKeys: () => answered(keys()),
    put: (value, key) => answered(void map.set(key, value)),
    delete: key => answered(void map.delete(key)),
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
  objectStoreNames: { contains: name => stores.has(name) },
  createObjectStore: name => { stores.set(name, new Map()); },
  transaction: () => transactionOf(stores),
  close() {},
});

export const memory = {
  open(name) {
    const isNew = !bases.has(name);
    if (isNew) bases.set(name, new Map());
    return answered(baseOf(bases.get(name)), request => { if (isNew) request.onupgradeneeded?.(); });
  },
  deleteDatabase: name => answered(void bases.delete(name)),
  databases: async () => [...bases.keys()].map(name => ({ name })),
};
