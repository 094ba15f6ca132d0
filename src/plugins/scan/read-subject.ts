import type { Clock } from '../../kernel/index.ts';
import type { PluginPackage } from '../contract/index.ts';
import { hasRulesEntry } from '../kinds/business-rule/index.ts';
import { packageDigest } from '../package/index.ts';
import type { SignatureCheck } from '../registry/registry-parts.ts';
import { areFresh } from './advisories.ts';
import type { CodeFile, ScanSubject } from './scan-rule.ts';
import type { ScanSettings } from './scan-settings.ts';
import { collectFacts, createParser, type Fact, type Parse } from './source/index.ts';

const CODE = /\.[mc]?[jt]sx?$/;
/** The clock is read once in so many steps. */
const STEPS_A_LOOK = 1024;

/** The time for a file is over. */
class TooSlow extends Error {}

/** Reads everything that rules look at. Nothing of it is run. */
export async function readSubject(
  plugin: PluginPackage,
  signature: SignatureCheck,
  settings: ScanSettings,
): Promise<ScanSubject> {
  const { manifest, digest, files, module } = plugin;
  const texts = textsOf(files);
  const isModule = module !== undefined;
  const found = isModule ? undefined : packageDigest({ manifest, files });
  const { advisories, clock, advisoriesMaxAgeDays } = settings;
  const isFresh = advisories !== undefined && areFresh(advisories, clock, advisoriesMaxAgeDays);
  return {
    manifest,
    digest: { expected: digest, found },
    signature,
    isModule,
    code: readCode(
      {
        texts,
        files,
        entry: hasRulesEntry(manifest) ? '' : manifest.entry,
        parse: await createParser(settings.parser),
      },
      settings,
    ),
    texts,
    files,
    packageJson: packageJsonOf(texts.get('package.json')),
    blocked: settings.blocked,
    advisories: isFresh ? advisories.byPackage : undefined,
  };
}

function textsOf(files: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const texts = new Map<string, string>();
  for (const [path, bytes] of files) {
    try {
      texts.set(path, decoder.decode(bytes));
    } catch {
      // Not text: rules look at its bytes, and code that is not text is a finding.
    }
  }
  return texts;
}

interface CodeReading {
  readonly texts: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly entry: string;
  readonly parse: Parse;
}

function readCode(reading: CodeReading, settings: ScanSettings): readonly CodeFile[] {
  const { files, entry } = reading;
  const { clock, budget } = settings;
  const endsAtMs = clock.monotonicMs() + budget.maxMs;
  const wanted = [...files.keys()].filter((path) => CODE.test(path) || path === entry);
  const seen = new Set(wanted);
  const read: CodeFile[] = [];
  let left = budget.maxBytes;
  // Files are added while the list is gone through: what code imports is code, whatever its name.
  for (const path of wanted) {
    const size = files.get(path)?.length ?? 0;
    left -= size;
    const isTooLarge = size > budget.maxFileBytes || left < 0;
    const file = isTooLarge
      ? failed(path, '', 'too-large')
      : readFile(path, reading, { clock, endsAtMs });
    read.push(file);
    for (const target of importedFiles(file, files)) {
      if (seen.has(target)) continue;
      seen.add(target);
      wanted.push(target);
    }
  }
  return read;
}

function failed(path: string, text: string, failure: NonNullable<CodeFile['failure']>): CodeFile {
  return { path, text, facts: [], failure };
}

function readFile(
  path: string,
  { texts, parse }: CodeReading,
  { clock, endsAtMs }: { clock: Clock; endsAtMs: number },
): CodeFile {
  const text = texts.get(path);
  if (text === undefined) return failed(path, '', 'not-text');
  if (clock.monotonicMs() > endsAtMs) return failed(path, text, 'too-slow');
  let steps = 0;
  const spend = (): void => {
    steps += 1;
    if (steps % STEPS_A_LOOK === 0 && clock.monotonicMs() > endsAtMs) throw new TooSlow();
  };
  const parsed = parse(path, text);
  if ('failure' in parsed) return failed(path, text, parsed.failure);
  try {
    const lineOf = lineFinder(text);
    const facts = collectFacts(parsed.program, spend).map(({ at, ...fact }): Fact => ({
      ...fact,
      line: lineOf(at),
    }));
    return { path, text, facts };
  } catch (error) {
    if (error instanceof TooSlow) return failed(path, text, 'too-slow');
    if (error instanceof RangeError) return failed(path, text, 'too-deep');
    throw error;
  }
}

function importedFiles(
  { path, facts }: CodeFile,
  files: ReadonlyMap<string, Uint8Array>,
): readonly string[] {
  return facts.flatMap((fact) => {
    if (fact.kind !== 'import') return [];
    const target = resolveImport(path, fact.module);
    return target !== undefined && files.has(target) && !target.endsWith('.json') ? [target] : [];
  });
}

/** Gives the file that a relative import means; undefined for another kind of import, or one that leaves the package. */
export function resolveImport(from: string, module: string): string | undefined {
  if (!module.startsWith('./') && !module.startsWith('../')) return undefined;
  const steps = from.split('/').slice(0, -1);
  for (const step of module.split('/')) {
    if (step === '.' || step === '') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps.join('/');
}

/** Finds lines, counted from 1, of places in a text. */
export function lineFinder(text: string): (at: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (at) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return Math.max(1, low);
  };
}

function packageJsonOf(text: string | undefined): ScanSubject['packageJson'] {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : {};
  } catch {
    // A package.json that is no JSON says nothing to a package manager either.
    return {};
  }
}
