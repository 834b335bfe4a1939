// @ts-check
// Secrets, in a database of their own, which `snapshot` does not read, so that no export and no backup can reach it;
// `erase` deletes it like all others. The key that encrypts them can be used here and read out by nobody: `extractable`
// is false.
import { ended, settled, vault } from './databases.js';

/** @typedef {{ iv: Uint8Array<ArrayBuffer>, data: ArrayBuffer }} Sealed */

/** @param {string} store */
const inVault = async store => (await vault()).transaction(store).objectStore(store);

/**
 * @param {Uint8Array<ArrayBuffer>} iv
 * @param {string} name
 */
const cipher = (iv, name) => ({ name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) });

/**
 * @template T
 * @param {string} name  of the store
 * @param {(store: IDBObjectStore) => T | Promise<T>} change
 */
async function changeVault(name, change) {
  const transaction = (await vault()).transaction(name, 'readwrite', { durability: 'strict' });
  const done = ended(transaction);
  done.catch(() => {});      // awaited below
  const result = await change(transaction.objectStore(name));
  await done;
  return result;
}

/** @returns {Promise<CryptoKey>} */
async function vaultKey() {
  const kept = await settled((await inVault('key')).get('key'));
  if (kept) return kept;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  return changeVault('key', async store => {
    const first = await settled(store.get('key'));      // another page may have made one meanwhile
    if (!first) store.put(made, 'key');
    return first ?? made;
  });
}

/**
 * @param {string} name
 * @param {string} text
 */
export async function keepSecret(name, text) {
  const key = await vaultKey(), iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt(cipher(iv, name), key, new TextEncoder().encode(text));
  await changeVault('secrets', store => { store.put({ iv, data }, name); });
}

/**
 * `undefined` (Python's None) where there is none, or where its key is lost or another one.
 * @param {string} name
 */
export async function secret(name) {
  /** @type {[CryptoKey | undefined, Sealed | undefined]} */
  const [key, sealed] = await Promise.all([
    settled((await inVault('key')).get('key')),
    settled((await inVault('secrets')).get(name)),
  ]);
  if (!key || !sealed) return undefined;
  try {
    return new TextDecoder().decode(await crypto.subtle.decrypt(cipher(sealed.iv, name), key, sealed.data));
  } catch {
    return undefined;      // an OperationError, which never says why
  }
}

export async function secrets() {
  return JSON.stringify(await settled((await inVault('secrets')).getAllKeys()));
}

/** @param {string} name */
export const dropSecret = name => changeVault('secrets', store => { store.delete(name); });
