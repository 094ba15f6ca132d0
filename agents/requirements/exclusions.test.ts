import { describe, expect, test } from 'vitest';

import { readBrief } from './testing/run-requirements.ts';

const brief = (audience: string): string => `Objective: Sell beds.
${audience}
Key messages: Warm beds.
Call to action: Order at https://beds.example.com
Sender: Example Beds, 1 Example Street, Exampleton EX1 1AA, hello@beds.example.com
`;

describe('people whom the brief leaves out are no segment', () => {
  test.each([
    ['Audience:\n- Hotels\n- (not: dealers)', 'dealers'],
    ['Audience:\n- Hotels (but no dealers)', 'dealers'],
    ['Audience: Hotels. Do not contact dealers.', 'dealers'],
    ['Audience: Hotels (not dealers)', 'dealers'],
    ['Audience: Hotels. Never email dealers.', 'dealers'],
    ['Audience: Hotels, but not dealers', 'dealers'],
    ['Zielgruppe:\n- Hotels\n- bitte nicht: Händler', 'Händler'],
    ['Zielgruppe:\n- Hotels\n- (aber keine Händler)', 'Händler'],
    ['Zielgruppe: Hotels. Bitte keine Händler anschreiben.', 'Händler'],
    ['Public cible :\n- Hotels\n- (surtout pas : les revendeurs)', 'les revendeurs'],
    ['Public cible : Hotels. Ne pas contacter les revendeurs.', 'les revendeurs'],
    ['Público: Hotels. No contactar a particulares.', 'particulares'],
    ['Pubblico: Hotels. Non scrivere ai privati.', 'privati'],
    ['Doelgroep:\n- Hotels\n- (geen particulieren)', 'particulieren'],
    ['Público-alvo: Hotels. Não contactar particulares.', 'particulares'],
  ])('in %j', async (audience, left) => {
    const { audience: segments, complianceNotes, constraints } = await readBrief(brief(audience));
    expect(segments.map(({ name }) => name)).toEqual(['Hotels']);
    expect(complianceNotes.map(({ text }) => text).join()).toContain(left);
    expect(constraints.mustNotSay).toEqual([]);
  });

  test.each([
    ['Audience: Hotels. Hostels. Do not contact hostels.'],
    ['Audience: Hotels with pools. Hostels. Do not contact hostels.'],
    ['Audience:\n- Hotels\n- Hostels\n- (not: hostels)'],
  ])('and are asked about when the brief names them as one: %j', async (audience) => {
    const { questions } = await readBrief(brief(audience));
    expect(questions.map(({ path }) => path)).toEqual(['audience']);
  });

  test.each([
    ['Not-for-profit clubs'],
    ['No-frills travellers'],
    ['Families (with small children)'],
  ])('but a name is no exclusion: %s', async (name) => {
    const { complianceNotes, audience } = await readBrief(brief(`Audience:\n- ${name}`));
    expect(complianceNotes).toEqual([]);
    expect(audience).toHaveLength(1);
  });
});

test.each(['Schools are not to be contacted.', 'Schulen bitte nicht anschreiben.'])(
  '%j in a list of groups leaves people out',
  async (line) => {
    const { audience, complianceNotes } = await readBrief(`## Audience\n- Families\n- ${line}\n`);
    expect(audience.map(({ name }) => name)).toEqual(['Families']);
    expect(complianceNotes.map(({ text }) => text)).toEqual([line]);
  },
);
