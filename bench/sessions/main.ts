// How long a token is refused in, by why it is refused. Run: npm run bench:sessions
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';

import { systemClock } from '../../src/kernel/index.ts';
import { openSessions } from '../../src/sessions/index.ts';
import { openRedisSessions } from '../../src/storage/backends/redis/index.ts';
import { startRedis } from '../../src/storage/backends/redis/fixtures/redis-server.ts';
import { machineFacts } from '../report/machine-facts.ts';

const EACH = 1_000;
const WARM_UP = 200;
const DAY_MS = 86_400_000;
const KINDS = ['unknown', 'forged', 'malformed', 'revoked', 'expired'] as const;
type Kind = (typeof KINDS)[number];

interface Row {
  readonly store: string;
  readonly kind: Kind;
  readonly medianUs: number;
  readonly p90Us: number;
  readonly p99Us: number;
  /** Welch's t of the fastest nine tenths against those of unknown tokens; beyond 4.5 either way they differ. */
  readonly t: number;
  /** The median of the same token presented again at once, when what is read lies near the processor. */
  readonly againUs: number;
}

const rows: Row[] = [];
rows.push(...(await measured('memory', undefined)));
{
  await using server = await startRedis('--appendonly', 'no');
  rows.push(...(await measured('Redis', server.url)));
}
write(rows);

type Store = NonNullable<Parameters<typeof openSessions>[0]>['store'];

async function measured(store: string, url: string | undefined): Promise<readonly Row[]> {
  let aheadMs = 0;
  const now = (): string => new Date(Date.parse(systemClock.now()) + aheadMs).toISOString();
  const opened: Store = url === undefined ? undefined : openRedisSessions({ url });
  await using sessions = await openSessions({
    ...(opened === undefined ? {} : { store: opened }),
    sealKeys: [new Uint8Array(32).fill(7)],
    clock: { ...systemClock, now },
    sweepEveryMs: 0,
  });
  const principal = { id: 'kim', kind: 'person' as const, roles: ['editor'] };
  const made = async (absoluteMs: number): Promise<string> =>
    (await sessions.create({ principal, absoluteMs })).token;
  const order = shuffled(
    KINDS.flatMap((kind) => Array.from({ length: EACH + WARM_UP }, () => kind)),
  );
  const tokens: { readonly kind: Kind; readonly token: string }[] = [];
  for (const kind of order) tokens.push({ kind, token: await tokenOf(kind) });
  aheadMs = 2 * 3_600_000;
  const times = new Map<Kind, number[]>(KINDS.map((kind) => [kind, []]));
  const again = new Map<Kind, number[]>(KINDS.map((kind) => [kind, []]));
  for (const { kind, token } of tokens) {
    for (const taken of [times, again]) {
      const from = process.hrtime.bigint();
      const { outcome } = await sessions.validate(token);
      taken.get(kind)?.push(Number(process.hrtime.bigint() - from) / 1_000);
      if (outcome !== 'refused') throw new Error(`A ${kind} token was ${outcome}.`);
    }
  }
  const of = (kind: Kind): readonly number[] => (times.get(kind) ?? []).slice(WARM_UP);
  return KINDS.map((kind) => {
    const againUs = medianOf((again.get(kind) ?? []).slice(WARM_UP));
    return { ...rowOf(store, kind, of), againUs };
  });

  async function tokenOf(kind: Kind): Promise<string> {
    if (kind === 'unknown') return randomBytes(32).toString('base64url');
    // As long as a token but for one character, and another one each time.
    if (kind === 'malformed') return `${randomBytes(32).toString('base64url').slice(1)}!`;
    if (kind === 'expired') return made(3_600_000);
    const token = await made(DAY_MS);
    if (kind === 'revoked') await sessions.revoke({ token });
    // One character of a living session's token is another one.
    return kind === 'revoked' ? token : `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`;
  }
}

function medianOf(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0;
}

function rowOf(
  store: string,
  kind: Kind,
  of: (kind: Kind) => readonly number[],
): Omit<Row, 'againUs'> {
  const sorted = of(kind).toSorted((one, other) => one - other);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  const t = welch(fastest(of(kind)), fastest(of('unknown')));
  return { store, kind, medianUs: at(0.5), p90Us: at(0.9), p99Us: at(0.99), t };
}

/** What garbage collection and other programs took is in the slowest tenth. */
function fastest(times: readonly number[]): readonly number[] {
  return times.toSorted((one, other) => one - other).slice(0, Math.floor(times.length * 0.9));
}

function welch(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [moments(one), moments(other)];
  return (a.mean - b.mean) / Math.sqrt(a.variance / one.length + b.variance / other.length);
}

function moments(values: readonly number[]): { readonly mean: number; readonly variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: squares / (values.length - 1) };
}

function shuffled<Value>(values: readonly Value[]): readonly Value[] {
  return values
    .map((value) => ({ value, at: Math.random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ value }) => value);
}

function write(all: readonly Row[]): void {
  const facts = machineFacts(new Date(), ['ioredis']);
  const lines = all.map(
    ({ store, kind, medianUs, p90Us, p99Us, t, againUs }) =>
      `| ${store} | ${kind} | ${[medianUs, p90Us, p99Us, t, againUs].map((figure) => figure.toFixed(1)).join(' | ')} |`,
  );
  const text = [
    '# Refusing tokens: how long it takes, by why',
    '',
    `\`npm run bench:sessions\`: ${EACH} tokens of each kind, in random order, on one machine that also did other work.`,
    '',
    '| store | token | median us | p90 us | p99 us | t against unknown | again at once, median us |',
    '| --- | --- | --: | --: | --: | --: | --: |',
    ...lines,
    '',
  ].join('\n');
  writeFileSync('bench/results/sessions.md', text);
  writeFileSync(
    'bench/results/sessions.json',
    `${JSON.stringify({ facts, rows: all }, null, 2)}\n`,
  );
  process.stdout.write(text);
}
