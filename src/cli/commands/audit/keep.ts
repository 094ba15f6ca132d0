import { resolve } from 'node:path';

import { counted } from '../../../kernel/index.ts';
import type { AuditActor, EmbeddedAudit } from '../../../audit/index.ts';
import { osUser } from '../../asking/principals.ts';
import {
  demanded,
  loadOptionsFrom,
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../command-context.ts';
import { UsageError } from '../../errors.ts';

interface KeepOptions extends SharedOptions {
  readonly before?: string;
  readonly out?: string;
  readonly run?: string;
  readonly thread?: string;
}

/** `phasegate audit archive`: old entries into a file. */
export const auditArchiveCommand: CliCommand = {
  register: (audit, context) => {
    const command = audit
      .command('archive')
      .summary('move old entries into a file that verifies by itself')
      .description(
        'Moves the entries that were signed before a date into a file, up to a signed checkpoint, and records the cut with the ' +
          'digest of the file. The archive and the rest verify each by itself. Entries under a legal hold stay.',
      )
      .option('--before <date>', 'what was signed before: 2026-01-31, or an instant in UTC')
      .option('--out <file>', 'the archive, which must not exist');
    withSharedOptions(command).action(() => {
      const options = command.optsWithGlobals<KeepOptions>();
      return change(options, context, async (opened, by) => {
        const { archiveEntries } = await import('../../../audit/index.ts');
        const before = instantFrom(demanded('--before', options.before));
        const path = resolve(demanded('--out', options.out));
        const archived = await archiveEntries(opened.log, { before, path, by });
        if (archived === undefined) return { text: 'Nothing is old enough.', entries: 0 };
        return {
          text: `Archived ${counted(archived.entries, 'entry', 'entries')} to ${path}`,
          path,
          ...archived,
        };
      });
    });
  },
};

/** `phasegate audit hold NAME`: nothing in its scope is archived. */
export const auditHoldCommand: CliCommand = {
  register: (audit, context) => {
    const command = audit
      .command('hold')
      .summary('keep a run, a thread or everything from being archived')
      .description(
        'Places a legal hold; the chain records it. Without --run or --thread it holds everything.',
      )
      .argument('<name>', 'a name of its own, such as the number of a case')
      .option('--run <run>', 'the entries of a run')
      .option('--thread <thread>', 'the entries of a thread');
    withSharedOptions(command).action((id: string) => {
      const options = command.optsWithGlobals<KeepOptions>();
      return change(options, context, async ({ log }, by) => {
        const { placeHold } = await import('../../../audit/index.ts');
        const { run, thread } = options;
        const scope = { ...(run && { run }), ...(thread && { thread }) };
        await placeHold(log, { id, by }, scope);
        return { text: `Placed the hold ${id}`, hold: id };
      });
    });
  },
};

/** `phasegate audit release NAME`: ends a hold. */
export const auditReleaseCommand: CliCommand = {
  register: (audit, context) => {
    const command = audit
      .command('release')
      .summary('end a legal hold')
      .description('Releases a legal hold; the chain records it.')
      .argument('<name>', 'the name of the hold');
    withSharedOptions(command).action((id: string) =>
      change(command.optsWithGlobals<KeepOptions>(), context, async ({ log }, by) => {
        const { releaseHold } = await import('../../../audit/index.ts');
        if (await releaseHold(log, { id, by }))
          return { text: `Released the hold ${id}`, hold: id };
        throw new UsageError(
          `There is no hold "${id}" in force.`,
          'Give the name it was placed under.',
        );
      }),
    );
  },
};

/** `phasegate audit rotate-key`: another signing key from now on. */
export const auditRotateKeyCommand: CliCommand = {
  register: (audit, context) => {
    const command = audit
      .command('rotate-key')
      .summary('sign with a new key from now on')
      .description(
        'Makes a new signing key and records the change in every chain, signed by both, so that whoever trusts either can follow. ' +
          'Processes that have the trail open refuse to record until they are started again.',
      );
    withSharedOptions(command).action(() =>
      change(
        command.optsWithGlobals<KeepOptions>(),
        context,
        async ({ log, nextKey, paths }, by) => {
          const { rotateKey } = await import('../../../audit/index.ts');
          await rotateKey(log, nextKey(), by);
          const text = `The public key is now in ${paths.publicKey}: give it to whoever verifies.`;
          return { text, publicKey: paths.publicKey };
        },
      ),
    );
  },
};

/** `phasegate audit begin-anew`: another chain where the one that was here is lost. */
export const auditBeginAnewCommand: CliCommand = {
  register: (audit, context) => {
    const command = audit
      .command('begin-anew')
      .summary('begin another chain where the one that was here is lost')
      .description(
        'Where the database of the trail is gone for good, begins another chain, which records the break, who decided it and ' +
          'which chain it follows. Where the trail is there, nothing changes.',
      );
    withSharedOptions(command).action(async () => {
      const options = command.optsWithGlobals<KeepOptions>();
      const { openTrailAnew } = await import('../../../app/index.ts');
      const opened = await openTrailAnew(loadOptionsFrom(options), user());
      const work = async ({ log: { origin } }: EmbeddedAudit): Promise<Changed> => ({
        text: `The trail is the chain ${origin}.`,
        origin,
      });
      await changeOpened(opened, { options, terminal: context.terminal, work });
    });
  },
};

interface Changed {
  /** What a person is told. */
  readonly text: string;
  readonly [fact: string]: unknown;
}

async function change(
  options: SharedOptions,
  { terminal }: CommandContext,
  work: (audit: EmbeddedAudit, by: AuditActor) => Promise<Changed>,
): Promise<void> {
  const { openTrailToKeep } = await import('../../../app/index.ts');
  await changeOpened(await openTrailToKeep(loadOptionsFrom(options)), { options, terminal, work });
}

function user(): AuditActor {
  const { id, kind, authenticated } = osUser();
  return { id, kind, authenticated };
}

async function changeOpened(
  opened: EmbeddedAudit,
  {
    options,
    terminal,
    work,
  }: Pick<CommandContext, 'terminal'> & {
    readonly options: SharedOptions;
    readonly work: (audit: EmbeddedAudit, by: AuditActor) => Promise<Changed>;
  },
): Promise<void> {
  try {
    const { text, ...facts } = await work(opened, user());
    terminal.out(options.json === true ? JSON.stringify(facts) : text);
  } finally {
    await opened[Symbol.asyncDispose]();
  }
}

function instantFrom(text: string): string {
  const at = /^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isFinite(at)) return new Date(at).toISOString();
  throw new UsageError(`"${text}" is no date.`, 'Write it as 2026-01-31 or 2026-01-31T12:00:00Z.');
}
