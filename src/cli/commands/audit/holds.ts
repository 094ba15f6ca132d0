import { withSharedOptions, type CliCommand, type SharedOptions } from '../../command-context.ts';
import { plainLine } from '../../rendering/plain-text.ts';
import { table } from '../../rendering/table.ts';
import { instantText } from '../../rendering/time.ts';
import { withTrail } from './with-trail.ts';

/** `phasegate audit holds`: which legal holds are in force. */
export const auditHoldsCommand: CliCommand = {
  register: (audit, { terminal }) => {
    const command = audit
      .command('holds')
      .summary('list the legal holds in force')
      .description(
        'Lists the legal holds that were placed and not released, with what each keeps from being archived.',
      );
    withSharedOptions(command).action(async () => {
      const { json, ...options } = command.optsWithGlobals<SharedOptions>();
      const { holdsInForce } = await import('../../../audit/index.ts');
      const holds = await withTrail(options, holdsInForce);
      if (json === true) {
        terminal.out(JSON.stringify({ holds }));
        return;
      }
      if (holds.length === 0) {
        terminal.out('No legal hold is in force.');
        return;
      }
      const { paint, width } = terminal;
      const rows = holds.map(({ id, run, thread, by, placedAt }) => {
        const scopes = [
          ...(thread === undefined ? [] : [`thread ${thread}`]),
          ...(run === undefined ? [] : [`run ${run}`]),
        ];
        const scope = scopes.length === 0 ? 'everything' : scopes.join(', ');
        return [paint.bold(plainLine(id)), plainLine(scope), plainLine(by), instantText(placedAt)];
      });
      const heads = ['hold', 'keeps', 'placed by', 'placed'];
      terminal.out(table(heads, rows, { width, whole: [0], head: paint.dim, rule: paint.dim }));
    });
  },
};
