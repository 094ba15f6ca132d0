import { withSharedOptions, type CliCommand, type SharedOptions } from '../../command-context.ts';
import { UsageError } from '../../errors.ts';
import { plainLine } from '../../rendering/plain-text.ts';
import { withPlugins } from './with-plugins.ts';

/** `phasegate plugins grant ROLE ID [OPERATION]`: the holders of a role may call it. */
export const grantCommand = rightsCommand({
  name: 'grant',
  summary: 'let the holders of a role call a plugin',
  description:
    'Lets the holders of a role call one operation, or all, with what was granted to the version in use. From the next call on, ' +
    'in every process. An upgrade does not widen it: grant again.',
  isGrant: true,
});

/** `phasegate plugins revoke ROLE ID [OPERATION]`: they may no longer. */
export const revokeCommand = rightsCommand({
  name: 'revoke',
  summary: 'take back what "plugins grant" gave',
  description: 'Takes effect on the next call, in every process.',
  isGrant: false,
});

interface Rights {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly isGrant: boolean;
}

function rightsCommand({ name, summary, description, isGrant }: Rights): CliCommand {
  return {
    register: (plugins, { terminal }) => {
      const command = plugins
        .command(name)
        .summary(summary)
        .description(description)
        .argument('<role>', 'name of the role')
        .argument('<plugin>', 'id of the plugin')
        .argument('[operation]', 'name of an operation; every one unless told');
      withSharedOptions(command).action(
        async (role: string, plugin: string, operation: string | undefined) => {
          const options = command.optsWithGlobals<SharedOptions>();
          if (!/^[\w.@-]{1,64}$/.test(role))
            throw new UsageError(
              `"${plainLine(role)}" is no role.`,
              'Use letters, digits and . _ - @',
            );
          const rights = { role, plugin, operation: operation ?? '*' };
          const changed = await change(rights, isGrant, options);
          if (options.json === true) {
            terminal.out(JSON.stringify({ ...rights, granted: isGrant, changed }));
            return;
          }
          const what = operation === undefined ? 'all operations' : `"${plainLine(operation)}"`;
          const may = isGrant ? 'may call' : 'may no longer call';
          terminal.out(
            changed
              ? `The role "${role}" ${may} ${what} of ${plainLine(plugin)}.`
              : `The role "${role}" had no such right.`,
          );
        },
      );
    },
  };
}

interface Named {
  readonly role: string;
  readonly plugin: string;
  readonly operation: string;
}

async function change(rights: Named, isGrant: boolean, options: SharedOptions): Promise<boolean> {
  const { chooseVersion, grantRights, revokeRights } = await import('../../../app/index.ts');
  return await withPlugins(options, async ({ plugins, operator: caller }) => {
    if (!isGrant) return await revokeRights(plugins, { ...rights, caller });
    const version = await chooseVersion(plugins.database, rights.plugin);
    const { operations } = version.manifest.contributes;
    if (rights.operation !== '*' && operations.every(({ name }) => name !== rights.operation)) {
      const { UnknownOperationError } = await import('../../../plugins/index.ts');
      throw new UnknownOperationError(rights.plugin, rights.operation);
    }
    await grantRights(plugins, { ...rights, caller }, version);
    return true;
  });
}
