/** A letter with more findings than most. */
export const LETTER =
  'Dear team, please call Anna at (212) 555-0123 or write to anna.bell@example.com about order 123456789. Her card ' +
  '4111 1111 1111 1111 expires 12/27; the meeting is on March 12, 2026 at 10:30 AM in London SW1A 1AA. Version 1.2.3 ' +
  'was deployed from 192.168.2.1 with commit da39a3ee5e6b4b0d3255bfef95601890afd80709. See ' +
  'https://example.com/docs?id=42 for details. The quick brown fox jumps over the lazy dog while nobody watches. ';

/** Beginnings that could be gone on with, over and over. */
const PIECES = [
  ...'a1@.:-+0("\'_ \n😀',
  '4111 ',
  '4 ',
  '1-',
  'a@',
  'a.',
  'a.b@c.',
  'a:',
  '1.',
  '0 1 ',
  'http://',
  'http://a)(',
  '-----BEGIN RSA PRIVATE KEY-----',
  'eyJ',
  'eyJaaaaa.',
  'a://a:',
  '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfN ',
  '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD ',
  'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdw ',
  'DE89 3704 ',
  'DE8937040044053201300 ',
  'ssn 536221234 ',
  '536221234 ',
  '2125550123 ',
  '+49 30 90182 ',
  '030 90182012 ',
  '4\u200B',
  '４１１１ ',
  '"a',
  'password=',
  'password: ',
  'secret_key ',
  'api_key=a1',
  'bearer ',
  'aws secret ',
  '12/03/',
  'may 12 ',
  'driver license D1-',
  'A1 ',
  'www.',
  'account ssn ',
  '943 476 591 ',
  '41111111',
  '1-2.3 4',
  '[at]',
  'a[at]b[dot]',
  '00:',
  '+1',
  '+1(',
  'deadbeef',
  'QUJD',
  'xoxb-',
  'sk-',
  '%40',
  'tel:',
  '0 ext ',
  'SW1A 1A',
  '1EG4-TE5-',
  '{"a":',
  'AB123456',
  'ab.ab.ab.com/',
  '<A_B>',
  'ssn\n1\n',
  'ssn,a\n1,2\n',
  `${'-'.repeat(1998)}x\n`,
  'id,ssn\n1,536-22-1234\n2,536-22-1235\n',
];

/** Texts of a length that are made to be slow to look through. */
export function hostileTexts(length: number): ReadonlyMap<string, string> {
  const long = (piece: string): string =>
    piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
  return new Map([
    ...PIECES.map((piece): [string, string] => [JSON.stringify(piece), long(piece)]),
    ['a token without an end', `eyJhbGciOiJIUzI1NiJ9.${long('a')}`.slice(0, length)],
    ['a licence without an end', `driver license ${long('D1-')}`.slice(0, length)],
    ['a key without an end', `-----BEGIN PRIVATE KEY-----${long('QUJD')}`.slice(0, length)],
  ]);
}
