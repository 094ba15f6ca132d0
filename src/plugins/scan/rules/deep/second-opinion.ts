import type { RuleHit, ScanRule, Severity } from '../../scan-rule.ts';

/** What the other scanner finds that ours does not look for, and how it counts. */
const KINDS: ReadonlyMap<string, readonly [Severity, number, string]> = new Map([
  ['obfuscated-code', ['high', 0.6, 'Looks like the work of an obfuscator.']],
  ['suspicious-file', ['high', 0.5, 'Consists of encoded texts for the most part.']],
  ['shady-link', ['medium', 0.5, 'Names an address that is often used for harm.']],
  ['unsafe-command', ['high', 0.6, 'Starts a program that does harm.']],
  ['serialize-environment', ['high', 0.7, 'Takes the whole environment.']],
  ['data-exfiltration', ['high', 0.7, 'Gathers facts of the machine to send them.']],
  ['weak-crypto', ['low', 0.5, 'Uses a hash function that is broken.']],
]);
/** Longer files take it too long. */
const MAX_CHARACTERS = 262_144;

/** What js-x-ray says of the code. */
export const secondOpinion: ScanRule = {
  id: 'threat.second-opinion',
  part: 'threats',
  severity: 'medium',
  confidence: 0.5,
  message: 'Is suspicious to a second scanner.',
  pass: 2,
  find: async ({ code }) => {
    const readable = code.filter(
      ({ failure, text, path }) =>
        failure === undefined && text.length <= MAX_CHARACTERS && !/\.[mc]?tsx?$/.test(path),
    );
    if (readable.length === 0) return [];
    const { AstAnalyser } = await import('@nodesecure/js-x-ray');
    const analyser = new AstAnalyser();
    return readable.flatMap(({ path, text }) =>
      hitsOf(() => analyser.analyse(text).warnings, path),
    );
  },
};

interface Warning {
  readonly kind: string;
  readonly location: unknown;
}

function hitsOf(analyse: () => readonly Warning[], file: string): readonly RuleHit[] {
  let warnings: readonly Warning[];
  try {
    warnings = analyse();
  } catch {
    // It reads less of the language than we do; that it cannot read a file says little of the file.
    return [
      { file, line: 1, severity: 'info', message: 'Could not be read by the second scanner.' },
    ];
  }
  return warnings.flatMap(({ kind, location }) => {
    const known = KINDS.get(kind);
    if (known === undefined) return [];
    const [severity, confidence, message] = known;
    return [{ file, line: lineIn(location), severity, confidence, message }];
  });
}

/** A location is `[[line, column], [line, column]]`, or a list of them. */
function lineIn(location: unknown): number {
  let at: unknown = location;
  while (Array.isArray(at)) at = (at as unknown[])[0];
  return typeof at === 'number' && at >= 1 ? Math.trunc(at) : 1;
}
