import { z } from 'zod';

import type { Check } from '../validation/index.ts';
import {
  InvalidDefinitionError,
  type PlanCatalogue,
  type PlanSettings,
} from '../workflow/index.ts';
import { InvalidTradeError } from './errors.ts';
import type { TradeRules } from './trade-rules.ts';
import type { TradeDefinition } from './trade.ts';

/**
 * Gives what a trade's plans and those of templates may name: its agents and checks, which take no settings, and its rules, which
 * take thresholds. Settings that mean nothing are refused: whoever wrote them believes that they hold.
 */
export function tradeCatalogue<Input, Facts>(
  { input, phases, besides = [], checks = [] }: TradeDefinition<Input, Facts>,
  rules: TradeRules,
): PlanCatalogue<unknown> {
  const agents = [...phases, ...besides].map(({ agent, make }) => {
    const planned: PlanCatalogue<unknown>['phases'][string] = (place, settings) => {
      demandOnly([], settings, `phase "${place.id}", agent "${agent}"`);
      return make(place);
    };
    return [agent, planned] as const;
  });
  const own = checks.map((check) => {
    const planned = (settings: PlanSettings): Check => {
      demandOnly([], settings, `check "${check.id}"`);
      return check;
    };
    return [check.id, planned] as const;
  });
  // The pack is compiled when a workflow is made of it; the names of its rules are known before.
  const ruled = rules.ids.map((rule) => {
    const id = `${rules.id}.${rule}`;
    const planned = (settings: PlanSettings): Check =>
      checkNamed(rules, thresholdsOf(rules, settings, id), id);
    return [id, planned] as const;
  });
  return {
    input,
    phases: Object.fromEntries(agents),
    checks: Object.fromEntries([...own, ...ruled]),
  };
}

const Thresholds = z.record(z.string(), z.number().min(0));

function thresholdsOf(
  { parameters }: TradeRules,
  settings: PlanSettings,
  check: string,
): Readonly<Record<string, number>> {
  const names = Object.keys(parameters);
  demandOnly(names, settings, `check "${check}"`);
  const parsed = Thresholds.safeParse(settings);
  if (parsed.success) return parsed.data;
  throw new InvalidDefinitionError(
    `check "${check}", settings`,
    `a number from 0 for each of ${names.join(', ')}`,
  );
}

function demandOnly(names: readonly string[], settings: PlanSettings, place: string): void {
  const stray = Object.keys(settings).find((name) => !names.includes(name));
  if (stray === undefined) return;
  const expected = names.length === 0 ? 'no settings' : `some of the settings ${names.join(', ')}`;
  throw new InvalidDefinitionError(place, `${expected}, found "${stray}"`);
}

function checkNamed(
  rules: TradeRules,
  thresholds: Readonly<Record<string, number>>,
  id: string,
): Check {
  const found = rules.load(thresholds).rules.find(({ check }) => check.id === id);
  if (found === undefined) throw new InvalidTradeError(rules.id, 'rules.json', `no rule "${id}"`);
  return found.check;
}
