import { expect, test } from 'vitest';

import { detailsOf } from './segment-details.ts';

const TABLE = `| Segment | Who they are | What they need | Message |
| --- | --- | --- | --- |
| Parents | parents of small children | child care | Child care is included. |
| Beginners | people who never trained | a start | The first session is free. |
`;

test('reads the columns of a table', () => {
  const start = TABLE.indexOf('Beginners');
  const said = 'Beginners – people who never trained – a start – The first session is free.';
  expect(detailsOf(TABLE, { start, end: TABLE.length }, said)).toEqual([
    { kind: 'who', text: 'people who never trained' },
    { kind: 'need', text: 'a start' },
    { kind: 'message', text: 'The first session is free' },
  ]);
});

test('reads labels behind a name', () => {
  const said =
    'Praxen: mit Personal. Bedarf: Vertraulichkeit. Botschaft: Alles bleibt hier. Angebot: Ein Monat gratis.';
  expect(detailsOf(said, { start: 0, end: said.length }, said)).toEqual([
    { kind: 'who', text: 'mit Personal' },
    { kind: 'need', text: 'Vertraulichkeit' },
    { kind: 'message', text: 'Alles bleibt hier' },
    { kind: 'offer', text: 'Ein Monat gratis' },
  ]);
});

test.each([
  'Parents: people who need a message on Sundays',
  'Parents – parents of small children – 9,400',
  'Parents',
])('finds nothing particular in %j', (said) => {
  expect(detailsOf(said, { start: 0, end: said.length }, said)).toEqual([]);
});

test('takes a table whose cells do not fit its columns for no table', () => {
  const start = TABLE.indexOf('Parents');
  expect(detailsOf(TABLE, { start, end: start + 9 }, 'Parents – of all ages')).toEqual([]);
});
