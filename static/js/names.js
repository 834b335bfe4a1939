// @ts-check
// The one place for the names under which this app keeps things in the browser: databases, locks and channels.
// Every name begins with the app's name, and the demo is an app of its own, so neither sees the other's data.
// Python knows none of these names: the page sends it the app's (`hello`), and storage/ and tabs.js make the others.
// Released versions have stored data under them, so a change here needs a migration.

const APP = 'drleelm', DEMO = 'drleelm-demo';

/** @typedef {'pages' | 'records' | 'models' | 'library'} Topic  of the messages on a channel */

/**
 * The app's name, and the name of the database with its records.
 * @param {string} search  the query of the page's address
 */
export const appName = search => new URLSearchParams(search).has('demo') ? DEMO : APP;

/**
 * The database of one model's chunks, and the lock held while it is downloaded or changed. Both have the same
 * name, so a lock shows which database it protects.
 * @param {string} app
 * @param {string} id  of the model; without one, what all these names begin with
 */
export const modelName = (app, id) => `${app}-model-${id}`;

/**
 * The database of one document's file and of what was read in it.
 * @param {string} app
 * @param {string} id  of the document; without one, what all these names begin with
 */
export const documentName = (app, id) => `${app}-document-${id}`;

/** @param {string} app */
export const vaultName = app => `${app}-vault`;

/** The database of the index over what documents say, which can be made again of them.
 * @param {string} app */
export const indexName = app => `${app}-index`;

/** The database of the vectors of what documents say, which can be made again, too.
 * @param {string} app */
export const vectorsName = app => `${app}-vectors`;

/**
 * Whether a database belongs to the app. The demo's belong to the real one, too: starting over leaves nothing behind.
 * @param {string} app
 * @param {string} database
 */
export const isOf = (app, database) => database === app || database.startsWith(`${app}-`);

/**
 * @param {string} app
 * @param {Topic} topic
 */
export const channelName = (app, topic) => `${app}-${topic}`;

/**
 * The service worker's cache of the site's files. An origin may carry several sites.
 * @param {string} base  the address below which the site's files lie
 */
export const cacheName = base => `files of ${new URL(base).pathname}`;
