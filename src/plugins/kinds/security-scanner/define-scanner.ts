import { definePlugin, type PluginDefinition, type PluginPackage } from '../../contract/index.ts';
import { pureOperation } from '../operation.ts';
import { ScanInput, ScanOutput, type ScannerFinding } from './answer.ts';

/** What {@link defineScanner} takes: the manifest's keys that are its own, and what looks at a file. */
export interface ScannerDefinition extends Pick<
  PluginDefinition['manifest'],
  'id' | 'version' | 'title' | 'description' | 'publisher' | 'engines'
> {
  readonly scan: (file: string, text: string) => readonly ScannerFinding[];
  /** Texts to show and try it with: one with something to find, and one without. */
  readonly examples: readonly { readonly file: string; readonly text: string }[];
}

const MAX_FINDINGS = 1000;

/** Makes a plugin of a function that looks at one file. */
export function defineScanner({ scan, examples, ...manifest }: ScannerDefinition): PluginPackage {
  return definePlugin({
    manifest: {
      ...manifest,
      kind: 'security-scanner',
      permissions: {},
      limits: { outputKb: 1024 },
      contributes: {
        operations: [
          pureOperation('scan', 'Looks at the text of one file.', {
            input: ScanInput,
            output: ScanOutput,
            examples: [...examples],
          }),
        ],
      },
    },
    execute: (_operation, input) => {
      const { file, text } = ScanInput.parse(input);
      return { findings: scan(file, text).slice(0, MAX_FINDINGS) };
    },
  });
}
