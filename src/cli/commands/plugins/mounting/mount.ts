import type { MountReport } from '../../../../app/index.ts';
import type { McpServerPlace } from '../../../../plugins/index.ts';
import {
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../../command-context.ts';
import { UsageError } from '../../../errors.ts';
import { EXIT } from '../../../exit-codes.ts';
import { plainLine } from '../../../rendering/plain-text.ts';
import { tell, versionJson, withPlugins } from '../with-plugins.ts';

interface MountOptions extends SharedOptions {
  readonly command?: string;
  readonly arg?: readonly string[];
  readonly env?: readonly string[];
  readonly url?: string;
  readonly secret?: string;
  readonly reads?: readonly string[];
  readonly only?: readonly string[];
}

/** `phasegate plugins mount ID`: the tools of an MCP server, as a plugin that a person approves. */
export const mountCommand: CliCommand = {
  register: (plugins, context) => {
    const command = plugins
      .command('mount')
      .summary('mount the tools of an MCP server, or see what changed')
      .description(
        'Asks an MCP server for its tools and writes them down as a plugin that waits for a person. Names, descriptions, schemas ' +
          'and annotations are pinned: a tool that is not as it was approved is not called, the others are. Without --command or ' +
          '--url, looks again at the server that is mounted, says what changed, and makes the version to approve. Programs and ' +
          'hosts have to stand in [plugins.policy]. Ends with 3 when a person has to approve it, 0 when nothing changed.',
      )
      .argument('<id>', 'id for the plugin, such as acme.files')
      .option('--command <name>', 'name of the program of a server on standard input and output')
      .option('--arg <value>', 'an argument for it; may be given again', collect)
      .option('--env <name>', 'a variable that it gets; may be given again', collect)
      .option('--url <url>', 'address of a server over streamable HTTP')
      .option('--secret <handle>', 'handle of the secret that it is shown as a bearer token')
      .option(
        '--reads <tool>',
        'a tool that changes nothing, and needs no consent for each call; may be given again',
        collect,
      )
      .option(
        '--only <tool>',
        'mount this tool, and no other one that is not named; may be given again',
        collect,
      );
    withSharedOptions(command).action(async (id: string) => {
      const options = command.optsWithGlobals<MountOptions>();
      const { mountServer } = await import('../../../../app/index.ts');
      const server = await serverFrom(options);
      const { reads, only } = options;
      const report = await withPlugins(options, ({ plugins: opened, operator }) =>
        mountServer(opened, { id, server, reads, only, caller: operator }),
      );
      tellReport(report, options, context);
    });
  },
};

function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}

async function serverFrom(options: MountOptions): Promise<McpServerPlace | undefined> {
  const { command, url } = options;
  if (command !== undefined && url !== undefined)
    throw new UsageError('A server has a program or an address.', 'Give --command or --url.');
  if (command === undefined && url === undefined) return undefined;
  const { McpServerPlace: Place } = await import('../../../../plugins/index.ts');
  const parsed = Place.safeParse(placeFrom(options));
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new UsageError(
    `The server cannot be reached so: ${paths.join('; ')}.`,
    'Give --command the name of a program, or --url an http or https address.',
  );
}

function placeFrom({ command, arg = [], env = [], url, secret }: MountOptions): object {
  if (command !== undefined) return { transport: 'stdio', command, args: arg, env };
  return { transport: 'http', url, ...(secret === undefined ? {} : { secret }) };
}

function tellReport(
  { version, drift, concerns, isSame }: MountReport,
  { json }: SharedOptions,
  { terminal, program, end }: CommandContext,
): void {
  const { id, state } = version;
  const isWaiting = state === 'pending-approval';
  end(isWaiting ? EXIT.waiting : state === 'rejected' ? EXIT.blocked : EXIT.completed);
  if (json === true)
    return terminal.out(
      JSON.stringify({ ...versionJson(version), drift, concerns, unchanged: isSame }),
    );
  const { paint } = terminal;
  const named = `${id}@${version.version}`;
  const { operations } = version.manifest.contributes;
  for (const { tool, change, parts } of drift)
    terminal.out(
      `  ${paint.attention(change.padEnd(7))} ${plainLine(tool)}${parts.length === 0 ? '' : ` (${parts.join(', ')})`}`,
    );
  for (const { tool, rule, refuses } of concerns)
    terminal.out(`  ${paint.bad(rule)} ${plainLine(tool)}${refuses ? ': it is left out' : ''}`);
  const text = isSame
    ? `${paint.bold(plainLine(named))} is ${state}: its ${operations.length} tools are as they were.`
    : `${paint.bold(plainLine(named))} is ${state}: ${operations.length} tools.`;
  const next = isWaiting
    ? `${program} plugins show ${named}, then ${program} plugins approve ${named} and ${program} plugins enable ${named}`
    : undefined;
  tell(terminal, text, next);
}
