// Written by npm run generate; add or remove a folder, not a line.
import { financialServicesTrade } from './financial-services/index.ts';
import { generalTrade } from './general/index.ts';
import { governmentTrade } from './government/index.ts';
import { healthcareTrade } from './healthcare/index.ts';
import { manufacturingTrade } from './manufacturing/index.ts';
import { technologyTrade } from './technology/index.ts';

/** Every member of src/industries/, by the name of its folder. */
export const industries = {
  'financial-services': financialServicesTrade,
  general: generalTrade,
  government: governmentTrade,
  healthcare: healthcareTrade,
  manufacturing: manufacturingTrade,
  technology: technologyTrade,
} as const;
