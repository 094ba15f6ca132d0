import { Buffer } from 'node:buffer';

import { describe, expect, test } from 'vitest';

import type { Clock } from '../../../kernel/index.ts';
import type { PluginPackage } from '../../contract/index.ts';
import { pluginFrom } from '../../fixtures/plugin-from.ts';
import { packageDigest, packageSubject } from '../../package/index.ts';
import type { SignatureCheck } from '../../registry/registry-parts.ts';
import { createSignatureCheck, type SigstoreTrust } from '../index.ts';
import { openTestSigstore, type Signing } from './fixtures/test-sigstore.ts';

const clock: Clock = { now: () => '2026-06-01T00:00:00.000Z', monotonicMs: () => 0 };
const WORKFLOW = 'https://code.example/acme/plugins/.ci/release.yml@refs/heads/main';
const ISSUER = 'https://tokens.code.example';
const ours = openTestSigstore();
const theirs = openTestSigstore();
const release = { name: 'release', publishers: ['test'], identity: WORKFLOW, issuer: ISSUER };

function packageOf(source: string): PluginPackage {
  const plain = pluginFrom(source);
  const manifest = { ...plain.manifest, signature: 'signature.json' };
  return { ...plain, manifest, digest: packageDigest({ ...plain, manifest }) };
}
const plugin = packageOf('export default {};');
const subject = Buffer.from(packageSubject(plugin), 'utf8');
const about = (digest: string, more: object = {}): object => ({
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'plugin', digest: { sha256: digest } }],
  predicateType: 'https://slsa.dev/provenance/v1',
  predicate: {},
  ...more,
});
const signing: Signing = { subject, identity: WORKFLOW, issuer: ISSUER };
const statement = about(plugin.digest);

async function check(
  bundle: unknown,
  trust: Partial<SigstoreTrust> = {},
  signed: PluginPackage = plugin,
): Promise<SignatureCheck> {
  const bytes = Buffer.from(typeof bundle === 'string' ? bundle : JSON.stringify(bundle), 'utf8');
  const files = new Map([...signed.files, ['signature.json', bytes] as const]);
  const sigstore = { trustedRoot: async () => ours.trustedRoot, identities: [release], ...trust };
  return await createSignatureCheck({ trustedKeys: [], sigstore, clock })({ ...signed, files });
}

describe('a bundle of sigstore', () => {
  test('is trusted when the configured identity signed the text that the digest is of', async () => {
    expect(await check(ours.sign(signing))).toEqual({ status: 'trusted', keyId: 'release' });
  });

  test('is trusted when the configured identity signed a statement about the digest', async () => {
    const bundle = ours.sign({ ...signing, statement });
    expect(await check(bundle)).toEqual({ status: 'trusted', keyId: 'release' });
  });

  test('is trusted for a person, who is known by an address', async () => {
    const identity = 'releases@acme.example';
    const person = { ...release, identity };
    const bundle = ours.sign({ ...signing, identity });
    expect(await check(bundle, { identities: [person] })).toMatchObject({ status: 'trusted' });
  });

  test('beside the folder counts in place of the file that the manifest names', async () => {
    const sigstore = { trustedRoot: async () => ours.trustedRoot, identities: [release] };
    const verify = createSignatureCheck({ trustedKeys: [], sigstore, clock });
    expect(await verify(plugin)).toEqual({ status: 'invalid' });
    const bundle = Buffer.from(JSON.stringify(ours.sign(signing)), 'utf8');
    expect(await verify(plugin, bundle)).toMatchObject({ status: 'trusted' });
  });
});

describe('who signed', () => {
  test.each([
    ['another workflow', { identity: `${WORKFLOW}x` }],
    [
      'a name that a pattern would take',
      { identity: WORKFLOW.replace('code.example', 'codeXexample') },
    ],
    ['another issuer', { issuer: 'https://tokens.elsewhere.example' }],
    ['two names in one', { identity: `${WORKFLOW}, URI:https://x.example` }],
  ])('is unknown when the certificate is of %s', async (_, wrong) => {
    for (const form of [{}, { statement }]) {
      expect(await check(ours.sign({ ...signing, ...form, ...wrong }))).toMatchObject({
        status: 'unknown-key',
        why: expect.stringContaining('none of the configured identities'),
      });
    }
  });

  test('is unknown for the plugins of a publisher it may not sign for', async () => {
    const other = { ...release, publishers: ['other'] };
    expect(await check(ours.sign(signing), { identities: [other] })).toMatchObject({
      status: 'unknown-key',
    });
  });

  test.each([
    ['2026-05-31T00:00:00Z', 'revoked'],
    ['2026-06-02T00:00:00Z', 'trusted'],
    ['never', 'revoked'],
  ])('counts no longer from its revocation on (%s)', async (revokedAt, status) => {
    const identities = [{ ...release, revokedAt }];
    expect(await check(ours.sign(signing), { identities })).toMatchObject({ status });
  });
});

describe('what is refused', () => {
  const other = packageOf('export default { changed: true };');
  const otherDigest = about(other.digest);
  const forms: readonly (readonly [string, Partial<Signing>])[] = [
    ['bytes', {}],
    ['statement', { statement }],
  ];

  test.each(forms)('%s signed for other files', async (_, form) => {
    expect(await check(ours.sign({ ...signing, ...form }), {}, other)).toMatchObject({
      status: 'invalid',
    });
  });

  test.each(forms)('%s logged when the certificate had expired', async (_, form) => {
    expect(await check(ours.sign({ ...signing, ...form, loggedAfter: 11 }))).toMatchObject({
      status: 'invalid',
      why: expect.stringContaining('not valid at the time'),
    });
  });

  test.each(forms)('%s without an entry of the log', async (_, form) => {
    expect(await check(ours.sign({ ...signing, ...form, withoutEntry: true }))).toMatchObject({
      status: 'invalid',
      why: expect.stringContaining('a log entry'),
    });
  });

  test.each(forms)('%s whose certificate is in no log of certificates', async (_, form) => {
    const bundle = ours.sign({ ...signing, ...form, withoutCertificateLog: true });
    expect(await check(bundle)).toMatchObject({ status: 'invalid' });
  });

  test.each(forms)('%s of a sigstore that is not trusted', async (_, form) => {
    expect(await check(theirs.sign({ ...signing, ...form }))).toMatchObject({ status: 'invalid' });
  });

  test.each([
    ['another digest', { statement: otherDigest }],
    [
      'a predicate that says nothing of who publishes',
      { statement: about(plugin.digest, { predicateType: 'https://tests.example/failed' }) },
    ],
    ['no statement', { statement: { hello: 'world' } }],
    ['another type', { statement, payloadType: 'text/plain' }],
  ])('a statement with %s', async (_, wrong) => {
    const bundle = ours.sign({ ...signing, ...wrong });
    expect(await check(bundle)).toEqual({ status: 'invalid', why: 'it is about something else' });
  });

  test('an entry of the log that is another bundle’s', async () => {
    const [one, two] = [ours.sign(signing), ours.sign({ ...signing, statement })];
    const mixed = { ...one, dsseEnvelope: two['dsseEnvelope'], messageSignature: undefined };
    expect(await check(mixed)).toMatchObject({ status: 'invalid' });
  });

  test('every change of one character of the certificate, the signature and the entry', async () => {
    const whole = JSON.stringify(ours.sign(signing));
    const places = [
      ...whole.matchAll(/"(?:rawBytes|signature|signedEntryTimestamp|canonicalizedBody)":"/g),
    ];
    expect(places).toHaveLength(4);
    for (const { index, 0: found } of places) {
      const at = index + found.length + 40;
      const changed = `${whole.slice(0, at)}${whole[at] === 'A' ? 'B' : 'A'}${whole.slice(at + 1)}`;
      expect(await check(changed)).toMatchObject({ status: 'invalid' });
    }
  });

  test.each([
    ['an older format', { mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.1' }],
    ['no material', { verificationMaterial: {} }],
    ['a bare key', { verificationMaterial: { publicKey: { hint: 'x' }, tlogEntries: [] } }],
    ['no content', { messageSignature: undefined }],
  ])('a malformed bundle with %s', async (_, wrong) => {
    expect(await check({ ...ours.sign(signing), ...wrong })).toMatchObject({ status: 'invalid' });
  });

  test('a pattern where the name of a log’s signer belongs, before the verifier compiles it', async () => {
    const whole = JSON.stringify(ours.sign(signing));
    const envelope = String.raw`\u2014 log.tests.example `;
    const given = whole.includes(envelope) ? envelope : '\u2014 log.tests.example ';
    const bundle = whole.replace(given, '\u2014 ((((.+)+)+)+)+! ');
    expect(bundle).not.toBe(whole);
    expect(await check(bundle)).toMatchObject({
      status: 'invalid',
      why: expect.stringContaining('no sigstore bundle'),
    });
  });

  test('a file that is too large, or no JSON', async () => {
    const large = { ...ours.sign(signing), more: 'x'.repeat(300_000) };
    expect(await check(large)).toEqual({ status: 'invalid' });
    expect(await check('{ "mediaType": ')).toEqual({ status: 'invalid' });
  });
});

describe('the trusted root', () => {
  test('is missing: no bundle is trusted', async () => {
    const verify = createSignatureCheck({ trustedKeys: [], clock });
    const bundle = Buffer.from(JSON.stringify(ours.sign(signing)), 'utf8');
    expect(await verify(plugin, bundle)).toMatchObject({
      status: 'unknown-key',
      why: expect.stringContaining('no trusted root'),
    });
  });

  test.each([
    ['no JSON', 'x'],
    ['not one', '{}'],
    [
      'without a log of certificates',
      JSON.stringify({ ...JSON.parse(ours.trustedRoot), ctlogs: [] }),
    ],
  ])('is refused when it is %s', async (_, text) => {
    await expect(
      check(ours.sign(signing), { trustedRoot: async () => text }),
    ).rejects.toMatchObject({ code: 'PLUGINS_UNUSABLE_TRUSTED_ROOT' });
  });

  test('is read again once it could not be read', async () => {
    const texts = ['x', ours.trustedRoot];
    const trustedRoot = async (): Promise<string> => texts.shift() ?? '';
    const sigstore = { trustedRoot, identities: [release] };
    const verify = createSignatureCheck({ trustedKeys: [], sigstore, clock });
    const bundle = Buffer.from(JSON.stringify(ours.sign(signing)), 'utf8');
    await expect(verify(plugin, bundle)).rejects.toThrow('trusted root');
    expect(await verify(plugin, bundle)).toMatchObject({ status: 'trusted' });
    expect(await verify(plugin, bundle)).toMatchObject({ status: 'trusted' });
  });
});
