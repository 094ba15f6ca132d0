import type { Attack } from './attack.ts';
import { ASYNC } from './attacks/async.ts';
import { BOMBS } from './attacks/bombs.ts';
import { CONSTRUCTORS } from './attacks/constructors.ts';
import { ERRORS } from './attacks/errors.ts';
import { HOST } from './attacks/host.ts';
import { JSON_VALUES } from './attacks/json.ts';
import { MODULES } from './attacks/modules.ts';
import { PROTOTYPES } from './attacks/prototypes.ts';

/** Every attack, by what it attacks with. */
export const GROUPS: Readonly<Record<string, readonly Attack[]>> = {
  constructors: CONSTRUCTORS,
  prototypes: PROTOTYPES,
  async: ASYNC,
  errors: ERRORS,
  modules: MODULES,
  bombs: BOMBS,
  json: JSON_VALUES,
  host: HOST,
};
