import {
  demanded,
  loadOptionsFrom,
  withSharedOptions,
  type CliCommand,
} from '../../command-context.ts';
import { EXIT } from '../../exit-codes.ts';
import { plainLine } from '../../rendering/plain-text.ts';
import type { PolicyFileOptions } from './check.ts';

interface TestOptions extends PolicyFileOptions {
  readonly cases?: string;
}

/** `phasegate policy test FILE --cases FILE`: asks a file of rules about cases with known answers. */
export const policyTestCommand: CliCommand = {
  register: (policy, { terminal, end }) => {
    const command = policy
      .command('test')
      .summary('ask a file of rules about cases with known answers')
      .description(
        'Runs cases against a file of rules: { "cases": [{ "name", "from", "to", "facts", "expect": { "outcome", "rules" } }] }, ' +
          'where "rules" names the expected answer of each rule (pass, fail, undetermined). Exits with 4 if one answers otherwise.',
      )
      .argument('<file>', 'a file of rules with bindings, TOML or JSON')
      .option('--cases <file>', 'the cases, TOML or JSON')
      .option('--workflow <id>', 'only this workflow; all unless told');
    withSharedOptions(command).action(async (file: string, options: TestOptions) => {
      const { testPolicyFile } = await import('../../../app/index.ts');
      const { loadConfig } = await import('../../../config/index.ts');
      const { profile } = await loadConfig(loadOptionsFrom(options));
      const cases = demanded('--cases', options.cases);
      const results = await testPolicyFile(file, cases, { workflow: options.workflow, profile });
      const failed = results.filter(({ problems }) => problems.length > 0);
      if (options.json === true) terminal.out(JSON.stringify({ cases: results }));
      else {
        for (const { name, problems } of results) {
          terminal.out(plainLine(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${name}`));
          for (const problem of problems) terminal.out(`         ${plainLine(problem)}`);
        }
        terminal.out(`${results.length - failed.length} of ${results.length} as expected`);
      }
      if (failed.length > 0) end(EXIT.blocked);
    });
  },
};
