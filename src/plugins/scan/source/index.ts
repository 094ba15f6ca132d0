export { collectFacts } from './collect-facts.ts';
export type { Fact, FactKind, FactOf } from './facts.ts';
export { createParser, type Parse, type ParseFailure } from './parse-source.ts';
export { onlyText, type Value } from './evaluation/values.ts';
