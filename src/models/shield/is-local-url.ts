import { isIPv4 } from 'node:net';

/** Tells whether a base URL leads to this very machine: `localhost` and the addresses of its loopback. */
export function isLocalUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  if (hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]')
    return true;
  return isIPv4(hostname) && hostname.startsWith('127.');
}
