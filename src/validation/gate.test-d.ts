import { z } from 'zod';

import { askOn, defineCheck, defineGate, type Gate } from './index.ts';

const says = { message: 'No.', remedy: 'Mend it.', evaluate: () => true };
const onInput = defineCheck({ id: 'a', reads: z.object({ input: z.string() }), ...says });
const onRun = defineCheck({ id: 'b', reads: z.object({ run: z.number() }), ...says });

interface Both {
  readonly input: string;
  readonly run: number;
}

// A gate needs what its checks need together, however different that is.
const gate = defineGate({ checks: [onInput, askOn(onRun)] });
export const enough: Gate<Both> = gate;
// @ts-expect-error -- `run` is not there.
export const tooLittle: Gate<Pick<Both, 'input'>> = gate;

// So does an approval.
const approved = defineGate({
  checks: [onInput],
  approval: { subject: (facts: { run: number }) => facts.run, roles: [], validForMs: 1 },
});
export const alsoEnough: Gate<Both> = approved;
// @ts-expect-error -- what is to be approved is not there.
export const alsoTooLittle: Gate<Pick<Both, 'input'>> = approved;
