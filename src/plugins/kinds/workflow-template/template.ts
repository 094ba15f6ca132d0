import { z } from 'zod';

import { COMPLETED, WorkflowPlan } from '../../../state/index.ts';
import { InvalidTemplateError } from '../../errors/index.ts';

/** The plan of a template: any text in it may hold `{{ parameter }}`. */
const Phase = z.strictObject({
  id: z.string(),
  agent: z.string(),
  settings: z.record(z.string(), z.json()).optional(),
  maxAttempts: z.union([z.int(), z.string()]).optional(),
  timeoutMs: z.union([z.int(), z.string()]).optional(),
  /** Phases of a base go before those that are added, but for one that names the phase it follows. */
  after: z.string().optional(),
});
const Transition = z.strictObject({
  from: z.string(),
  to: z.string(),
  name: z.string().optional(),
  when: z
    .strictObject({ check: z.string(), settings: z.record(z.string(), z.json()).optional() })
    .optional(),
  checks: z.array(
    z.strictObject({
      check: z.string(),
      settings: z.record(z.string(), z.json()).optional(),
      onFailure: z.enum(['deny', 'ask', 'revise', 'warn', 'audit']).optional(),
      to: z.string().optional(),
    }),
  ),
  approval: z
    .strictObject({
      phase: z.string(),
      member: z.string().optional(),
      roles: z.union([z.array(z.string()), z.string()]),
      validForMs: z.union([z.int(), z.string()]),
    })
    .optional(),
});

/** A template as `describe` gives it. */
export const TemplateDocument = z.strictObject({
  /** The plugin's id. */
  id: z.string(),
  version: z.string(),
  title: z.string(),
  description: z.string(),
  /** JSON Schema of an object; `default` fills in what is not given. */
  parameters: z.record(z.string(), z.json()),
  /** The template that this one changes, by plugin id. */
  extends: z.string().optional(),
  workflow: z.strictObject({ id: z.string(), title: z.string(), version: z.int() }),
  phases: z.array(Phase),
  transitions: z.array(Transition),
  /** Transitions of the base that do not hold any more. */
  without: z.array(z.strictObject({ from: z.string(), to: z.string() })).optional(),
});
export type TemplateDocument = z.infer<typeof TemplateDocument>;

/** A template that extends another is laid over it: what has the same place replaces, the rest is added. */
export function inherit(base: TemplateDocument, template: TemplateDocument): TemplateDocument {
  const { without = [] } = template;
  for (const gone of without)
    if (!base.transitions.some((known) => samePlace(known, gone)))
      throw new InvalidTemplateError(
        template.id,
        'without',
        `"${base.id}" has no transition from "${gone.from}" to "${gone.to}"`,
      );
  const kept = base.transitions.filter(
    (known) => ![...without, ...template.transitions].some((other) => samePlace(known, other)),
  );
  return {
    ...template,
    parameters: inheritParameters(base.parameters, template.parameters),
    phases: inheritPhases(base, template),
    transitions: [...kept, ...template.transitions],
  };
}

/** Gives the plan that a template makes with parameters that fit. @throws {@link InvalidTemplateError}. */
export function fillIn(
  template: TemplateDocument,
  parameters: Readonly<Record<string, z.core.util.JSONType>>,
): WorkflowPlan {
  const phases = template.phases.map(({ after: _after, ...phase }) => phase);
  const { workflow, transitions } = template;
  const plan = WorkflowPlan.safeParse(
    substituted({ ...workflow, phases, transitions }, parameters, template.id),
  );
  if (!plan.success) {
    const [issue] = plan.error.issues;
    const place = issue?.path.join('.') ?? '';
    throw new InvalidTemplateError(template.id, place, issue?.message ?? 'it makes no plan');
  }
  demandPlaces(plan.data, template.id);
  return plan.data;
}

/** Every place that a plan names is one of its phases, and a failure that revises names where to. */
function demandPlaces({ phases, transitions }: WorkflowPlan, template: string): void {
  const ids = phases.map(({ id }) => id);
  const demand = (place: string, name: string): void => {
    if (!ids.includes(name))
      throw new InvalidTemplateError(template, place, `there is no phase "${name}"`);
  };
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined)
    throw new InvalidTemplateError(template, 'phases', `"${twice}" is there twice`);
  for (const [index, { from, to, checks, approval }] of transitions.entries()) {
    const place = `transitions.${index}`;
    demand(`${place}.from`, from);
    if (to !== COMPLETED) demand(`${place}.to`, to);
    if (approval !== undefined) demand(`${place}.approval.phase`, approval.phase);
    for (const check of checks)
      if (check.onFailure === 'revise') demand(`${place}.checks`, check.to ?? '');
  }
}

function inheritPhases(
  base: TemplateDocument,
  template: TemplateDocument,
): TemplateDocument['phases'] {
  const phases = base.phases.map((phase) => {
    const other = template.phases.find(({ id }) => id === phase.id);
    if (other === undefined) return phase;
    return { ...phase, ...other, settings: { ...phase.settings, ...other.settings } };
  });
  for (const phase of template.phases) {
    if (base.phases.some(({ id }) => id === phase.id)) continue;
    const { after } = phase;
    const at = after === undefined ? phases.length : phases.findIndex(({ id }) => id === after) + 1;
    if (at === 0)
      throw new InvalidTemplateError(template.id, 'phases', `there is no phase "${after}"`);
    phases.splice(at, 0, phase);
  }
  return phases;
}

type JsonObject = TemplateDocument['parameters'];

function inheritParameters(base: JsonObject, own: JsonObject): JsonObject {
  const required = [...new Set([...listOf(base['required']), ...listOf(own['required'])])];
  const properties = { ...objectOf(base['properties']), ...objectOf(own['properties']) };
  return { ...base, ...own, properties, ...(required.length > 0 ? { required } : {}) };
}

function samePlace(
  one: { readonly from: string; readonly to: string },
  other: { readonly from: string; readonly to: string },
): boolean {
  return one.from === other.from && one.to === other.to;
}

const PLACEHOLDER = /\{\{\s*([A-Za-z][A-Za-z0-9_]*)\s*\}\}/g;
const ALONE = /^\{\{\s*([A-Za-z][A-Za-z0-9_]*)\s*\}\}$/;

/** A text that is one placeholder becomes the parameter itself; in other text it becomes its text. Nothing is filled in twice. */
function substituted(value: unknown, parameters: Readonly<JsonObject>, template: string): unknown {
  if (typeof value === 'string') return substitutedText(value, parameters, template);
  if (Array.isArray(value)) return value.map((item) => substituted(item, parameters, template));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries.map(([name, member]) => [name, substituted(member, parameters, template)]),
  );
}

function substitutedText(
  text: string,
  parameters: Readonly<JsonObject>,
  template: string,
): unknown {
  const valueOf = (name: string): unknown => {
    if (Object.hasOwn(parameters, name)) return parameters[name];
    throw new InvalidTemplateError(template, `{{${name}}}`, 'there is no such parameter');
  };
  const alone = ALONE.exec(text)?.[1];
  if (alone !== undefined) return valueOf(alone);
  return text.replaceAll(PLACEHOLDER, (_whole, name: string) => {
    const value = valueOf(name);
    if (typeof value === 'object' && value !== null)
      throw new InvalidTemplateError(template, `{{${name}}}`, 'only a plain value fits into text');
    return String(value);
  });
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function objectOf(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : {};
}
