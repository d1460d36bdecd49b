/** Stops what global-setup started. */
export default () => globalThis.stopTestServers();
