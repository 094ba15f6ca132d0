import { generateKeyPairSync } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Clock } from '../../kernel/index.ts';
import type { PluginPackage } from '../contract/index.ts';
import { pluginFrom } from '../fixtures/plugin-from.ts';
import { preAuthenticationEncoding, type Envelope } from './envelope.ts';
import { createSignatureCheck, signPackage, type TrustedKey } from './index.ts';

const NOW = '2026-06-01T00:00:00.000Z';
const clock: Clock = { now: () => NOW, monotonicMs: () => 0 };
const pairOf = () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    publicKey: String(publicKey.export({ type: 'spki', format: 'pem' })),
    privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
  };
};
const ours = pairOf();
const theirs = pairOf();
const key = { keyId: 'ours', privateKey: ours.privateKey };
const trusted: TrustedKey = { keyId: 'ours', publicKey: ours.publicKey, publishers: ['test'] };
const plain = pluginFrom('export default {};');
const plugin: PluginPackage = {
  ...plain,
  manifest: { ...plain.manifest, signature: 'signature.json' },
};

const signedWith = (envelope: unknown, into: PluginPackage = plugin): PluginPackage => ({
  ...into,
  files: new Map([
    ...into.files,
    ['signature.json', new TextEncoder().encode(JSON.stringify(envelope))],
  ]),
});
const envelope = signPackage(plugin, key, clock);
const check = async (candidate: PluginPackage, ...keys: readonly Partial<TrustedKey>[]) =>
  await createSignatureCheck({
    trustedKeys: keys.map((more) => ({ ...trusted, ...more })),
    clock,
  })(candidate);

test('encodes what is signed as the DSSE specification does in its example', () => {
  const encoded = preAuthenticationEncoding(
    'http://example.com/HelloWorld',
    new TextEncoder().encode('hello world'),
  );
  expect(encoded.toString('utf8')).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
});

test('trusts what a trusted key signed for its publisher', async () => {
  expect(await check(signedWith(envelope), {})).toEqual({ status: 'trusted', keyId: 'ours' });
});

test('tells a plugin without a signature', async () => {
  expect(await check(plain, {})).toEqual({ status: 'none' });
});

test('does not know a key that is not in the settings, and not one of another publisher', async () => {
  expect(await check(signedWith(envelope))).toEqual({ status: 'unknown-key', keyId: 'ours' });
  expect(await check(signedWith(envelope), { publishers: ['other'] })).toMatchObject({
    status: 'unknown-key',
  });
});

test('finds the key that signed also where the envelope names no key', async () => {
  const [{ sig } = { sig: '' }] = envelope.signatures;
  const unnamed = { ...envelope, signatures: [{ sig }] };
  expect(await check(signedWith(unnamed), {})).toMatchObject({ status: 'trusted' });
});

test('refuses a signature by another key under the name of a trusted one', async () => {
  const forged = signPackage(plugin, { ...key, privateKey: theirs.privateKey }, clock);
  expect(await check(signedWith(forged), {})).toMatchObject({ status: 'invalid' });
});

describe('a key has its time', () => {
  test.each([
    [{ revokedAt: '2026-05-31T00:00:00.000Z' }, 'revoked'],
    [{ revokedAt: '2026-07-01T00:00:00.000Z' }, 'trusted'],
    [{ revokedAt: 'yesterday' }, 'revoked'],
    [{ validUntil: '2026-05-31T00:00:00.000Z' }, 'revoked'],
    [{ validFrom: '2026-06-02T00:00:00.000Z' }, 'revoked'],
    [{ validFrom: NOW, validUntil: NOW }, 'trusted'],
  ])('%j gives %s', async (more, status) => {
    expect(await check(signedWith(envelope), more)).toMatchObject({ status });
  });
});

describe('refuses an envelope', () => {
  const other = pluginFrom('export default { a: 1 };');
  test.each([
    ['of other files', signPackage({ ...plugin, digest: other.digest }, key, clock)],
    [
      'of another version',
      signPackage({ ...plugin, manifest: { ...plugin.manifest, version: '2.0.0' } }, key, clock),
    ],
    ['of another type', { ...envelope, payloadType: 'text/plain' }],
    ['without signatures', { ...envelope, signatures: [] }],
    ['that is none', ['x']],
    ['whose payload is no base64', { ...envelope, payload: '*' }],
  ])('%s', async (_, broken) => {
    expect(await check(signedWith(broken), {})).toMatchObject({ status: 'invalid' });
  });

  test('that is not in the package', async () => {
    expect(await check(plugin, {})).toEqual({ status: 'invalid' });
  });
});

test('is not trusted after any single character of payload or signature was changed', async () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const [{ sig } = { sig: '' }] = envelope.signatures;
  const places = fc.record({
    part: fc.constantFrom('payload', 'sig'),
    at: fc.nat(),
    by: fc.integer({ min: 1, max: 63 }),
  });
  await fc.assert(
    fc.asyncProperty(places, async ({ part, at, by }) => {
      const change = (text: string): string => {
        const index = at % text.replace(/=+$/, '').length;
        const letter = alphabet[(alphabet.indexOf(text[index] ?? '') + by) % 64] ?? '';
        return text.slice(0, index) + letter + text.slice(index + 1);
      };
      const changed: Envelope =
        part === 'payload'
          ? { ...envelope, payload: change(envelope.payload) }
          : { ...envelope, signatures: [{ keyid: 'ours', sig: change(sig) }] };
      expect((await check(signedWith(changed), {})).status).toBe('invalid');
    }),
  );
});

test('refuses keys that are not Ed25519, before anything is signed or checked', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const unusable = expect.objectContaining({ code: 'PLUGINS_UNUSABLE_KEY' });
  expect(() => signPackage(plugin, { keyId: 'p', privateKey: pem })).toThrow(unusable);
  expect(() => signPackage(plugin, { keyId: 'p', privateKey: 'none' })).toThrow(unusable);
  const spki = String(publicKey.export({ type: 'spki', format: 'pem' }));
  expect(() => createSignatureCheck({ trustedKeys: [{ ...trusted, publicKey: spki }] })).toThrow(
    unusable,
  );
});
