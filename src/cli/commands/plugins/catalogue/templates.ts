import type { TemplateEntry } from '../../../../app/index.ts';
import type { WorkflowPlan } from '../../../../state/index.ts';
import {
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../../command-context.ts';
import { hanging } from '../../../rendering/hanging.ts';
import { plainLine, plainText } from '../../../rendering/plain-text.ts';
import { table } from '../../../rendering/table.ts';
import { quoted } from '../../../session/next-commands.ts';
import { objectOrFile } from '../json-option.ts';
import { tell, withPlugins, withRecords } from '../with-plugins.ts';

interface TemplatesOptions extends SharedOptions {
  readonly industry?: string;
  readonly search?: string;
  readonly parameters?: string;
  readonly agents?: boolean;
}

/** `phasegate plugins templates [ID]`: the catalogue of workflow templates, and what one of them makes. */
export const templatesCommand: CliCommand = {
  register: (plugins, context) => {
    const command = plugins
      .command('templates')
      .summary('list workflow templates, and preview what one makes')
      .description(
        'Without an id, lists the templates of the registry and those that come with Phasegate. With one, shows its parameters; ' +
          'with --parameters as well, the workflow that they make: its phases, transitions, checks and approvals, or with --json ' +
          'the plan that workflowFrom of phasegate/workflow makes runnable. "phasegate run" runs it. --agents lists the agents and ' +
          'checks that come with Phasegate, which the workflow of a template may name.',
      )
      .argument('[template]', 'id of an active template')
      .option('--parameters <json>', 'JSON, or the path of a file that holds it')
      .option('--agents', 'list what templates may name: agents and checks, by trade')
      .option('--industry <name>', 'made for an industry')
      .option('--search <text>', 'with the text in id, title or description');
    withSharedOptions(command).action((template: string | undefined) => {
      const options = command.optsWithGlobals<TemplatesOptions>();
      if (options.agents === true) return listAgents(options, context);
      return template === undefined ? list(options, context) : show(template, options, context);
    });
  },
};

async function list(
  options: TemplatesOptions,
  { terminal, program }: CommandContext,
): Promise<void> {
  const { templateCatalogue } = await import('../../../../app/index.ts');
  const all = await withRecords(options, templateCatalogue);
  const found = all.filter((entry) => fits(entry, options));
  if (options.json === true) return terminal.out(JSON.stringify({ templates: found }));
  if (found.length === 0) return terminal.out('No template fits.');
  const { paint, width } = terminal;
  const rows = found.map(({ id, version, state, title }) => [
    plainLine(id),
    version,
    state === 'active' ? paint.good(state) : paint.attention(state),
    plainLine(title),
  ]);
  const heads = ['template', 'version', 'state', 'title'];
  terminal.out(table(heads, rows, { width, whole: [0, 1], head: paint.dim, rule: paint.dim }));
  const [addable] = found.filter(({ state }) => state === 'built-in');
  if (addable !== undefined) tell(terminal, '', `${program} plugins add ${addable.id} --built-in`);
}

async function listAgents({ json }: TemplatesOptions, { terminal }: CommandContext): Promise<void> {
  const { SHIPPED_AGENTS } = await import('../../../../app/index.ts');
  const catalogues = SHIPPED_AGENTS.map(({ id, agents, checks }) => ({ id, agents, checks }));
  if (json === true) return terminal.out(JSON.stringify({ catalogues }));
  for (const { id, agents, checks } of catalogues) {
    terminal.out(terminal.paint.bold(id));
    terminal.out(hanging('  agents  ', agents.join(', '), terminal.width));
    terminal.out(hanging('  checks  ', checks.join(', '), terminal.width));
  }
}

function fits(
  { id, title, description, industries }: TemplateEntry,
  { industry, search }: TemplatesOptions,
): boolean {
  const said = [id, title, description].join('\n').toLowerCase();
  return (
    (industry === undefined || industries.includes(industry)) &&
    (search === undefined || said.includes(search.toLowerCase()))
  );
}

async function show(
  id: string,
  options: TemplatesOptions,
  { terminal, signal, program }: CommandContext,
): Promise<void> {
  const { describeTemplate, planOfTemplate } = await import('../../../../app/index.ts');
  const given = options.parameters;
  const parameters = given === undefined ? undefined : await objectOrFile('--parameters', given);
  const shown = await withPlugins(options, async ({ plugins, operator: caller }) => {
    const order = { id, caller, signal };
    return parameters === undefined
      ? { template: await describeTemplate(plugins, order) }
      : { plan: await planOfTemplate(plugins, order, parameters) };
  });
  if (options.json === true) return terminal.out(JSON.stringify(shown));
  if ('plan' in shown) {
    terminal.out(plainText(describePlan(shown.plan)));
    const words = ['run', id, '--parameters', given ?? '', '--input', 'FILE'];
    return tell(terminal, '', [program, ...words.map(quoted)].join(' '));
  }
  const { version, parameters: schema } = shown.template;
  terminal.out(plainLine(`${id}@${version} takes`));
  terminal.out(plainText(JSON.stringify(schema, null, 2)));
  tell(terminal, '', `${program} plugins templates ${id} --parameters JSON`);
}

function describePlan({ id, title, version, phases, transitions }: WorkflowPlan): string {
  const lines = [`${plainLine(title)} (${id}, version ${version})`, 'Phases:'];
  for (const phase of phases) lines.push(`  ${phase.id}: ${phase.agent}`);
  lines.push('Transitions:');
  for (const { from, to, checks, approval } of transitions) {
    const asked = checks.map(({ check, onFailure = 'deny' }) => `${check} (${onFailure})`);
    const roles = approval === undefined ? [] : [...approval.roles];
    const by = roles.length === 0 ? 'anybody' : roles.join(', ');
    const approved = approval === undefined ? [] : [`approved by ${by}`];
    lines.push(`  ${from} → ${to}: ${[...asked, ...approved].join('; ') || 'nothing is asked'}`);
  }
  return lines.join('\n');
}
