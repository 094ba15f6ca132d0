import { describe, expect, test } from 'vitest';

import type { Requirements } from '../../requirements/artifact.ts';
import type { Strategy } from '../artifact.ts';
import { fact, retail } from '../fixtures/requirements-fixtures.ts';
import { en } from '../phrases/en.ts';
import { simulateStrategy } from './simulate-strategy.ts';

function plan(requirements: Partial<Requirements>): Strategy {
  return simulateStrategy({
    input: { brief: 'A brief.' },
    artifacts: { requirements: { ...retail, ...requirements } },
    answers: [],
    previous: undefined,
    revision: undefined,
    attempt: 1,
  });
}

const sources = fact('any', 'any').sources;
const wish = (count: number, reminders = 0): Pick<Requirements, 'wishedEmails'> => ({
  wishedEmails: { id: 'wished-emails', text: `${count} emails`, count, reminders, sources },
});
const deadline = (id: string, text: string, date: string) => ({ id, text, date, sources });
const risks = ({ risks: all }: Strategy): string => all.map(({ text }) => text).join('\n');

describe('the number of emails that the brief wishes', () => {
  test.each([1, 2, 3, 5, 8, 12])('is kept: %i', (count) => {
    const { sequence } = plan({ ...wish(count), deadlines: [] });
    expect(sequence).toHaveLength(count);
    expect(sequence[0]?.traces).toContain('wished-emails');
  });

  test('holds the reminders that it names', () => {
    const { sequence } = plan(wish(3, 2));
    expect(sequence.map(({ purpose }) => purpose)).toEqual(['announce', 'remind', 'remind']);
  });

  test('is kept day by day where there is little time', () => {
    const deadlines = [
      deadline('deadline-1', 'First email goes out', '2027-03-01'),
      deadline('deadline-2', 'Offer ends', '2027-03-05'),
    ];
    expect(plan({ ...wish(4), deadlines }).sequence).toHaveLength(4);
  });

  test('is not kept, and the plan says so, where emails would go out on one day', () => {
    const deadlines = [
      deadline('deadline-1', 'First email goes out', '2027-03-01'),
      deadline('deadline-2', 'Offer ends', '2027-03-03'),
    ];
    const tight = plan({ ...wish(6), deadlines });
    expect(tight.sequence.length).toBeLessThan(6);
    expect(risks(tight)).toContain(en.risk.fewer.text);
  });
});

describe('the risks', () => {
  test('name no different dates where two statements end on one day', () => {
    const deadlines = [
      deadline('deadline-1', 'Offer ends on 3 May 2027', '2027-05-03'),
      deadline('deadline-2', 'Orders close on 3 May 2027', '2027-05-03'),
    ];
    expect(risks(plan({ deadlines }))).not.toContain(en.risk['many-dates'].text);
    const later = [...deadlines, deadline('deadline-3', 'Shop closes', '2027-05-09')];
    expect(risks(plan({ deadlines: later }))).toContain(en.risk['many-dates'].text);
  });

  test('say why the call to action could not be taken word for word', () => {
    const callToAction = fact('call-to-action', 'Get your cheap jacket');
    const { constraints } = retail;
    const mustNotSay = [fact('must-not-say-1', '"cheap"')];
    const { risks: all } = plan({ callToAction, constraints: { ...constraints, mustNotSay } });
    const changed = all.find(({ traces }) => traces.includes('call-to-action'));
    expect(changed?.text).toMatch(/^The brief’s call to action could not be taken word for word/);
    expect(changed?.traces).toContain('must-not-say-1');
  });

  test('name the segments that get the same emails', () => {
    const audience = ['Aardvarks', 'Bears'].map((name, index) => ({
      id: `segment-${index + 1}`,
      name,
      description: '',
      sources,
    }));
    expect(risks(plan({ audience }))).toContain('Aardvarks, Bears');
  });
});
