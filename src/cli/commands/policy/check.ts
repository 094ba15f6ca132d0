import type { CheckedPolicy } from '../../../app/index.ts';
import {
  loadOptionsFrom,
  withSharedOptions,
  type CliCommand,
  type SharedOptions,
} from '../../command-context.ts';
import { plainLine } from '../../rendering/plain-text.ts';

/** Options of commands that hold a file against workflows. */
export interface PolicyFileOptions extends SharedOptions {
  readonly workflow?: string;
}

/** `phasegate policy check FILE`: types a file of rules against the workflows that it means. */
export const policyCheckCommand: CliCommand = {
  register: (policy, { terminal }) => {
    const command = policy
      .command('check')
      .summary('type a file of rules against the workflows that it means')
      .description(
        'Types every rule against the facts of the workflows that the file binds itself to, and shows what would be asked ' +
          'at which transition. Nothing is run or changed.',
      )
      .argument('<file>', 'a file of rules with bindings, TOML or JSON')
      .option('--workflow <id>', 'only this workflow; all unless told');
    withSharedOptions(command).action(async (file: string, options: PolicyFileOptions) => {
      const { checkPolicyFile } = await import('../../../app/index.ts');
      const { loadConfig } = await import('../../../config/index.ts');
      const { profile } = await loadConfig(loadOptionsFrom(options));
      const checked = await checkPolicyFile(file, { workflow: options.workflow, profile });
      if (options.json === true) terminal.out(JSON.stringify({ workflows: checked }));
      else for (const one of checked) for (const line of linesOf(one)) terminal.out(line);
    });
  },
};

function linesOf({ workflow, rules, digest, transitions }: CheckedPolicy): readonly string[] {
  const head = `${workflow}: ${rules} ${rules === 1 ? 'rule' : 'rules'}, digest ${digest.slice(0, 12)}`;
  const asked = transitions.flatMap(({ from, to, checks }) =>
    checks.map(({ id, mode }) => `  ${plainLine(`${from} -> ${to}  ${mode.padEnd(5)} ${id}`)}`),
  );
  return [plainLine(head), ...asked];
}
