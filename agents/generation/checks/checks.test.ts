import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Email } from '../artifact.ts';
import { bicycles, savings } from '../fixtures/campaigns.ts';
import { judge, withFirst, written } from '../fixtures/judge.ts';
import { claimsTraced } from './claims-traced.ts';
import { complete } from './complete.ts';
import { deliverableChecks } from '../deliverable-checks.ts';
import { hasUnsubscribe } from './has-unsubscribe.ts';
import { mustNotSay } from './must-not-say.ts';
import { mustSay } from './must-say.ts';
import { noUnsupportedFigures } from './no-unsupported-figures.ts';
import { senderIdentified } from './sender-identified.ts';
import { textMatchesHtml } from './text-matches-html.ts';
import { untracedSentences } from './untraced-sentences.ts';

const english = written(bicycles());
const german = written(savings());
const inHtml = (words: string) => (email: Email) => ({
  html: email.html.replace('</body>', `<p>${words}</p></body>`),
});
const inText = (words: string) => (email: Email) => ({ text: `${email.text}${words}\n` });

test.each(deliverableChecks.map((check) => [check.id, check] as const))(
  '%s passes what the simulated writer gives',
  (_, check) => {
    expect(judge(check, english)).toMatchObject({ outcome: 'pass' });
    expect(judge(check, german)).toMatchObject({ outcome: 'pass' });
  },
);

describe('email.no-unsupported-figures', () => {
  test.each([
    ['a price', '€ 59'],
    ['a price in another notation', '1.500,- EUR'],
    ['a percentage in words', 'thirty percent off'],
    ['the right number with the wrong unit', '20 € off'],
    ['the right price in another currency', '$79.00'],
    ['another date', '30 March 2027'],
    ['the right day in another year', '31 March 2028'],
    ['a date in ISO notation', '2027-04-01'],
    ['a number in words', 'eleven stations'],
    ['an ordinal', 'the 7th station'],
    ['a number split by tags', '4<b>5</b> places'],
    ['a number split by a zero-width space', '4\u200B5 places'],
    ['a number in entities', '&#52;&#53; places'],
    ['full-width digits', '\uFF14\uFF15 places'],
    ['Arabic digits', '\u0664\u0665 places'],
    ['hidden text', '<span style="display:none">45 places</span>'],
    ['an alternative text', '<img alt="45 places">'],
    ['a number of the postal address elsewhere', '12 € off'],
  ])('refuses %s in the HTML', (_, words) => {
    expect(judge(noUnsupportedFigures, withFirst(english, inHtml(words)))).toMatchObject({
      outcome: 'fail',
    });
  });

  test.each([
    '20%',
    '20 percent',
    'EUR 79',
    '79,00 €',
    '2027-03-31',
    'March 31, 2027',
    'until 31 March',
    '12 stations',
  ])('accepts what the requirements hold in another notation: %s', (words) => {
    expect(judge(noUnsupportedFigures, withFirst(english, inText(words)))).toMatchObject({
      outcome: 'pass',
    });
  });

  test('refuses any number that is planted into any field of any email', () => {
    const numbers = fc
      .integer({ min: 10_000, max: 9_999_999 })
      .filter((number) => number !== 12_345);
    fc.assert(
      fc.property(
        fc.constantFrom(english, german),
        fc.record({ field: fc.constantFrom('subject', 'preheader', 'text'), at: fc.nat() }),
        numbers,
        (artifacts, { field, at }, number) => {
          const planted = withFirst(artifacts, (email) => {
            const words = email[field as 'subject'].split(' ');
            words.splice(at % (words.length + 1), 0, `${number}`);
            return { [field]: words.join(' ') };
          });
          const answer = judge(noUnsupportedFigures, planted);
          expect(answer.outcome).toBe('fail');
          expect(answer.message).toContain(artifacts.generation.emails[0]?.id);
          expect(answer.message).not.toContain(String(number));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('email.claims-traced', () => {
  const claim = (text: string, traces: string[]) => (email: Email) => ({
    claims: [...email.claims, { text, traces }],
  });

  test.each([
    ['a trace that does not exist', 'Helmets are not included.', ['must-say-9']],
    ['a figure of another fact', 'Helmets are not included at €79.00.', ['must-say-1']],
    [
      'a wording that the fact does not have',
      'Insurance comes with every journey.',
      ['must-say-1'],
    ],
    ['a claim that rests on what must not be said', 'The best bikes in town.', ['must-not-say-2']],
  ])('refuses %s', (_, text, traces) => {
    expect(judge(claimsTraced, withFirst(english, claim(text, traces)))).toMatchObject({
      outcome: 'fail',
    });
  });

  test('accepts a claim in other words with the figures of its fact', () => {
    const answer = judge(
      claimsTraced,
      withFirst(english, claim('Season passes come with 20% off.', ['offer'])),
    );
    expect(answer.outcome).toBe('pass');
  });
});

describe('email.untraced-sentences', () => {
  test.each([
    ['a sentence of its own', inText('Our bicycles never break.')],
    [
      'a sentence behind a claim',
      (email: Email) => ({
        text: email.text.replace(
          'Helmets are not included.',
          'Helmets are not included. Trust us.',
        ),
      }),
    ],
    [
      'a word before a claim',
      (email: Email) => ({
        text: email.text.replace('Helmets are not included.', 'Maybe helmets are not included.'),
      }),
    ],
    [
      'a word grown onto a claim',
      (email: Email) => ({
        text: email.text.replace('Helmets are not included.', 'Helmets are not includedish.'),
      }),
    ],
    ['a subject of its own', () => ({ subject: 'You have won' })],
    ['a preheader of its own', () => ({ preheader: 'Only for you' })],
  ])('refuses %s', (_, change) => {
    expect(judge(untracedSentences, withFirst(english, change))).toMatchObject({ outcome: 'fail' });
  });
});

describe('email.must-not-say', () => {
  test.each([
    'cheap',
    'CHEAP',
    'ch\u00E9ap',
    'ch\u0435ap',
    'c\u200Bheap',
    'c h e a p',
    'c-h-e-a-p',
    'cheapest',
    'che<b>ap</b>',
    'che&#97;p',
    'che<!-- x -->ap',
    '\uFF43\uFF48\uFF45\uFF41\uFF50',
    'best\u00A0bikes in town',
    'best<br>bikes in town',
    'BEST  BIKES\nIN TOWN',
    '<img alt="cheap">',
    '<span style="display:none">cheap</span>',
    'che\u00ADap',
    '\u0441h\u0435\u0430\u0440',
  ])('refuses %j in the HTML', (words) => {
    expect(judge(mustNotSay, withFirst(english, inHtml(words)))).toMatchObject({ outcome: 'fail' });
  });

  test.each(['The season begins in town', 'Best regards to bikes', 'archeapologist'])(
    'accepts %j',
    (words) => {
      expect(judge(mustNotSay, withFirst(english, inText(words)))).toMatchObject({
        outcome: 'pass',
      });
    },
  );

  test('reads an unquoted list as so many wordings', () => {
    expect(judge(mustNotSay, withFirst(german, inText('Das ist garantiert.')))).toMatchObject({
      outcome: 'fail',
    });
    expect(
      judge(mustNotSay, withFirst(german, inText('Völlig risikofreie Anlage.'))),
    ).toMatchObject({ outcome: 'fail' });
  });
});

describe('email.must-say', () => {
  const said = /Helmets are not included\./gu;

  test.each([
    ['missing in the text', (email: Email) => ({ text: email.text.replace(said, '') })],
    ['missing in the HTML', (email: Email) => ({ html: email.html.replace(said, '') })],
    [
      'hidden in the HTML',
      (email: Email) => ({ html: email.html.replace(said, '<span style="font-size:0">$&</span>') }),
    ],
    ['in a comment only', (email: Email) => ({ html: email.html.replace(said, '<!-- $& -->') })],
    [
      'changed by a word',
      (email: Email) => ({ text: email.text.replace(said, 'Helmets are now included.') }),
    ],
  ])('refuses it %s', (_, change) => {
    expect(judge(mustSay, withFirst(english, change))).toMatchObject({ outcome: 'fail' });
  });
});

describe('email.has-unsubscribe', () => {
  const styled = (style: string) => (email: Email) => ({
    html: email.html.replace(/<a class="link"/u, `<a class="link" style="${style}" data-x=""`),
  });
  const wrapped = (open: string) => (email: Email) => ({
    html: email.html.replace(/<a class="link".*?<\/a>/u, `${open}$&</div>`),
  });

  test.each([
    ['display:none', styled('display:none')],
    ['escaped display', styled('d\\69splay:none')],
    ['a hidden ancestor', wrapped('<div style="display: NONE !important">')],
    ['the hidden attribute', wrapped('<div hidden>')],
    ['visibility', wrapped('<div style="visibility:hidden">')],
    ['opacity', wrapped('<div style="opacity:0.05">')],
    ['a tiny font', styled('font-size:1px')],
    ['no height', wrapped('<div style="max-height:0;overflow:hidden">')],
    ['a place outside the page', wrapped('<div style="position:absolute;left:-9999px">')],
    ['the colour of its background', styled('color:#FFF;background-color:#ffffff')],
    ['the colour of the page', styled('color:#eef1f4')],
    [
      'a hidden label',
      (email: Email) => ({
        html: email.html.replace('>Unsubscribe<', '><i style="display:none">Unsubscribe</i><'),
      }),
    ],
    [
      'a style sheet',
      (email: Email) => ({ html: email.html.replace('</style>', '.link{display:none}</style>') }),
    ],
    [
      'a comment',
      (email: Email) => ({ html: email.html.replace(/<a class="link".*?<\/a>/u, '<!-- $& -->') }),
    ],
    ['an empty label', (email: Email) => ({ html: email.html.replace('>Unsubscribe<', '><') })],
    [
      'another address',
      (email: Email) => ({
        html: email.html.replace('{{unsubscribe_url}}', 'https://wheelhouse.example/pass'),
      }),
    ],
    ['the text', (email: Email) => ({ text: email.text.replace('{{unsubscribe_url}}', '') })],
  ])('does not count a link that is lost to %s', (_, change) => {
    expect(judge(hasUnsubscribe, withFirst(english, change))).toMatchObject({ outcome: 'fail' });
  });
});

describe('email.sender-identified', () => {
  test('refuses another sender, and a postal address that is missing or not seen', () => {
    const generation = {
      ...english.generation,
      sender: { ...english.generation.sender, email: 'other@wheelhouse.example' },
    };
    expect(judge(senderIdentified, { ...english, generation })).toMatchObject({ outcome: 'fail' });
    expect(
      judge(
        senderIdentified,
        withFirst(english, (email) => ({ text: email.text.replace('Milltown', '') })),
      ),
    ).toMatchObject({ outcome: 'fail' });
    const hidden = withFirst(english, (email) => ({
      html: email.html.replace('12 Canal Street', '<i style="display:none">12 Canal</i> Street'),
    }));
    expect(judge(senderIdentified, hidden)).toMatchObject({ outcome: 'fail' });
  });
});

describe('email.complete', () => {
  const emails = english.generation.emails;
  const withEmails = (list: Email[]) => ({
    ...english,
    generation: { ...english.generation, emails: list },
  });

  test('refuses a missing email, an extra one, one twice, and one in another language', () => {
    const [first, ...rest] = emails;
    if (first === undefined) throw new Error('Expected an email.');
    expect(judge(complete, withEmails(rest))).toMatchObject({ outcome: 'fail' });
    expect(
      judge(complete, withEmails([...emails, { ...first, id: 'step-9-commuters' }])),
    ).toMatchObject({ outcome: 'fail' });
    expect(judge(complete, withEmails([...emails, first]))).toMatchObject({ outcome: 'fail' });
    expect(judge(complete, withEmails([{ ...first, segment: 'families' }, ...rest]))).toMatchObject(
      { outcome: 'fail' },
    );
    const { send } = first;
    for (const place of [
      { purpose: 'last-call' as const },
      { segmentName: 'Everyone' },
      { send: null },
      { send: send === null ? null : { ...send, on: '2027-03-01' } },
    ])
      expect(judge(complete, withEmails([{ ...first, ...place }, ...rest]))).toMatchObject({
        outcome: 'fail',
      });
    expect(judge(complete, withEmails([{ ...first, language: 'de' }, ...rest]))).toMatchObject({
      outcome: 'fail',
    });
  });
});

describe('email.text-matches-html', () => {
  test.each([
    ['a word more in the HTML', inHtml('Only today.')],
    ['a word more in the text', inText('Only today.')],
    [
      'another link',
      (email: Email) => ({
        html: email.html.replace(
          'https://wheelhouse.example/pass',
          'https://wheelhouse.example/other',
        ),
      }),
    ],
    [
      'a paragraph that only the text shows',
      (email: Email) => ({ html: email.html.replace('<p class="ink"', '<p hidden class="ink"') }),
    ],
  ])('refuses %s', (_, change) => {
    expect(judge(textMatchesHtml, withFirst(english, change))).toMatchObject({ outcome: 'fail' });
  });
});
