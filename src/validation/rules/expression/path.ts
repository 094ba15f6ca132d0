/** A step into facts: a field of an object or a place in a list. */
export type Step = string | number;

/** A fact that can be named without evaluating anything. */
export interface StaticPath {
  readonly root: 'facts' | 'item';
  readonly steps: readonly Step[];
  /** As it is shown: `input.lines[].price`. */
  readonly text: string;
}

/** The path one step further. */
export function stepInto({ root, steps, text }: StaticPath, step: Step): StaticPath {
  const suffix = typeof step === 'number' ? `[${step}]` : text === '' ? step : `.${step}`;
  return { root, steps: [...steps, step], text: `${text}${suffix}` };
}

/** Gives what stands at the end of `steps`; undefined where a step is missing. Inherited members are missing. */
export function walk(root: unknown, steps: readonly Step[]): unknown {
  let value = root;
  for (let index = 0; index < steps.length; index += 1) {
    const step = steps[index];
    if (step === undefined || typeof value !== 'object' || value === null) return undefined;
    if (Array.isArray(value) !== (typeof step === 'number')) return undefined;
    if (!Object.hasOwn(value, step)) return undefined;
    value = (value as Readonly<Record<Step, unknown>>)[step];
  }
  return value;
}
