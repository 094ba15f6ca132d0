import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { systemClock, type Clock } from '../../kernel/index.ts';
import { ScanReport, type Permissions } from '../contract/index.ts';
import { pluginFrom } from '../fixtures/plugin-from.ts';
import {
  createScanner,
  describeReport,
  isRunaway,
  readAdvisories,
  RISK_LIMITS,
  toSarif,
  type ScanRule,
} from './index.ts';

const NONE = { status: 'none' } as const;
const clock: Clock = { ...systemClock, now: () => '2026-06-01T00:00:00.000Z' };
const body = (text: string): string =>
  `export default { async execute(operation, input, host) { ${text} return null; } };`;
const rulesOf = ({ findings }: ScanReport): readonly string[] => findings.map(({ rule }) => rule);

/** What code may do, each without being asked for. */
const DEEDS = [
  "await host.fetch({ url: 'https://evil.example/' });",
  "await host.readFile('a');",
  "await host.env('HOME');",
  "await host.setState('a', 1);",
  "await host.complete({ model: 'm', prompt: 'p' });",
  "await host.emit('e', {});",
  'await host.now();',
  'await host.random(8);',
  'await host[input]();',
  'process.env.HOME;',
  "require('fs');",
  'eval(input);',
  'globalThis[input];',
] as const;
const PERMISSIONS: readonly Permissions[] = [
  {},
  { time: true, random: true },
  { net: { hosts: ['api.example.com'], methods: ['GET'] }, state: { quotaKb: 1 } },
  { 'fs.read': { roots: ['in'] }, env: { names: ['PATH'] }, events: { names: ['other'] } },
];

describe('laws', () => {
  const scan = createScanner({ clock, secondPass: 'never' });
  const deeds = fc.uniqueArray(fc.constantFrom(...DEEDS), { maxLength: 6 });
  const permissions = fc.constantFrom(...PERMISSIONS);

  test('a risk is the sum of its parts, each within its limit, and the decision follows from it', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, permissions, async (done, asked) => {
        const report = await scan(pluginFrom(body(done.join(' ')), { permissions: asked }), NONE);
        const { risk, parts, gates, decision } = ScanReport.parse(report);
        expect(risk).toBeCloseTo(
          Object.values(parts).reduce((sum, part) => sum + part, 0),
          6,
        );
        for (const [part, limit] of Object.entries(RISK_LIMITS))
          expect(parts[part as keyof typeof parts]).toBeLessThanOrEqual(limit);
        const byScore = risk < 25 ? 'accept' : risk < 60 ? 'approve' : 'reject';
        expect(decision).toBe(gates.length > 0 ? 'reject' : byScore);
      }),
      { numRuns: 40 },
    );
  });

  test('doing one thing more that was not asked for never lowers the risk and never opens a gate', async () => {
    const undeclared = fc.constantFrom(...DEEDS);
    await fc.assert(
      fc.asyncProperty(deeds, undeclared, permissions, async (done, more, asked) => {
        const options = { permissions: asked };
        const isAsked =
          (more.includes('now') && asked.time === true) ||
          (more.includes('random') && asked.random === true) ||
          (more.includes('setState') && asked.state !== undefined);
        if (isAsked) return;
        const before = await scan(pluginFrom(body(done.join(' ')), options), NONE);
        const after = await scan(pluginFrom(body([...done, more].join('\n')), options), NONE);
        expect(after.risk).toBeGreaterThanOrEqual(before.risk);
        expect(after.gates).toEqual(expect.arrayContaining([...before.gates]));
      }),
      { numRuns: 60 },
    );
  });

  test('any text at all as code ends in a report', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (text) => {
        ScanReport.parse(await scan(pluginFrom(text), NONE));
      }),
      { numRuns: 60 },
    );
  });
});

test('refuses files that are not those of the digest', async () => {
  const plugin = pluginFrom(body(''));
  const files = new Map([['index.js', new TextEncoder().encode(body('1;'))]]);
  const report = await createScanner()({ ...plugin, files }, { status: 'trusted' });
  expect(report).toMatchObject({ decision: 'reject', gates: ['digest-mismatch'] });
});

test('refuses plugins and publishers that are blocked, by id, digest and name', async () => {
  const plugin = pluginFrom(body(''));
  for (const blocked of [
    { plugins: ['test.plugin'], publishers: [] },
    { plugins: [plugin.digest], publishers: [] },
    { plugins: [], publishers: ['test'] },
  ])
    expect((await createScanner({ blocked })(plugin, NONE)).gates).toEqual(['blocklist']);
});

describe('suppressions', () => {
  const plugin = pluginFrom(body('eval(input); await host.now();'));
  const until = '2026-07-01T00:00:00.000Z';
  const reason = 'looked at by hand';
  const scanned = async (rule: string, more: object = {}) =>
    await createScanner({ clock, suppressions: [{ rule, reason, until, ...more }] })(plugin, NONE);

  test('show a finding and do not count it', async () => {
    const { parts, findings } = await scanned('threat.dynamic-code');
    expect(parts.threats).toBe(0);
    expect(findings.find(({ rule }) => rule === 'threat.dynamic-code')?.suppressed).toEqual({
      reason,
      until,
    });
  });
  test('count again once they have ended, under another digest of the rules', async () => {
    const ended = await scanned('threat.dynamic-code', { until: '2026-05-01T00:00:00.000Z' });
    expect(ended.parts.threats).toBeGreaterThan(0);
    expect(ended.rules).not.toBe((await scanned('threat.dynamic-code')).rules);
  });
  test('open a gate only for a plugin that they name', async () => {
    expect((await scanned('undeclared.time')).gates).toEqual(['undeclared-use']);
    expect((await scanned('undeclared.time', { plugin: 'test.plugin' })).gates).toEqual([]);
  });
  test('never open a gate about the identity of a plugin', async () => {
    const suppressions = [{ rule: 'identity.revoked-key', plugin: 'test.plugin', reason, until }];
    const report = await createScanner({ clock, suppressions })(plugin, { status: 'revoked' });
    expect(report.gates).toContain('revoked-key');
  });
});

test('a change of thresholds, rules or what is blocked asks for another scan', () => {
  const rule: ScanRule = {
    id: 'own.rule',
    part: 'threats',
    severity: 'low',
    confidence: 1,
    message: 'Own.',
    pass: 1,
    find: () => [],
  };
  const digests = [
    createScanner({ clock }),
    createScanner({ clock, thresholds: { approve: 20, reject: 60 } }),
    createScanner({ clock, extraRules: [rule] }),
    createScanner({ clock, blocked: { plugins: ['a.b'], publishers: [] } }),
  ].map((scan) => scan.rulesDigest());
  expect(new Set(digests).size).toBe(digests.length);
  expect(createScanner({ clock }).rulesDigest()).toBe(digests[0]);
});

describe('rules of one’s own', () => {
  const own = (find: ScanRule['find']): ScanRule => ({
    id: 'own.rule',
    part: 'threats',
    severity: 'critical',
    confidence: 1,
    message: 'Is named badly.',
    pass: 1,
    find,
  });
  test('are counted like ours', async () => {
    const extraRules = [own(({ code }) => code.map(({ path }) => ({ file: path, line: 1 })))];
    const report = await createScanner({ extraRules })(pluginFrom(body('')), NONE);
    expect(report).toMatchObject({ decision: 'reject', gates: ['critical-threat'] });
  });
  test('that fail let no plugin through', async () => {
    const failing = own(() => {
      throw new Error('broken');
    });
    await expect(
      createScanner({ extraRules: [failing] })(pluginFrom(body('')), NONE),
    ).rejects.toMatchObject({ code: 'PLUGINS_SCAN_RULE_FAILED' });
  });
  test('cannot take the name of another rule', () => {
    expect(() => createScanner({ extraRules: [{ ...own(() => []), id: 'text.encoded' }] })).toThrow(
      expect.objectContaining({ code: 'PLUGINS_SCAN_RULE_FAILED' }),
    );
  });
});

describe('budgets', () => {
  const budget = { maxFileBytes: 1000, maxBytes: 1500, maxMs: 10_000, maxFindings: 500 };
  const messageOf = (report: ScanReport) =>
    report.findings.filter(({ rule }) => rule === 'threat.unread-code').map(({ file }) => file);
  const comment = (length: number): string => `/*${'x'.repeat(length)}*/`;

  test('a file that is too large is refused, and so are files that are too large together', async () => {
    const scan = createScanner({ budget });
    const one = await scan(pluginFrom(body(comment(1000))), NONE);
    expect([one.gates, messageOf(one)]).toEqual([['scan-incomplete'], ['index.js']]);
    const files = { 'a.js': comment(800), 'b.js': comment(800) };
    expect((await scan(pluginFrom(body(''), { files }), NONE)).gates).toEqual(['scan-incomplete']);
  });
  test('code that takes too long to walk through is refused', async () => {
    let ms = 0;
    const slow: Clock = { now: clock.now, monotonicMs: () => (ms += 4) };
    const scan = createScanner({
      clock: slow,
      budget: { ...budget, maxFileBytes: 1e6, maxBytes: 1e6, maxMs: 400 },
    });
    const report = await scan(pluginFrom(body('a.b;'.repeat(60_000))), NONE);
    expect(report.gates).toContain('scan-incomplete');
  });
});

test.each([
  ['parentheses', '('.repeat(100_000) + ')'.repeat(100_000)],
  ['blocks', '{'.repeat(100_000) + '}'.repeat(100_000)],
  ['templates', '`${'.repeat(50_000) + '}`'.repeat(50_000)],
  ['functions', 'x=>'.repeat(100_000)],
  ['operators', '!'.repeat(200_000)],
  ['conditions', 'if(a)'.repeat(50_000)],
])('the process outlives a file of nested %s', async (_, text) => {
  const report = await createScanner()(pluginFrom(text), NONE);
  expect(report.decision).toBe('reject');
});

test('the parser in JavaScript gives the same findings as the one in native code', async () => {
  const plugin = pluginFrom(
    body(
      "globalThis['pro' + 'cess']; const { fetch: f } = host; await f({ url: `https://${input}` });",
    ),
  );
  const [native, acorn] = await Promise.all(
    (['native', 'acorn'] as const).map((parser) => createScanner({ parser, clock })(plugin, NONE)),
  );
  expect(acorn?.findings).toEqual(native?.findings);
});

describe('advisories', () => {
  const osv = (fetchedAt: string) =>
    JSON.stringify({
      fetchedAt,
      vulnerabilities: [
        {
          id: 'OSV-2026-1',
          affected: [
            {
              package: { ecosystem: 'npm', name: 'weak' },
              ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.4.2' }] }],
            },
          ],
          database_specific: { severity: 'HIGH' },
        },
      ],
    });
  const needing = (dependencies: object) =>
    pluginFrom(body(''), { files: { 'package.json': JSON.stringify({ dependencies }) } });
  const fresh = createScanner({ clock, advisories: readAdvisories(osv('2026-05-30T00:00:00Z')) });

  test.each([
    [fresh, { weak: '^1.2.0' }, 'found'],
    [fresh, { weak: '^1.4.2' }, 'none-known'],
    [fresh, {}, 'unknown'],
    [createScanner({ clock }), { weak: '^1.4.2' }, 'unknown'],
    [
      createScanner({ clock, advisories: readAdvisories(osv('2026-01-01T00:00:00Z')) }),
      { weak: '^1.2.0' },
      'unknown',
    ],
  ])('%# say %j: %s', async (scan, dependencies, expected) => {
    expect((await scan(needing(dependencies), NONE)).advisories).toBe(expected);
  });
  test('refuses a file that is none', () => {
    for (const text of ['{', '{}', '{"fetchedAt":"x","vulnerabilities":[]}'])
      expect(() => readAdvisories(text)).toThrow(
        expect.objectContaining({ code: 'PLUGINS_INVALID_ADVISORIES' }),
      );
  });
});

test.each([
  ['(a+)+', true],
  ['^(\\w+\\s?)*$', true],
  ['(a|a)*b', true],
  ['((a+))+', true],
  ['(?:\\w+\\d)+x', true],
  ['(.*)*', true],
  ['(a+b)+', false],
  ['^(?:[a-z]+\\.)+[a-z]{2,}$', false],
  ['(?:a|b)*', false],
  ['a+b+c+', false],
  ['(?:"[^"]*"|\\w)+', false],
  ['[(a+)+]', false],
])('the regular expression %s runs away: %s', (pattern, expected) => {
  expect(isRunaway(pattern)).toBe(expected);
});

test('runs the second pass on code without a trusted signature alone', async () => {
  const plugin = pluginFrom(body('/(a+)+$/.test(input);'));
  const first = await createScanner()(plugin, { status: 'trusted' });
  const both = await createScanner()(plugin, NONE);
  expect([first.passes, both.passes]).toEqual([[1], [1, 2]]);
  expect(rulesOf(first)).not.toContain('threat.runaway-pattern');
  expect(rulesOf(both)).toContain('threat.runaway-pattern');
});

test('calls nothing an error, for tools, in a plugin that is accepted', async () => {
  const report = await createScanner({ clock })(pluginFrom(body('return input;')), NONE);
  expect(report.decision).toBe('accept');
  const levels = (decision: typeof report.decision): string =>
    JSON.stringify(toSarif({ ...report, decision, findings: [...report.findings, HIGH] }));
  expect(levels('accept')).not.toContain('"level":"error","message"');
  expect(levels('reject')).toContain('"level":"error","message"');
});

const HIGH = {
  rule: 'provenance.unsigned',
  severity: 'high',
  confidence: 1,
  part: 'provenance',
  message: 'Nobody has signed it.',
  file: 'index.js',
  line: 1,
} as const;

test('says for people and for tools what was found, and nothing of the plugin’s code', async () => {
  const plugin = pluginFrom(body("const marker = 'do not repeat me'; eval(marker);"));
  const report = await createScanner({ clock })(plugin, NONE);
  const text = describeReport(report);
  expect(text).toContain('test.plugin 1.0.0: a person has to approve it');
  expect(text).toContain('threat.dynamic-code  index.js:1');
  const sarif = toSarif(report);
  expect(sarif).toMatchObject({
    version: '2.1.0',
    runs: [
      {
        results: expect.arrayContaining([
          expect.objectContaining({ ruleId: 'threat.dynamic-code', level: 'error' }),
        ]),
      },
    ],
  });
  expect(text + JSON.stringify(sarif)).not.toContain('do not repeat me');
});
