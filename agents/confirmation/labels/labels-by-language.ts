import type { Strategy } from '../../strategy/artifact.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import type { Labels } from './labels.ts';
import { nl } from './nl.ts';
import { pt } from './pt.ts';

/** The words around a plan, for every language that a plan may have. */
export const labelsByLanguage: Readonly<Record<Strategy['language'], Labels>> = {
  en,
  de,
  fr,
  es,
  it,
  nl,
  pt,
};
