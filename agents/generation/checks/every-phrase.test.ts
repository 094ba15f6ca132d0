import { expect, test } from 'vitest';

import { bicycles, savings } from '../fixtures/campaigns.ts';
import { judge, withFirst, written } from '../fixtures/judge.ts';
import { fill, phrasesOf, subjectOf } from '../language/phrases.ts';
import { claimsTraced } from './claims-traced.ts';
import { deliverableChecks } from '../deliverable-checks.ts';

const languages = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt'] as const;
const purposes = ['announce', 'explain', 'remind', 'last-call', 'follow-up'] as const;
const TOLD = 'Lamas 89 €.';

test.each(
  languages.flatMap((language) =>
    (['formal', 'friendly'] as const).map((register) => [language, register] as const),
  ),
)(
  'a fact inside any phrase in %s, %s, is traced; other words in it are not',
  (language, register) => {
    const artifacts = written(bicycles());
    const { offer } = artifacts.requirements;
    if (offer === null) throw new Error('Expected an offer.');
    const requirements = {
      ...artifacts.requirements,
      language,
      offer: { ...offer, text: `Alpacas 59,90 €. ${TOLD}` },
    };
    const judgeClaim = (text: string) =>
      judge(
        claimsTraced,
        withFirst({ ...artifacts, requirements }, () => ({
          claims: [{ text, traces: [offer.id] }],
        })),
      );
    const { offer: around, note, date } = phrasesOf(language, register);
    const frames = [around, note, date].map((phrase) => phrase.replace('{text}', '{topic}'));
    for (const frame of [...frames, ...purposes.map((purpose) => subjectOf(language, purpose))]) {
      const said = fill(frame, { topic: TOLD });
      expect([said, JSON.stringify(judgeClaim(said))]).toEqual([
        said,
        expect.not.stringContaining('wording'),
      ]);
      const untold = fill(frame, { topic: 'Umsonst Fliegen Dauernd' });
      expect([untold, JSON.stringify(judgeClaim(untold))]).toEqual([
        untold,
        expect.stringContaining('wording'),
      ]);
    }
  },
);

test.each(['Per Du, locker, nicht albern.', 'Förmlich, mit Sie.'])(
  'an offer of two sentences is told in the tone %j and passes every check',
  (text) => {
    const fixture = savings();
    const { offer, tone } = fixture.requirements;
    if (offer === null) throw new Error('Expected an offer.');
    const { strategy } = fixture.confirmation;
    const artifacts = written({
      requirements: {
        ...fixture.requirements,
        offer: { ...offer, text: 'Inspektion für 59,90 € statt 79,90 €. Für Lastenräder 89 €.' },
        tone: tone === null ? null : { ...tone, text },
      },
      confirmation: {
        ...fixture.confirmation,
        strategy: { ...strategy, tone: { ...strategy.tone, text } },
      },
    });
    for (const check of deliverableChecks)
      expect([check.id, judge(check, artifacts)]).toMatchObject([check.id, { outcome: 'pass' }]);
  },
);
