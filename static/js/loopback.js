// @ts-check
const LOOPBACK = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Whether an address's host is this computer itself. @param {string} hostname */
export const isLoopback = (hostname) => LOOPBACK.test(hostname);
