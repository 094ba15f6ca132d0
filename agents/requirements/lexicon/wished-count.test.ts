import { expect, test } from 'vitest';

import { wishedCount } from './wished-count.ts';

test.each([
  ['three emails', 3, 0],
  ['We want to send 4 emails in May.', 4, 0],
  ['drei Mails', 3, 0],
  ['fewer than 3 mails', 3, 0],
  ['drei kurze E-Mails bis Ostern', 3, 0],
  ['trois e-mails', 3, 0],
  ['dos correos', 2, 0],
  ['cinque messaggi', 5, 0],
  ['twee mails', 2, 0],
  ['duas mensagens', 2, 0],
  ['one email and one reminder', 2, 1],
  ['an email and two reminders', 3, 2],
  ['eine Mail und eine Erinnerung', 2, 1],
  ['un correo y un recordatorio', 2, 1],
  ['une newsletter et deux rappels', 3, 2],
  ['3', 3, 0],
  ['drei', 3, 0],
  ['only two', 2, 0],
  ['one and one reminder', 2, 1],
  ['We would like one email at the start of April and one reminder.', 2, 1],
  ['40 emails', 40, 0],
  ['0 emails', 0, 0],
])('%j asks for %i', (text, count, reminders) => {
  expect(wishedCount(text)).toEqual({ count, reminders });
});

test.each([
  'An email about bread',
  'We will send an email.',
  'two emails per month',
  'Our 3 email lists',
  'by email only',
  'Orders by 3 May: emails go out before',
  '20 % of all emails',
  'Bread for 3 € by mail',
])('%j asks for no number of emails', (text) => {
  expect(wishedCount(text)).toBeUndefined();
});
