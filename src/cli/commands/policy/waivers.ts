import type { WaiverRecord } from '../../../app/index.ts';
import { osUser, personNamed, scripted } from '../../asking/principals.ts';
import {
  demanded,
  withApp,
  withSharedOptions,
  type CliCommand,
  type SharedOptions,
} from '../../command-context.ts';
import { UsageError } from '../../errors.ts';
import { plainLine } from '../../rendering/plain-text.ts';
import { commandLine } from '../../session/next-commands.ts';

interface WaiveOptions extends SharedOptions {
  readonly workflow?: string;
  readonly from?: string;
  readonly to?: string;
  readonly reason?: string;
  readonly until?: string;
  readonly owner?: string;
}

interface DecideOptions extends SharedOptions {
  readonly as?: string;
}

/** `phasegate policy waivers`: exceptions, and what became of them. */
export const policyWaiversCommand: CliCommand = {
  register: (policy, { terminal }) => {
    const command = policy
      .command('waivers')
      .summary('list exceptions, and what became of them')
      .description(
        'Lists waivers, oldest first: requested, active, ended, revoked or unbound (they name no transition, or another installation, ' +
          'and hold nowhere here).',
      );
    withSharedOptions(command).action(async (options: SharedOptions) =>
      withApp(options, async ({ waivers }) => {
        const all = waivers.list(new Date().toISOString());
        if (options.json === true) terminal.out(JSON.stringify({ waivers: all }));
        else for (const one of all) terminal.out(lineOf(one));
        if (all.length === 0 && options.json !== true) terminal.out('There are none.');
      }),
    );
  },
};

/** `phasegate policy waive CHECK`: asks for an exception. */
export const policyWaiveCommand: CliCommand = {
  register: (policy, { terminal, program }) => {
    const command = policy
      .command('waive')
      .summary('ask for an exception from a check')
      .description(
        'Asks that failures of a check, as it is now, be let pass at one gate of this installation until a date. It holds once another person has approved it; ' +
          'each failure that it lets pass stands in the verdict with its id.',
      )
      .argument('<check>', 'id of a check, as verdicts show it')
      .option('--workflow <id>', 'whose gates ask the check')
      .option(
        '--from <phase>',
        'the phase before the gate; where more than one gate asks the check',
      )
      .option('--to <phase>', 'the phase behind the gate')
      .option('--reason <text>', 'why')
      .option('--until <date>', 'the last instant, such as 2026-12-31 or 2026-12-31T18:00:00Z')
      .option('--owner <name>', 'who answers for it; you unless told');
    withSharedOptions(command).action(async (check: string, options: WaiveOptions) => {
      const order = {
        check,
        workflow: demanded('--workflow', options.workflow),
        from: options.from,
        to: options.to,
        reason: demanded('--reason', options.reason),
        endsAt: instantFrom(demanded('--until', options.until)),
        owner: options.owner === undefined ? undefined : personNamed('--owner', options.owner),
      };
      const { requestWaiver } = await import('../../../app/index.ts');
      await withApp(options, async (app) => {
        const request = await requestWaiver(app, order, osUser());
        if (options.json === true) {
          terminal.out(JSON.stringify(request));
          return;
        }
        terminal.out(`Asked for: ${request.id}`);
        const words = ['policy', 'approve-waiver', request.id];
        terminal.out(
          `Another person approves it with: ${commandLine({ program, options }, words)}`,
        );
      });
    });
  },
};

/** `phasegate policy approve-waiver ID`: gives an exception that somebody else asked for. */
export const policyApproveWaiverCommand: CliCommand = {
  register: (policy, { terminal }) => {
    const command = policy
      .command('approve-waiver')
      .summary('give an exception that somebody else asked for')
      .description(
        'Approves a waiver. Neither its owner nor who asked for it can. A run that was blocked goes on with "replay" from a ' +
          'checkpoint before the gate.',
      )
      .argument('<waiver>', 'id of the waiver')
      .option('--as <name>', 'record it as done by a script of this name; refused in production');
    withSharedOptions(command).action(async (id: string, options: DecideOptions) => {
      const { approveWaiver } = await import('../../../app/index.ts');
      await withApp(options, async (app) => {
        const by = options.as === undefined ? osUser() : scripted('--as', options.as);
        const record = await approveWaiver(app, id, by);
        terminal.out(options.json === true ? JSON.stringify(record) : lineOf(record));
      });
    });
  },
};

/** `phasegate policy revoke-waiver ID`: takes an exception back. */
export const policyRevokeWaiverCommand: CliCommand = {
  register: (policy, { terminal }) => {
    const command = policy
      .command('revoke-waiver')
      .summary('take an exception back')
      .description(
        'Revokes a waiver: from the next gate on it lets nothing pass, in every process.',
      )
      .argument('<waiver>', 'id of the waiver')
      .option('--as <name>', 'record it as done by a script of this name');
    withSharedOptions(command).action(async (id: string, options: DecideOptions) => {
      const { revokeWaiver } = await import('../../../app/index.ts');
      await withApp(options, async (app) => {
        const by = options.as === undefined ? osUser() : scripted('--as', options.as);
        const record = await revokeWaiver(app, id, by);
        terminal.out(options.json === true ? JSON.stringify(record) : lineOf(record));
      });
    });
  },
};

function lineOf({ id, status, workflow, checkId, endsAt, owner, ...rest }: WaiverRecord): string {
  const gate = rest.from === undefined ? '' : ` ${rest.from} -> ${rest.to ?? ''}`;
  const approved = rest.approvedBy === undefined ? '' : `, approved by ${rest.approvedBy.id}`;
  return plainLine(
    `${id}  ${status.padEnd(9)}  ${workflow} ${checkId}${gate}  until ${endsAt}  owner ${owner}${approved}: ${rest.reason}`,
  );
}

function instantFrom(text: string): string {
  const form = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z)?$/;
  const ms = Date.parse(text.length === 10 ? `${text}T23:59:59.999Z` : text);
  if (form.test(text) && !Number.isNaN(ms)) return new Date(ms).toISOString();
  throw new UsageError(
    `"${plainLine(text)}" is no date.`,
    'Give a day or an instant in UTC, such as --until 2026-12-31 or 2026-12-31T18:00:00Z.',
  );
}
