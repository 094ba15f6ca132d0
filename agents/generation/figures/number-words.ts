/** Numbers written as words, `word=value`, by language. Articles that are also numbers (ein, un, een, um) are not among them. */
const WORDS: Readonly<Record<string, string>> = {
  en:
    'one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 thirteen=13 fourteen=14 ' +
    'fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19 twenty=20 thirty=30 forty=40 fifty=50 sixty=60 seventy=70 ' +
    'eighty=80 ninety=90 hundred=100 thousand=1000 dozen=12 half=0.5 twice=2 double=2 triple=3 first=1 second=2 third=3 ' +
    'fourth=4 fifth=5 sixth=6 seventh=7 eighth=8 ninth=9 tenth=10 eleventh=11 twelfth=12',
  de:
    'eins=1 zwei=2 zwo=2 drei=3 vier=4 fünf=5 sechs=6 sieben=7 acht=8 neun=9 zehn=10 elf=11 zwölf=12 dreizehn=13 ' +
    'vierzehn=14 fünfzehn=15 sechzehn=16 siebzehn=17 achtzehn=18 neunzehn=19 zwanzig=20 dreißig=30 vierzig=40 fünfzig=50 ' +
    'sechzig=60 siebzig=70 achtzig=80 neunzig=90 hundert=100 tausend=1000 dutzend=12 hälfte=0.5 doppelt=2 ' +
    'zweimal=2 dreimal=3 viermal=4 fünfmal=5 zehnmal=10 zweifach=2 dreifach=3',
  fr: 'deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 onze=11 douze=12 vingt=20 trente=30 cent=100 mille=1000 moitié=0.5',
  es: 'dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10 once=11 doce=12 veinte=20 treinta=30 cien=100 mil=1000 mitad=0.5',
  it: 'due=2 tre=3 quattro=4 cinque=5 sei=6 sette=7 otto=8 nove=9 dieci=10 undici=11 dodici=12 venti=20 trenta=30 cento=100 mille=1000 metà=0.5',
  nl: 'twee=2 drie=3 vier=4 vijf=5 zes=6 zeven=7 acht=8 negen=9 tien=10 elf=11 twaalf=12 twintig=20 dertig=30 honderd=100 duizend=1000 helft=0.5',
  pt: 'dois=2 duas=2 três=3 quatro=4 cinco=5 seis=6 sete=7 oito=8 nove=9 dez=10 onze=11 doze=12 vinte=20 trinta=30 cem=100 mil=1000 metade=0.5',
};

const GERMAN_ORDINALS: Readonly<Record<string, number>> = {
  erst: 1,
  zweit: 2,
  dritt: 3,
  viert: 4,
  fünft: 5,
  sechst: 6,
  siebt: 7,
  siebent: 7,
  acht: 8,
  neunt: 9,
  zehnt: 10,
  elft: 11,
  zwölft: 12,
};

const TENS = /\b([2-9]0)[- ]([1-9])\b(?![.,]?\d)/gu;
const GERMAN_ORDINAL = new RegExp(
  `(?<!\\p{L})(${Object.keys(GERMAN_ORDINALS).join('|')})e[rsnm]?(?!\\p{L})`,
  'giu',
);
const GERMAN_COMPOUND =
  /(?<!\p{L})(ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)und(zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig)(?!\p{L})/giu;
const tables = new Map<
  string,
  { readonly pattern: RegExp; readonly values: ReadonlyMap<string, string> }
>();

/** Gives `text` with the numbers written as words replaced by digits. A language without a table leaves it as it is. */
export function digitsForWords(text: string, language: string): string {
  const table = tableOf(language);
  if (table === undefined) return text;
  const german = language === 'de' ? germanNumbers(text) : text;
  const replaced = german.replace(
    table.pattern,
    (word) => table.values.get(word.toLowerCase()) ?? word,
  );
  return language === 'en' ? joinTens(text, replaced) : replaced;
}

// "twenty-five" is one number; "20-5" in digits is a range and stays two.
function joinTens(text: string, replaced: string): string {
  if (!/ty[- ]/iu.test(text)) return replaced;
  return replaced.replace(TENS, (_, tens: string, unit: string) =>
    String(Number(tens) + Number(unit)),
  );
}

function germanNumbers(text: string): string {
  const values = tableOf('de')?.values;
  return text
    .replace(GERMAN_COMPOUND, (_, unit: string, tens: string) => {
      const one = unit.toLowerCase() === 'ein' ? 1 : Number(values?.get(unit.toLowerCase()));
      return String(Number(values?.get(tens.toLowerCase())) + one);
    })
    .replace(GERMAN_ORDINAL, (_, stem: string) => `${GERMAN_ORDINALS[stem.toLowerCase()]}.`);
}

function tableOf(
  language: string,
): { pattern: RegExp; values: ReadonlyMap<string, string> } | undefined {
  const words = WORDS[language];
  if (words === undefined) return undefined;
  const known = tables.get(language);
  if (known !== undefined) return known;
  const values = new Map(
    words.split(' ').map((entry): [string, string] => {
      const [word = '', value = ''] = entry.split('=');
      return [word, value];
    }),
  );
  const pattern = new RegExp(
    `(?<![\\p{L}_])(?:${[...values.keys()].join('|')})(?![\\p{L}_])`,
    'giu',
  );
  const table = { pattern, values };
  tables.set(language, table);
  return table;
}
