import { counted } from '../../../kernel/index.ts';
import type { PolicyReplay } from '../../../app/index.ts';
import { osUser } from '../../asking/principals.ts';
import { withApp, withSharedOptions, type CliCommand } from '../../command-context.ts';
import { EXIT } from '../../exit-codes.ts';
import { plainLine } from '../../rendering/plain-text.ts';
import type { PolicyFileOptions } from './check.ts';

interface ReplayOptions extends PolicyFileOptions {
  readonly thread?: string;
}

/** `phasegate policy replay FILE`: asks a file of rules about what recorded runs have decided. */
export const policyReplayCommand: CliCommand = {
  register: (policy, { terminal, end, signal }) => {
    const command = policy
      .command('replay')
      .summary('ask a file of rules about what recorded runs have decided')
      .description(
        'Judges every recorded decision of the threads by the file, beside the policy of the same id that is in force, and ' +
          'lists those that would have ended otherwise. The file may also be the pack of a standard of the workflow, with ' +
          'parameters changed ("phasegate compliance standards --print ID --workflow W"): what its checks were told of the ' +
          'run is made again of what is recorded, and what the house tells is what it tells now. Rules that have no answer ' +
          'are named with the reason, and count for no pass. Nothing is run or changed. Exits with 4 if a decision would ' +
          'have ended otherwise, or a rule has no answer.',
      )
      .argument('<file>', "a file of rules with bindings, or a standard's pack; TOML or JSON")
      .option('--workflow <id>', 'only threads of this workflow')
      .option('--thread <id>', 'only this thread');
    withSharedOptions(command).action(async (file: string, options: ReplayOptions) => {
      const { replayPolicy } = await import('../../../app/index.ts');
      await withApp(options, async (app) => {
        const { workflow, thread } = options;
        const caller = { by: osUser(), signal };
        const found = await replayPolicy(app, { file, workflow, thread, caller });
        if (options.json === true) terminal.out(JSON.stringify(found));
        else for (const line of linesOf(found)) terminal.out(line);
        if (found.unreadable.length > 0) end(EXIT.failed);
        else if (found.changed.length + found.undetermined.length > 0) end(EXIT.blocked);
      });
    });
  },
};

function linesOf({ threads, decisions, ...found }: PolicyReplay): readonly string[] {
  const { changed, undetermined, unreadable } = found;
  return [
    ...changed.flatMap(({ thread, from, to, before, after, rules }) => [
      plainLine(
        `${thread}  ${from} -> ${to}: ${before === after ? `stays ${after}` : `${before} would be ${after}`}`,
      ),
      ...rules.map((rule) => `  ${plainLine(`${rule.id}: ${changeOf(rule)}`)}`),
    ]),
    ...undetermined.map(({ id, decisions: at, message, paths }) =>
      plainLine(`${id}: no answer to ${at} decisions. ${message} (${paths.join(', ')})`),
    ),
    ...unreadable.map(({ thread, code }) => `${plainLine(thread)}: could not be read (${code})`),
    `${counted(decisions, 'decision')} of ${counted(threads, 'thread')}: ${changed.length} would change`,
  ];
}

function changeOf({ before, after }: PolicyReplay['changed'][number]['rules'][number]): string {
  if (before === '-') return `was not asked, and would be ${after}`;
  return after === '-' ? `was ${before}, and would not be asked` : `${before} would be ${after}`;
}
