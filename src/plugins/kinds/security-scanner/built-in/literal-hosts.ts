import { isIP } from 'node:net';

import type { ScannerFinding } from '../answer.ts';
import { defineScanner } from '../define-scanner.ts';

const CODE = /\.(?:[cm]?[jt]sx?|json|ya?ml|toml|env|ini|conf|sh)$/i;
// An address of four numbers that is not a part of a longer one, such as a version.
const IPV4 = /(?<![\w.])(\d{1,3}(?:\.\d{1,3}){3})(?![\w.-])/g;
const IPV6 = /\[([0-9a-f:.]{2,45})\]/gi;
const URL_WITH_HOST =
  /\b(https?|wss?|ftp|mongodb|redis|amqp|postgres(?:ql)?):\/\/([^\s"'`<>\\)]+)/gi;
/** Names for examples (RFC 2606, RFC 6761), and where schemas and licences live. */
const HARMLESS =
  /(?:^|\.)(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)$|^(?:json-schema\.org|www\.w3\.org|schema\.org|spdx\.org)$/;

/** Finds hosts and addresses that are written into files in place of a setting. */
export const literalHosts = defineScanner({
  id: 'phasegate.literal-hosts',
  version: '1.0.0',
  title: 'Literal hosts',
  description: 'Finds hosts and IP addresses in code, and addresses with a password in them.',
  publisher: 'phasegate',
  engines: { phasegate: '*' },
  examples: [
    { file: 'index.js', text: 'const api = "http://203.0.113.7:8080/v1";\n' },
    { file: 'index.js', text: 'const version = "1.2.3.4-rc";\nconst api = settings.api;\n' },
  ],
  scan: (file, text) => {
    if (!CODE.test(file)) return [];
    return text.split(/\r\n|\n|\r/).flatMap((line, index) => findingsOf(line, index + 1));
  },
});

function findingsOf(line: string, at: number): readonly ScannerFinding[] {
  const found: ScannerFinding[] = [];
  for (const [whole, , rest = ''] of line.matchAll(URL_WITH_HOST)) {
    const finding = urlFinding(whole, rest, at);
    if (finding !== undefined) found.push(finding);
  }
  const outside = line.replaceAll(URL_WITH_HOST, ' ');
  for (const [, address = ''] of [...outside.matchAll(IPV4), ...outside.matchAll(IPV6)])
    if (isIP(address) !== 0 && !isLoopback(address))
      found.push({ ...ADDRESS, severity: 'low', confidence: 0.6, line: at });
  return found;
}

const ADDRESS = {
  rule: 'literal-hosts.address',
  message: 'An IP address is written into the file.',
} as const;

function urlFinding(whole: string, rest: string, line: number): ScannerFinding | undefined {
  // A template decides its host at run time.
  if (rest.startsWith('$') || rest.startsWith('{') || !URL.canParse(whole)) return undefined;
  const { hostname, username, password, protocol } = new URL(whole);
  if (password !== '' && username !== '')
    return {
      rule: 'literal-hosts.password',
      severity: 'critical',
      confidence: 0.9,
      message: 'An address with a user and a password is written into the file.',
      line,
    };
  return hostFinding(hostname, /^(?:http|ws|ftp):$/.test(protocol), line);
}

function hostFinding(hostname: string, plain: boolean, line: number): ScannerFinding | undefined {
  const literal = hostname.replaceAll(/^\[|\]$/g, '');
  if (isIP(literal) !== 0)
    return isLoopback(literal)
      ? undefined
      : { ...ADDRESS, severity: 'medium', confidence: 0.9, line };
  if (hostname === '' || HARMLESS.test(hostname)) return undefined;
  return plain ? { ...UNENCRYPTED, line } : { ...HOST, line };
}

const UNENCRYPTED = {
  rule: 'literal-hosts.unencrypted',
  severity: 'medium',
  confidence: 0.8,
  message: 'A host is written into the file, and reached without encryption.',
} as const;

const HOST = {
  rule: 'literal-hosts.host',
  severity: 'low',
  confidence: 0.5,
  message: 'A host is written into the file; a setting could be changed.',
} as const;

function isLoopback(address: string): boolean {
  return (
    address === '0.0.0.0' || address === '::1' || address === '::' || address.startsWith('127.')
  );
}
