// @ts-check
// The one place for the names under which this app keeps things in the browser: databases, locks and channels.
// Everything of one app begins with its name, and the demo is an app of its own: neither sees the other's.
// Python knows none of these names. The page tells it the app's (`hello`), and storage.js and tabs.js make the others.
// They are what a released version has written under, so a change here needs a migration.

const APP = 'drleelm', DEMO = 'drleelm-demo';

/** @typedef {'pages' | 'records' | 'models'} Topic  what is told over a channel */

/**
 * The app's name, and the name of the database with its records.
 * @param {string} search  the query of the page's address
 */
export const appName = search => new URLSearchParams(search).has('demo') ? DEMO : APP;

/**
 * The database of one model's chunks, and the lock of whoever downloads or changes it. They are the same name, so that
 * what a lock protects is told by its name.
 * @param {string} app
 * @param {string} id  of the model; without one, what all these names begin with
 */
export const modelName = (app, id) => `${app}-model-${id}`;

/** @param {string} app */
export const vaultName = app => `${app}-vault`;

/**
 * Whether a database belongs to the app. The demo's belong to the real one, too: whoever starts over wants nothing left.
 * @param {string} app
 * @param {string} database
 */
export const isOf = (app, database) => database === app || database.startsWith(`${app}-`);

/**
 * @param {string} app
 * @param {Topic} topic
 */
export const channelName = (app, topic) => `${app}-${topic}`;
