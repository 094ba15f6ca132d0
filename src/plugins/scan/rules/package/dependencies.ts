import { isBuiltin } from 'node:module';
import { satisfies, subset, validRange } from 'semver';

import { factsOf, type ScanRule, type ScanSubject } from '../../scan-rule.ts';

const PACKAGE = 'package.json';

/** Commands that a package manager runs by itself when it installs. */
const INSTALL_SCRIPTS = [
  'preinstall',
  'install',
  'postinstall',
  'prepare',
  'preprepare',
  'postprepare',
];

/** A command that would run at installation. */
export const installScript: ScanRule = {
  id: 'package.install-script',
  part: 'dependencies',
  severity: 'critical',
  confidence: 1,
  message: 'Asks for a command to be run when it is installed.',
  gate: 'install-script',
  pass: 1,
  *find({ packageJson, texts, files }) {
    const scripts = recordOf(packageJson?.['scripts']);
    for (const name of INSTALL_SCRIPTS)
      if (typeof scripts[name] === 'string')
        yield { file: PACKAGE, line: lineOf(texts.get(PACKAGE), name) };
    // A package manager builds by this file without being told to.
    if (files.has('binding.gyp')) yield { file: 'binding.gyp', line: 1 };
  },
};

/** A dependency from somewhere else than a registry, or of any version. */
export const loosenedDependency: ScanRule = {
  id: 'package.loose-dependency',
  part: 'dependencies',
  severity: 'high',
  confidence: 0.9,
  message: 'Depends on code from outside a registry.',
  pass: 1,
  *find(subject) {
    for (const { name, range, line } of dependenciesOf(subject)) {
      const file = PACKAGE;
      if (
        /^(?:git|https?|ssh|file|link|github|gitlab|bitbucket|gist)[+:]|^[\w.-]+\/[\w.-]+(?:#|$)/i.test(
          range,
        )
      )
        yield { file, line };
      else if (!range.startsWith('npm:') && (validRange(range) === null || isAnyVersion(range)))
        yield { file, line, severity: 'medium', message: 'Depends on any version of a package.' };
      else if (name === '') yield { file, line };
    }
  },
};

/** A dependency of which nothing more is known: it belongs into the bundle. */
export const unbundledDependency: ScanRule = {
  id: 'package.unbundled-dependency',
  part: 'dependencies',
  severity: 'low',
  confidence: 0.8,
  message: 'Depends on a package that is not in the bundle.',
  pass: 1,
  *find(subject) {
    for (const { line } of dependenciesOf(subject)) yield { file: PACKAGE, line };
    for (const { file, line, module } of factsOf(subject, 'import'))
      if (isBare(module)) yield { file, line };
  },
};

/** A program in machine code. */
export const nativeBinary: ScanRule = {
  id: 'package.native-binary',
  part: 'dependencies',
  severity: 'high',
  confidence: 1,
  message: 'Holds a program in machine code.',
  pass: 1,
  *find({ files }) {
    for (const [file, bytes] of files) {
      const isProgram =
        /\.(?:node|so|dll|dylib|exe|com|bat|cmd|ps1|sh|jar|wasm)$/i.test(file) || hasMagic(bytes);
      if (isProgram) yield { file, line: 1 };
    }
  },
};

/** A dependency with a known weakness. */
export const knownWeakness: ScanRule = {
  id: 'package.known-weakness',
  part: 'dependencies',
  severity: 'high',
  confidence: 0.9,
  message: 'Depends on a package with a known weakness.',
  pass: 2,
  *find(subject) {
    for (const { name, range, line } of dependenciesOf(subject))
      for (const { id, ranges, severity } of subject.advisories?.get(name) ?? [])
        if (ranges.some((weak) => mayBe(range, weak)))
          yield {
            file: PACKAGE,
            line,
            severity: severity === 'critical' ? 'high' : severity,
            message: `Depends on a package with a known weakness (${safeId(id)}).`,
          };
  },
};

interface Dependency {
  readonly name: string;
  readonly range: string;
  readonly line: number;
}

/** Gives what a package needs when it runs. */
export function dependenciesOf({
  packageJson,
  texts,
}: Pick<ScanSubject, 'packageJson' | 'texts'>): readonly Dependency[] {
  return ['dependencies', 'optionalDependencies', 'peerDependencies'].flatMap((kind) =>
    Object.entries(recordOf(packageJson?.[kind])).map(([name, range]) => ({
      name,
      range: typeof range === 'string' ? range.trim() : '',
      line: lineOf(texts.get(PACKAGE), name),
    })),
  );
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isRecord ? (value as Record<string, unknown>) : {};
}

function lineOf(text: string | undefined, key: string): number {
  const at = text?.indexOf(JSON.stringify(key)) ?? -1;
  return at < 0 ? 1 : (text ?? '').slice(0, at).split('\n').length;
}

function isAnyVersion(range: string): boolean {
  return subset('>=0.0.0', range) || range === 'latest';
}

function isBare(module: string): boolean {
  return (
    !isBuiltin(module) &&
    /^(?:@[\w.-]+\/)?[A-Za-z0-9][\w.-]*(?:\/|$)/.test(module) &&
    !module.includes(':')
  );
}

/** Tells whether some version that `range` lets in is weak: the least of it, or all of it. */
function mayBe(range: string, weak: string): boolean {
  const least = /\d+\.\d+\.\d+(?:-[\w.]+)?/.exec(range)?.[0];
  if (least !== undefined && satisfies(least, weak, { includePrerelease: true })) return true;
  return validRange(range) !== null && validRange(weak) !== null && subset(weak, range);
}

/** Ids of advisories come from a file; only what looks like one is shown. */
function safeId(id: string): string {
  return /^[\w.:-]{1,60}$/.test(id) ? id : 'unnamed';
}

const MAGIC = ['7f454c46', '4d5a9000', 'cafebabe', 'cffaedfe', 'feedface', '0061736d'];

function hasMagic(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  return MAGIC.includes(head);
}
