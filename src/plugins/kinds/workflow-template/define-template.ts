import { z } from 'zod';

import { frozenJson, type JsonValue } from '../../../kernel/index.ts';
import { WorkflowPlan } from '../../../state/index.ts';
import {
  definePlugin,
  type PluginDefinition,
  type PluginHost,
  type PluginPackage,
} from '../../contract/index.ts';
import { InvalidTemplateError } from '../../errors/index.ts';
import { compileSchema } from '../../executor/compile-schemas.ts';
import { pureOperation } from '../operation.ts';
import { isObject, propertiesOf } from '../schema-shape.ts';
import { fillIn, inherit, TemplateDocument } from './template.ts';

/** What `preview` and `instantiate` take. */
export const TemplateOrder = z.strictObject({
  parameters: z.record(z.string(), z.json()),
  /** The version of the template that is meant; another one is refused. */
  version: z.string().optional(),
});
const Preview = z.strictObject({
  title: z.string(),
  /** The phases, in order, and the ways between them. */
  steps: z.array(z.string()),
  gates: z.array(z.string()),
  plan: WorkflowPlan,
});
const Instance = z.strictObject({
  template: z.strictObject({ id: z.string(), version: z.string() }),
  plan: WorkflowPlan,
});

/** What {@link defineTemplate} takes: the template, and the manifest's keys that are its own. */
export interface TemplateDefinition extends Pick<
  PluginDefinition['manifest'],
  'publisher' | 'engines' | 'requires' | 'industries' | 'standards'
> {
  readonly template: z.input<typeof TemplateDocument>;
  /** Parameters to show and try the template with. */
  readonly example: Readonly<Record<string, JsonValue>>;
}

/**
 * Makes a plugin of a template. One that extends another asks that plugin for its template with each call, so that it follows
 * the version which is active.
 *
 * @throws PLUGINS_INVALID_MANIFEST, PLUGINS_INVALID_TEMPLATE.
 */
export function defineTemplate(definition: TemplateDefinition): PluginPackage {
  const { template: given, example, ...keys } = definition;
  const template = TemplateDocument.parse(given);
  const base = template.extends;
  const order = { parameters: example };
  return definePlugin({
    manifest: {
      ...keys,
      id: template.id,
      version: template.version,
      kind: 'workflow-template',
      title: template.title,
      description: template.description,
      permissions: base === undefined ? {} : { tools: { names: [`${base}/describe`] } },
      contributes: {
        operations: [
          pureOperation('describe', 'Gives the template, its version and its parameters.', {
            input: z.strictObject({}),
            output: TemplateDocument,
            examples: [{}],
          }),
          pureOperation('preview', 'Shows the workflow that the parameters would make.', {
            input: TemplateOrder,
            output: Preview,
            examples: [order],
          }),
          pureOperation('instantiate', 'Makes a workflow plan with the parameters.', {
            input: TemplateOrder,
            output: Instance,
            examples: [order],
          }),
        ],
      },
    },
    execute: async (operation, input, host) => {
      const whole = await resolved(template, host);
      if (operation === 'describe') return frozenJson(whole);
      const plan = planOf(whole, TemplateOrder.parse(input));
      return operation === 'preview' ? preview(whole, plan) : instance(whole, plan);
    },
  });
}

async function resolved(template: TemplateDocument, host: PluginHost): Promise<TemplateDocument> {
  if (template.extends === undefined) return template;
  // The base answers with what it has inherited itself.
  const base = TemplateDocument.parse(await host.callTool(`${template.extends}/describe`, {}));
  const { extends: _resolved, ...whole } = inherit(base, template);
  return whole;
}

/**
 * Makes the plan that a template's `instantiate` gives, in the process and without a plugin. For a template that extends no
 * other one.
 *
 * @param parameters - As the template describes them; what is left out has its default.
 * @throws {@link InvalidTemplateError}; PLUGINS_SCHEMA_MISMATCH for parameters that do not fit.
 */
export function planFromTemplate(
  given: z.input<typeof TemplateDocument>,
  parameters: Readonly<Record<string, JsonValue>> = {},
): WorkflowPlan {
  const template = TemplateDocument.parse(given);
  if (template.extends !== undefined)
    throw new InvalidTemplateError(template.id, 'extends', 'its base is known to plugins only');
  return planOf(template, TemplateOrder.parse({ parameters }));
}

function planOf(
  template: TemplateDocument,
  { parameters, version }: z.infer<typeof TemplateOrder>,
): WorkflowPlan {
  if (version !== undefined && version !== template.version)
    throw new InvalidTemplateError(template.id, 'version', `this is ${template.version}`);
  const filled: Record<string, z.core.util.JSONType> = { ...parameters };
  for (const [name, schema] of Object.entries(propertiesOf(template.parameters)))
    if (!Object.hasOwn(filled, name) && isObject(schema) && schema['default'] !== undefined)
      filled[name] = schema['default'] as z.core.util.JSONType;
  compileSchema(template.parameters, template.id, 'instantiate')(filled);
  return fillIn(template, filled);
}

function preview(template: TemplateDocument, plan: WorkflowPlan): JsonValue {
  const gates = plan.transitions.map(({ from, to, checks, approval }) => {
    const asked = checks.map(({ check, onFailure = 'deny' }) => `${check} (${onFailure})`);
    const roles = approval?.roles.join(' or ');
    const approved =
      approval === undefined ? [] : [`approval by ${roles === '' ? 'anyone' : roles}`];
    return `${from} -> ${to}: ${[...asked, ...approved].join(', ')}`;
  });
  const steps = plan.phases.map(({ id, agent }) => `${id} (${agent})`);
  return frozenJson({ title: template.title, steps, gates, plan });
}

function instance({ id, version }: TemplateDocument, plan: WorkflowPlan): JsonValue {
  return frozenJson({ template: { id, version }, plan });
}
