import type { Requirements } from '../../requirements/artifact.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { nl } from './nl.ts';
import type { Phrases } from './phrases.ts';
import { pt } from './pt.ts';

/** The connecting words of a plan, for every language that a brief may have. */
export const phrasesByLanguage: Readonly<Record<Requirements['language'], Phrases>> = {
  en,
  de,
  fr,
  es,
  it,
  nl,
  pt,
};
