import { readFile } from 'node:fs/promises';

import { describe, expect, test } from 'vitest';

import { readBrief } from './testing/run-requirements.ts';

const sample = (name: string): Promise<string> =>
  readFile(new URL(`../../examples/briefs/${name}`, import.meta.url), 'utf8');

const texts = (facts: readonly { readonly text: string }[]): string[] =>
  facts.map(({ text }) => text);

describe('reads Markdown by its headings', () => {
  test('a complete brief leaves no question', async () => {
    const requirements = await readBrief(await sample('spring-offer.md'));
    expect(requirements).toMatchObject({
      title: { text: 'Spring Starter Weeks' },
      language: 'en',
      missing: [],
      contradictions: [],
      questions: [],
      withheld: [],
      sender: {
        name: { text: 'Fernhill Garden Tools' },
        email: { text: 'hello@fernhill-garden.example.com' },
        postalAddress: { text: '1 Example Street, Exampleton EX1 2MP' },
      },
    });
    expect(requirements.audience.map(({ name }) => name)).toEqual([
      'Returning gardeners',
      'Allotment newcomers',
      'Garden clubs',
    ]);
    expect(texts(requirements.constraints.mustNotSay)).toEqual([
      'cheapest',
      'lifetime warranty',
      'Any comparison with other shops by name',
    ]);
    expect(requirements.deadlines.map(({ date }) => date)).toEqual(['2027-03-16', '2027-04-11']);
  });

  test('every value points to the place that says it', async () => {
    const brief = await sample('spring-offer.md');
    const { objective } = await readBrief(brief);
    const source = objective?.sources[0];
    expect(source?.kind === 'brief' ? brief.slice(source.start, source.end) : '').toBe(
      objective?.text,
    );
  });

  test('a German brief', async () => {
    const requirements = await readBrief(await sample('maschinenbau.md'));
    expect(requirements).toMatchObject({ language: 'de', missing: [], contradictions: [] });
    expect(requirements.sender.postalAddress?.text).toBe('Musterstraße 1, 12345 Musterstadt');
    expect(requirements.deadlines.map(({ date }) => date)).toEqual(['2027-05-04', '2027-06-30']);
  });

  test('a brief of 55 KB with a long appendix', async () => {
    const requirements = await readBrief(await sample('long-brief.md'));
    expect(requirements).toMatchObject({ missing: [], contradictions: [], language: 'en' });
    expect(requirements.keyMessages).toHaveLength(7);
    expect(requirements.audience).toHaveLength(4);
  });
});

describe('reads plain text', () => {
  test('prose without a single heading', async () => {
    const requirements = await readBrief(await sample('clinic-newsletter.txt'));
    expect(requirements).toMatchObject({ missing: [], contradictions: [] });
    expect(texts(requirements.constraints.mustNotSay)).toEqual([
      'waiting times',
      'a cure',
      'risk-free',
      "details of a person's treatment",
    ]);
    expect(texts(requirements.constraints.mustSay)).toEqual([
      'In an emergency, call your local emergency number.',
    ]);
    expect(requirements.callToAction?.text).toBe(
      'book a check-up at https://riverbend.example.com/check-up',
    );
  });

  test('lines of label and value, in French', async () => {
    const requirements = await readBrief(
      'Objectif : vendre les abonnements de la saison\nCible : les abonnés de la lettre\nOffre : un mois offert aux lecteurs\nDélai : 30 juin 2027\nExpéditeur : Éditions Exemple, 1 rue de l’Exemple, 75000 Exempleville, contact@editions.example.com\n',
    );
    expect(requirements.language).toBe('fr');
    expect(requirements.objective?.text).toBe('vendre les abonnements de la saison');
    expect(requirements.deadlines).toMatchObject([{ date: '2027-06-30' }]);
    expect(requirements.sender.postalAddress?.text).toBe('1 rue de l’Exemple, 75000 Exempleville');
    expect(requirements.missing).toEqual(['callToAction']);
    expect(requirements.questions[0]?.text).toMatch(/lecteurs/);
  });

  test('labels in the middle of a line, and prose behind a list', async () => {
    const requirements = await readBrief(
      'Hi all, the webinar mails. Goal: get 300 sign-ups.\n\nKey messages\n* The checklist fits on one page\n\nDon’t say "guarantee" and please avoid scare tactics.\nTone: expert, no jargon.\nRegistration closes 15 June 2027.\n',
    );
    expect(requirements.objective?.text).toBe('get 300 sign-ups');
    expect(texts(requirements.keyMessages)).toEqual(['The checklist fits on one page']);
    expect(texts(requirements.constraints.mustNotSay)).toEqual(['guarantee', 'scare tactics']);
    expect(requirements.tone?.text).toBe('expert, no jargon.');
    expect(requirements.deadlines).toMatchObject([
      { text: 'Registration closes 15 June 2027.', date: '2027-06-15' },
    ]);
  });

  test('several dates in one line', async () => {
    const { deadlines } = await readBrief(
      'Timeline: Launch 08/16/2027, reminder 09/13/2027 and last call September 28, 2027',
    );
    expect(deadlines.map(({ text, date }) => [text, date])).toEqual([
      ['Launch 08/16/2027', '2027-08-16'],
      ['reminder 09/13/2027 and last call September 28, 2027', '2027-09-28'],
    ]);
  });

  test('a table whose columns are fields, and one whose rows are', async () => {
    const columns = await readBrief(
      '| Must say | Must not say |\n| - | - |\n| Terms apply | cheap |\n',
    );
    expect(texts(columns.constraints.mustSay)).toEqual(['Terms apply']);
    expect(texts(columns.constraints.mustNotSay)).toEqual(['cheap']);
    const rows = await readBrief(
      '| Field | Value |\n| - | - |\n| Objective | Sell spades |\n| Offer | 20 % off |\n',
    );
    expect(rows).toMatchObject({ objective: { text: 'Sell spades' }, offer: { text: '20 % off' } });
  });

  test('one sentence is no campaign: what is missing is asked in one batch, each once', async () => {
    const { missing, questions, keyMessages } = await readBrief(await sample('nearly-empty.txt'));
    expect(missing).toEqual([
      'objective',
      'audience',
      'keyMessages',
      'callToAction',
      'sender.name',
      'sender.email',
      'sender.postalAddress',
    ]);
    expect(questions.map(({ path }) => path)).toEqual(missing);
    expect(keyMessages).toEqual([]);
  });
});

describe('takes nothing from a hostile brief but facts', () => {
  test('instructions, code, comments and scripts are not followed and not copied', async () => {
    const requirements = await readBrief(await sample('hostile.md'));
    const artifact = JSON.stringify(requirements);
    for (const planted of [
      '95 %',
      'gnore',
      'alert',
      'attacker',
      'javascript',
      'approved',
      '\u202e',
      'devorppa',
    ]) {
      expect(artifact).not.toContain(planted);
    }
    expect(requirements.offer?.text).toBe(
      'Free e-book lending for four weeks until 31 October 2027.',
    );
  });

  test.each([
    'Offer: write to 078-<b>05</b>-1120 now',
    'Offer: write to 078-[05](https://example.com)-1120 now'.replace(
      '(https://example.com)',
      '(x)',
    ),
    'Offer: write to 078-<!-- -->05-1120 now',
    'Offer: write to 078-05-\n1120 now',
  ])('an identifier that markup takes apart is not put together again: %j', async (brief) => {
    expect((await readBrief(brief)).offer?.text).toBe('write to [withheld] now');
  });

  test('identifiers of persons are counted and copied nowhere', async () => {
    const { withheld, metrics } = await readBrief(await sample('hostile.md'));
    expect(Object.fromEntries(withheld.map(({ type, count }) => [type, count]))).toEqual({
      'date-of-birth': 1,
      email: 2,
      iban: 1,
      'instruction-to-software': 1,
      'payment-card': 1,
      phone: 1,
      'record-number': 1,
      ssn: 2,
    });
    expect(metrics[0]?.text).toBe("800 loans (last year's contact was [withheld], SSN [withheld])");
  });
});

describe('takes answers', () => {
  const answers = {
    objective: 'Bring visitors in on Saturdays',
    audience: 'Members\nNeighbours: people who live in Example Street',
    keyMessages: 'The library opens on Saturdays',
    callToAction: 'Come by: https://library.example.com',
    'sender.name': 'Example Library',
    'sender.email': 'library@example.com',
    'sender.postalAddress': '1 Example Street\nExampleton EX1 1AA',
  };

  test('an answer fills the field that was missing, and says so', async () => {
    const requirements = await readBrief(
      'Please make a campaign about the new opening hours.',
      answers,
    );
    expect(requirements).toMatchObject({ missing: [], questions: [] });
    expect(requirements.objective).toEqual({
      id: 'objective',
      text: 'Bring visitors in on Saturdays',
      sources: [{ kind: 'answer', question: 'objective' }],
    });
    expect(requirements.audience[1]).toMatchObject({
      name: 'Neighbours',
      description: 'people who live in Example Street',
    });
    expect(requirements.sender.postalAddress?.text).toBe('1 Example Street, Exampleton EX1 1AA');
  });

  test.each([
    ['sender.email', 'not an address'],
    ['sender.postalAddress', 'somewhere'],
    ['objective', '   '],
    ['objective', "I don't know"],
    ['audience', '\u202e\u200b'],
    ['callToAction', '078-05-1120'],
  ])('an answer to %s that cannot be used (%j) leaves it open', async (question, text) => {
    const { missing } = await readBrief('A campaign.', { ...answers, [question]: text });
    expect(missing).toEqual([question]);
  });
});
