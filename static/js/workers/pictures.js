// @ts-check

/** A picture's bytes from base64. @param {string} base64 */
export const bytesOf = base64 => Uint8Array.from(atob(base64), character => character.charCodeAt(0)).buffer;
