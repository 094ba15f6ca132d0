import type { JsonValue } from '../../../kernel/index.ts';
import {
  instantiateTemplate,
  TemplateDocument,
  versionsOf,
  type Caller,
  type PluginPackage,
  type PluginTables,
  type PluginVersion,
} from '../../../plugins/index.ts';
import type { WorkflowPlan } from '../../../state/index.ts';
import type { RecordsDatabase } from '../../../storage/index.ts';
import { builtInPlugins } from '../built-in-plugins.ts';
import type { AppPlugins } from '../open-plugins-of.ts';

/** A template that can be chosen. */
export interface TemplateEntry {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly description: string;
  readonly industries: readonly string[];
  /** Its state in the registry; `built-in` for one that comes with Phasegate and was not added. */
  readonly state: PluginVersion['state'] | 'built-in';
}

/** Gives every template: those of the registry, and those that could be added by `--built-in`. */
export async function templateCatalogue({
  reader,
}: Pick<RecordsDatabase<PluginTables>, 'reader'>): Promise<readonly TemplateEntry[]> {
  const isTemplate = ({ manifest }: Pick<PluginPackage, 'manifest'>): boolean =>
    manifest.kind === 'workflow-template';
  const versions = (await versionsOf(reader)).filter(isTemplate);
  const known = new Set(versions.map(({ digest }) => digest));
  const others = builtInPlugins().filter((each) => isTemplate(each) && !known.has(each.digest));
  return [
    ...versions.map((version) => entryOf(version, version.state)),
    ...others.map((plugin) => entryOf(plugin, 'built-in')),
  ];
}

function entryOf(
  { manifest }: Pick<PluginPackage, 'manifest'>,
  state: TemplateEntry['state'],
): TemplateEntry {
  const { id, version, title, description = '', industries = [] } = manifest;
  return { id, version, title, description, industries, state };
}

/** What is asked of a template. */
export interface TemplateOrder {
  readonly id: string;
  readonly caller: Caller;
  readonly signal?: AbortSignal;
}

/** Asks an active template what it is and which parameters it takes. @throws PLUGINS_*. */
export async function describeTemplate(
  { executor }: AppPlugins,
  { id, ...call }: TemplateOrder,
): Promise<Pick<TemplateDocument, 'id' | 'version' | 'parameters'>> {
  const { output } = await executor.execute({
    ...call,
    plugin: id,
    operation: 'describe',
    input: {},
  });
  return Described.parse(output);
}

const Described = TemplateDocument.pick({ id: true, version: true, parameters: true }).loose();

/** Makes the plan that an active template gives for parameters. @throws PLUGINS_*. */
export async function planOfTemplate(
  { executor }: AppPlugins,
  { id, ...call }: TemplateOrder,
  parameters: Readonly<Record<string, JsonValue>>,
): Promise<WorkflowPlan> {
  return await instantiateTemplate(executor, { ...call, plugin: id, parameters });
}
