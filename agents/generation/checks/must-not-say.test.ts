import { describe, expect, test } from 'vitest';

import type { Email } from '../artifact.ts';
import { bicycles } from '../fixtures/campaigns.ts';
import { judge, withFirst, written } from '../fixtures/judge.ts';
import { mustNotSay } from './must-not-say.ts';

const fixture = bicycles();
const forbidding = (text: string, keyMessage = 'Twelve new stations') => {
  const { requirements } = fixture;
  const [first, ...rest] = requirements.keyMessages;
  if (first === undefined) throw new Error('Expected a key message.');
  const constraints = { ...requirements.constraints, mustNotSay: [{ ...first, id: 'no-1', text }] };
  const keyMessages = [first, ...rest, { ...first, id: 'key-message-9', text: keyMessage }];
  return written({ ...fixture, requirements: { ...requirements, constraints, keyMessages } });
};
const campaign = forbidding('"guaranteed"');
const inText = (words: string) => (email: Email) => ({ text: `${email.text}${words}\n` });

describe('email.must-not-say refuses "guaranteed"', () => {
  test.each([
    ['in IPA letters', 'ɢuaranteed'],
    ['in IPA letters', 'guɑrɑnteed'],
    ['in Cyrillic letters', 'ԍuaranteed'],
    ['in Armenian letters', 'guaraոteed'],
    ['in Armenian letters', 'gսaranteed'],
    ['in Armenian letters', 'ցuaranteed'],
    ['in other Latin letters', 'ƃuaranteed'],
    ['in phonetic letters', 'guarantᶒd'],
    ['in small capitals', 'ɢᴜᴀʀᴀɴᴛᴇᴇᴅ'],
    ['in Cherokee', 'ᏀᏌᎪᎡᎪΝᎢᎬᎬᎠ'],
    ['in Lisu', 'ꓖꓴꓮꓣꓮꓠꓔꓰꓰꓓ'],
    ['in squares', '🅶🆄🅰🆁🅰🅽🆃🅴🅴🅳'],
    ['in flags', '🇬🇺🇦🇷🇦🇳🇹🇪🇪🇩'],
    ['in Braille', '⠛⠥⠁⠗'],
    ['with digits', 'gu4r4nteed'],
    ['with digits', 'guarant33d'],
    ['with signs', 'guar@nteed'],
    ['with signs', 'guaran†eed'],
    ['with signs', 'guarant∃∃d'],
    ['with many separators', 'guaran····teed'],
    ['with many separators', `guaran${'.'.repeat(5000)}teed`],
    ['with a masked letter', 'gu*ranteed'],
    ['with masked letters', 'g**ranteed'],
    ['with masked letters', 'guar***eed'],
    ['with masked letters', 'guarant***'],
    ['with a masked letter', 'gu_ranteed'],
    ['with a masked letter', 'gu•ranteed'],
    ['with a masked letter', 'gu.ranteed'],
    ['with a masked letter', 'gu-ranteed'],
    ['with a masked letter', 'GU#RANTEED'],
    ['with left-out letters', 'guar…eed'],
    ['with left-out letters', 'guar...eed'],
    ['with an entity', 'guar&#97;nteed'],
    ['with an invisible entity', 'guar&zwnj;anteed'],
    ['with an entity encoded twice', 'guar&amp;#97;nteed'],
  ])('%s: %s', (_, words) => {
    expect(judge(mustNotSay, withFirst(campaign, inText(words)))).toMatchObject({
      outcome: 'fail',
    });
  });

  test('accepts accents, emoji beside words, figures and signs of ordinary writing', () => {
    const words = 'Größe, cœur, naïve Łódź Nguyễn 🎉 20 € AT&T C++ B2B A4 5-star 10×20 ½ §3 ™';
    expect(judge(mustNotSay, withFirst(campaign, inText(words)))).toMatchObject({
      outcome: 'pass',
    });
  });

  test('accepts signs between letters that fit no forbidden wording', () => {
    const words = "Do-it-yourself, e.g. a 5*-hotel, snake_case, rock'n'roll, Price*, gar*nteed to";
    expect(judge(mustNotSay, withFirst(campaign, inText(words)))).toMatchObject({
      outcome: 'pass',
    });
  });

  test('accepts a statement that a person exempted and its beginning, and the wording nowhere else', () => {
    const { requirements } = campaign;
    const [constraint] = requirements.constraints.mustNotSay;
    const exemption = {
      id: 'exemption-1',
      mustNotSay: constraint?.id ?? '',
      text: 'Nothing is guaranteed, not even the weather.',
      sources: constraint?.sources ?? [],
    };
    const constraints = { ...requirements.constraints, exemptions: [exemption] };
    const exempt = { ...campaign, requirements: { ...requirements, constraints } };
    const outcomeOf = (words: string) =>
      judge(mustNotSay, withFirst(exempt, inText(words))).outcome;
    expect(outcomeOf('Nothing is guaranteed, not even the weather.')).toBe('pass');
    expect(outcomeOf('NOTHING IS GUARANTEED, not even…')).toBe('pass');
    expect(outcomeOf('Nothing is guaranteed, not even the weather. Guaranteed!')).toBe('fail');
    expect(outcomeOf('Everything is guaranteed.')).toBe('fail');
    expect(outcomeOf('Nothing is guaranteed')).toBe('fail');
  });

  test('accepts a name in other letters that the requirements hold, and no other such name', () => {
    const named = forbidding('"guaranteed"', 'The Ωmega lock fits every bicycle');
    expect(judge(mustNotSay, withFirst(named, inText('Ωmega')))).toMatchObject({ outcome: 'pass' });
    expect(judge(mustNotSay, withFirst(campaign, inText('Ωmega')))).toMatchObject({
      outcome: 'fail',
    });
  });

  test('refuses it even when the requirements hold the disguise', () => {
    const named = forbidding('"guaranteed"', 'Delivery is ɢuaranteed');
    expect(judge(mustNotSay, withFirst(named, inText('ɢuaranteed')))).toMatchObject({
      outcome: 'fail',
    });
  });

  test('stays quick on hostile input', () => {
    const hostile = `${'g.'.repeat(50_000)}${'&amp;'.repeat(5000)}${'guaran.'.repeat(10_000)}`;
    const started = performance.now();
    judge(mustNotSay, withFirst(campaign, inText(hostile)));
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
