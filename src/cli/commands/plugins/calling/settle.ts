import {
  withSharedOptions,
  type CliCommand,
  type SharedOptions,
} from '../../../command-context.ts';
import { UsageError } from '../../../errors.ts';
import { jsonFrom } from '../json-option.ts';
import { tell, withPlugins } from '../with-plugins.ts';

interface SettleOptions extends SharedOptions {
  readonly happened?: boolean;
  readonly didNotHappen?: boolean;
  readonly output?: string;
  readonly reason: string;
}

/** `phasegate plugins settle KEY`: how an interrupted call ended, as a person has found out. */
export const settleCommand: CliCommand = {
  register: (plugins, { terminal }) => {
    const command = plugins
      .command('settle')
      .summary('say how the effect of an interrupted call ended')
      .description(
        'A call with side effects whose process died is not made again by itself: whether it happened, only the other side knows. ' +
          'Look there, then say it. What happened is not done again: the same call is given --output from then on. What did not ' +
          'happen may be called again, with another consent.',
      )
      .argument('<key>', 'the key of the effect, as "plugins show" and "plugins doctor" say it')
      .option('--happened', 'it happened')
      .option('--did-not-happen', 'it did not happen')
      .option('--output <json>', 'what it gave, if it happened; null unless told')
      .option('--reason <text>', 'what was found, for the records', 'settled');
    withSharedOptions(command).action(async (effectKey: string) => {
      const { happened, didNotHappen, output, reason, ...options } =
        command.optsWithGlobals<SettleOptions>();
      if ((happened === true) === (didNotHappen === true))
        throw new UsageError('It happened or it did not.', 'Give --happened or --did-not-happen.');
      const ended =
        happened === true ? { happened: { output: jsonFrom('--output', output ?? 'null') } } : {};
      await withPlugins(options, async ({ plugins: opened, order }) => {
        await opened.settle({ effectKey, ...order(reason), ...ended });
      });
      if (options.json === true)
        return terminal.out(JSON.stringify({ effectKey, happened: happened === true }));
      tell(
        terminal,
        happened === true ? 'Settled: it is not done again.' : 'Settled: it may be called again.',
      );
    });
  },
};
