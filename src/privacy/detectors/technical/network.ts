import { isIPv6 } from 'node:net';

import { RANK, type Match } from '../../finding.ts';
import { candidatesOf, matchOf, type Source } from '../../text/index.ts';

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = new RegExp(
  `(?<![\\w.]|(?<!\\d\\.\\d{1,3})-)(?:${OCTET}\\.){3}${OCTET}(?!\\w|-(?!>|\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d)|\\.\\d|\\.[a-z])`,
  'gi',
);
const IPV6 =
  /(?<![\w.]|(?<![0-9a-z])[0-9a-f]{1,4}:|::)(?=[0-9a-f:]{0,5}:)(?:[0-9a-f:]{1,30}:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]{2,39})(?:%[\w.]{1,16})?(?![\w:]|\.\d)/gi;
const MAC =
  /(?<![\w-]|(?<![0-9a-z])[0-9a-f]{2}:|[0-9a-f]{4}\.)(?:[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4})(?!\w|[:-][0-9a-f]|\.\w)/gi;
const VERSION =
  /(?:\b(?:ch|sec)|version|ver|rev|release|semver|section|chapter|clause|build|package|firmware|kernel|driver|revision)s?\.?["'(\s:=-]{0,5}$/i;
const PRODUCT = /(?<!\w)(?!IP|Host|Addr|Server|Client)[A-Z][A-Za-z]{1,16}\/$/;
const USER = /(?<!\w)(?:root|admin|administrator|ubuntu|debian|ec2-user|user|deploy|pi|git)@$/;
const BARE_MAC = /(?<![\w:.-])[0-9a-f]{12}(?![\w:.-])/gi;

/**
 * Addresses of hosts: IPv4, and IPv6 in all its forms.
 *
 * @yields Each of them.
 */
export function* findIpAddresses(source: Source): Iterable<Match> {
  for (const candidate of candidatesOf(source, IPV4)) {
    if (isVersion(source, candidate.text, candidate.start)) continue;
    yield matchOf('IP_ADDRESS', candidate, { rank: RANK.place - 1, confidence: 0.85 });
  }
  if (!source.text.includes(':')) return;
  for (const { text, start } of candidatesOf(source, IPV6)) {
    const address = text.replace(/(?<!:):$/, '');
    const groups = address.split(':').filter((group) => group !== '').length;
    // Names of programs may be spelled with these letters and colons, too.
    if (!isIPv6(address) || (!/\d/.test(address) && groups < 4)) continue;
    const span = { start, end: start + address.length };
    yield matchOf('IP_ADDRESS', span, { rank: RANK.place - 1, confidence: 0.9 });
  }
}

/**
 * Addresses of network cards: with colons, dashes, or dots; bare where they are announced.
 *
 * @yields Each of them.
 */
export function* findMacAddresses(source: Source): Iterable<Match> {
  for (const candidate of candidatesOf(source, MAC)) {
    yield matchOf('MAC_ADDRESS', candidate, { rank: RANK.fixed, confidence: 0.9 });
  }
  for (const candidate of candidatesOf(source, BARE_MAC)) {
    if (!source.labels.announce(candidate.start, candidate.end, 'mac')) continue;
    yield matchOf('MAC_ADDRESS', candidate, { rank: RANK.labelled, confidence: 0.7 });
  }
}

function isVersion({ text }: Source, address: string, start: number): boolean {
  if (/^(?:0\.(?!0\.0\.0$)|[1-9]\.0\.0\.0$)/.test(address)) return true;
  const before = text.slice(Math.max(0, start - 18), start);
  if (VERSION.test(before)) return true;
  // Chrome/127.0.37.31 (RFC 9110).
  if (PRODUCT.test(before)) return true;
  // Packages are numbered behind these; a large number is rather of a host, as is what a user is at.
  if (/[@^~]$|[a-z]\/$/i.test(before)) return !/\d{3}/.test(address) && !USER.test(before);
  return (
    /(?:==|>=|<=|\bv\.?[\s=]?)$/i.test(before) &&
    !/(?:ip|host|addr|server|client)\w{0,10}==$/i.test(before)
  );
}
