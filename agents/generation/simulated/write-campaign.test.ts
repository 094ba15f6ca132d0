import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { bicycles, savings, type Fixture } from '../fixtures/campaigns.ts';
import { judge } from '../fixtures/judge.ts';
import { deliverableChecks } from '../deliverable-checks.ts';
import { emailId } from '../email-id.ts';
import { writeCampaign } from './write-campaign.ts';

const write = ({ requirements, confirmation }: Fixture) =>
  writeCampaign(requirements, confirmation);
const withOffer = (text: string): Fixture => {
  const fixture = bicycles();
  const offer = fixture.requirements.offer;
  if (offer === null) throw new Error('Expected an offer.');
  return { ...fixture, requirements: { ...fixture.requirements, offer: { ...offer, text } } };
};

test('writes one email for each step and segment, in order of sending', () => {
  expect(write(bicycles()).emails.map(({ id }) => id)).toEqual([
    'step-1-commuters',
    'step-1-families',
    'step-2-commuters',
    'step-2-families',
    'step-3-commuters',
    'step-3-families',
  ]);
});

test('gives the same bytes for the same artifacts', () => {
  expect(JSON.stringify(write(savings()))).toBe(JSON.stringify(write(savings())));
});

test('tells segments what the strategy keeps for them, and nobody what names another segment', () => {
  const [commuters, families] = write(bicycles()).emails;
  expect(families?.subject).toBe('Child seats are free for families at weekends');
  expect(commuters?.subject).toBe('Twelve new rental stations open across the city');
  expect(commuters?.text).not.toContain('families');
});

test('names what ends first in a last call', () => {
  const last = write(bicycles()).emails.at(-1);
  expect(last?.subject).toBe('Last call: The offer ends on 31 March 2027');
});

test('changes with a changed fact exactly the emails that tell it', () => {
  const before = write(savings()).emails;
  const fixture = savings();
  const keyMessages = fixture.requirements.keyMessages.map((fact) =>
    fact.id === 'key-message-3' ? { ...fact, text: 'Beratung auch am Samstag' } : fact,
  );
  const after = write({
    ...fixture,
    requirements: { ...fixture.requirements, keyMessages },
  }).emails;
  const changed = before
    .filter(({ html }, index) => html !== after[index]?.html)
    .map(({ id }) => id);
  expect(changed).toEqual(['step-2-handwerksbetriebe']);
});

test('addresses readers as the tone asks', () => {
  const fixture = savings();
  const { strategy } = fixture.confirmation;
  const requirements = { ...fixture.requirements, tone: null };
  const confirmation = {
    ...fixture.confirmation,
    strategy: { ...strategy, tone: { ...strategy.tone, text: 'Locker, mit du' } },
  };
  expect(write(fixture).emails[0]?.text).toContain('Neuigkeiten für Sie');
  expect(write({ requirements, confirmation }).emails[0]?.text).toContain('Neuigkeiten für dich');
});

test('leaves out a fact that uses a forbidden wording', () => {
  const texts = write(withOffer('Cheap passes for everyone')).emails.map(
    ({ text, subject }) => subject + text,
  );
  expect(texts.join('\n').toLowerCase()).not.toContain('cheap');
});

test('leaves out phrases of its own that use a forbidden wording', () => {
  const fixture = bicycles();
  const [constraint] = fixture.requirements.constraints.mustNotSay;
  if (constraint === undefined) throw new Error('Expected a constraint.');
  const mustNotSay = ['our offer', 'last call', 'closer look'].map((text, index) => ({
    ...constraint,
    id: `must-not-say-${index}`,
    text,
  }));
  const requirements = {
    ...fixture.requirements,
    constraints: { ...fixture.requirements.constraints, mustNotSay },
  };
  const generation = write({ ...fixture, requirements });
  for (const check of deliverableChecks) {
    expect([check.id, judge(check, { ...fixture, requirements, generation }).message]).toEqual([
      check.id,
      undefined,
    ]);
  }
});

test('keeps the emails of segments apart whose ids look alike', () => {
  expect(emailId('step-1', 'Familien')).not.toBe(emailId('step-1', 'familien'));
  expect(emailId('step-1', '学生')).not.toBe(emailId('step-1', '老人'));
  expect(emailId('step-1', 'segment-2')).toBe('step-1-segment-2');
});

test('tells readers nothing that concerns the makers of the campaign only', () => {
  const fixture = bicycles();
  const deadlines = [
    {
      ...fixture.requirements.deadlines[0],
      id: 'deadline-1',
      text: 'First email goes out on 1 March 2027',
      date: '2027-03-01',
      sources: fixture.requirements.deadlines[0]?.sources ?? [],
    },
  ];
  const texts = write({
    ...fixture,
    requirements: { ...fixture.requirements, deadlines },
  }).emails.map(({ text }) => text);
  expect(texts.join('\n')).not.toContain('First email');
  expect(texts.join('\n')).not.toContain('400');
});

test('says who is missing when the sender is unknown', () => {
  const fixture = bicycles();
  const requirements = {
    ...fixture.requirements,
    sender: { ...fixture.requirements.sender, postalAddress: null },
  };
  expect(() => write({ ...fixture, requirements })).toThrow(
    expect.objectContaining({ code: 'GENERATION_SENDER_UNKNOWN' }),
  );
});

test('says which step has nothing to tell', () => {
  const fixture = bicycles();
  const requirements = {
    ...fixture.requirements,
    offer: null,
    keyMessages: [],
    callToAction: null,
    deadlines: [],
  };
  const sequence = fixture.confirmation.strategy.sequence.map((step) => ({
    ...step,
    facts: ['gone'],
    traces: ['gone'],
  }));
  const segments = fixture.confirmation.strategy.segments.map((segment) => ({
    ...segment,
    traces: ['gone'],
  }));
  const confirmation = {
    ...fixture.confirmation,
    strategy: { ...fixture.confirmation.strategy, sequence, segments },
  };
  expect(() => write({ requirements, confirmation })).toThrow(
    expect.objectContaining({ code: 'GENERATION_NOTHING_TO_TELL' }),
  );
});

describe('whatever the offer says', () => {
  test.each([
    '<script>alert(1)</script> & "quotes" for <b>everyone</b>',
    'Say {{password}} and {% include %} and *|MERGE|* and ${x} and %%y%%',
    'Line one\r\nBcc: someone',
    '**Bold** offer with a [link](https://wheelhouse.example/pass)!!',
    'x'.repeat(400),
  ])('the campaign passes its gate: %j', (text) => {
    const fixture = withOffer(text);
    const generation = write(fixture);
    for (const check of deliverableChecks) {
      expect([check.id, judge(check, { ...fixture, generation }).outcome]).toEqual([
        check.id,
        'pass',
      ]);
    }
    expect(generation.emails[0]?.html).not.toContain('<script');
    expect(generation.emails[0]?.mergeFields).toEqual(['first_name', 'unsubscribe_url']);
  });

  test('subject lines keep to the approved length and no figure is cut', () => {
    const words = fc.constantFrom(
      'save',
      '€1,299.00',
      '20 %',
      '31 March 2027',
      'on every pass',
      ',',
      '–',
      'and more',
      'today.',
    );
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 25 }), (parts) => {
        const fixture = withOffer(`Now ${parts.join(' ')}`);
        const generation = write(fixture);
        for (const { subject } of generation.emails) expect(subject.length).toBeLessThanOrEqual(60);
        for (const check of deliverableChecks) {
          expect([check.id, judge(check, { ...fixture, generation }).message]).toEqual([
            check.id,
            undefined,
          ]);
        }
      }),
      { numRuns: 12 },
    );
  });
});

test('tells readers neither our own objective nor what spoke of a person', () => {
  const { requirements, confirmation } = bicycles();
  const [deadline] = requirements.deadlines;
  const [message] = requirements.keyMessages;
  if (deadline === undefined || message === undefined)
    throw new Error('Expected a richer fixture.');
  const objective = { id: 'objective', text: 'Sell 300 services soon.', sources: message.sources };
  const changed = {
    ...requirements,
    objective,
    deadlines: [{ ...deadline, text: 'Sell 300 services soon' }],
    keyMessages: requirements.keyMessages.map((fact) =>
      fact.id === message.id ? { ...fact, text: 'Pay with [withheld] as others did.' } : fact,
    ),
  };
  const texts = writeCampaign(changed, confirmation).emails.map((email) => JSON.stringify(email));
  expect(texts.filter((text) => text.includes('300 services'))).toEqual([]);
  expect(texts.filter((text) => text.includes('withheld'))).toEqual([]);
});

test('tells each segment what the strategy keeps for it, in every email of the sequence', () => {
  const emails = write(bicycles()).emails;
  for (const step of new Set(emails.map((email) => email.step))) {
    const texts = emails.filter((email) => email.step === step).map(({ text }) => text);
    expect(new Set(texts).size).toBe(texts.length);
  }
});

const toned = (tone: string): string => {
  const { requirements, confirmation } = savings();
  const strategy = {
    ...confirmation.strategy,
    tone: { ...confirmation.strategy.tone, text: tone },
  };
  const told = { ...requirements, tone: null };
  return writeCampaign(told, { ...confirmation, strategy }).emails[0]?.text ?? '';
};

test.each([
  ['herzlich, ein bisschen verschmitzt', 'Hallo {{first_name}},', 'Herzliche Grüße'],
  ['frech und verspielt', 'Hallo {{first_name}},', 'Fröhliche Grüße'],
  ['seriös und sachlich', 'Guten Tag {{first_name}},', 'Mit freundlichen Grüßen'],
  ['knapp', 'Guten Tag {{first_name}},', 'Freundliche Grüße'],
  ['locker, mit du', 'Hey {{first_name}},', 'Fröhliche Grüße'],
])('greets and signs off as the tone asks: %s', (tone, greeting, signOff) => {
  const lines = toned(tone).split('\n');
  expect(lines).toContain(greeting);
  expect(lines).toContain(signOff);
});

const withMessages = (texts: readonly string[], offerText: string): Fixture => {
  const fixture = bicycles();
  const { requirements, confirmation } = fixture;
  const keyMessages = requirements.keyMessages.map((fact, index) => ({
    ...fact,
    text: texts[index] ?? fact.text,
  }));
  const { offer } = requirements;
  if (offer === null) throw new Error('Expected an offer.');
  const changed = { ...requirements, keyMessages, offer: { ...offer, text: offerText } };
  return { requirements: changed, confirmation };
};
const LONG = 'Every station is open by day and by night and is looked after by our own mechanics';

test('subject lines are whole phrases, and no segment gets one twice', () => {
  const fixtures = [
    bicycles(),
    savings(),
    withMessages([LONG, `${LONG} too`, `${LONG} here`], LONG),
    withMessages(
      [LONG, LONG, LONG],
      'Half price until Sunday, 31 March 2027 for every single member',
    ),
  ];
  for (const fixture of fixtures) {
    const { emails } = write(fixture);
    const sent = emails.map(({ segment, subject }) => `${segment}: ${subject}`);
    expect(new Set(sent).size).toBe(sent.length);
    for (const { subject } of emails) {
      expect(subject).not.toMatch(/…/u);
      expect(subject).not.toMatch(/^(?:In detail|Following up|Im Überblick|Noch einmal):/u);
    }
  }
});

test('tells a segment what the brief says to it alone, and traces it there', () => {
  const fixture = bicycles();
  const audience = fixture.requirements.audience.map((segment, index) =>
    index > 0
      ? segment
      : {
          ...segment,
          description: `${segment.description} – Showers are open at every station`,
          details: [{ kind: 'message' as const, text: 'Showers are open at every station' }],
        },
  );
  const requirements = { ...fixture.requirements, audience };
  const { emails } = write({ ...fixture, requirements });
  const [own, other] = emails;
  expect(own?.subject).toBe('Showers are open at every station');
  expect(own?.claims[0]?.traces).toEqual([own?.segment]);
  expect(other?.text).not.toContain('Showers');
  const told = { ...fixture, requirements, generation: write({ ...fixture, requirements }) };
  for (const check of deliverableChecks)
    expect([check.id, judge(check, told).outcome]).toEqual([check.id, 'pass']);
});
