const NUMBER_WORDS: readonly string[] = [
  'one single eine ein einzige un une una uno een um uma',
  'two zwei deux dos due twee dois duas',
  'three drei trois tres tre drie três',
  'four vier quatre cuatro quattro quatro',
  'five fünf cinq cinco cinque vijf',
  'six sechs seis sei zes',
  'seven sieben sept siete sette zeven sete',
  'eight acht huit ocho otto oito',
];
const NUMBERS: ReadonlyMap<string, number> = new Map(
  NUMBER_WORDS.flatMap((words, index) =>
    words.split(' ').map((word) => [word, index + 1] as const),
  ),
);
const NUMBER = String.raw`(?<![\p{L}\p{N}.,])(?:[1-8](?![\d.,]?\d)|${[...NUMBERS.keys()].join('|')})(?![\p{L}\p{N}%])`;
const EMAILS = String.raw`(?:e-?mails?|mails?|mailings?|messages?|courriels?|correos?|mensajes?|messaggi|messaggio|nachrichten|nachricht|berichten|mensagens|newsletters?)(?!\s*(?:list|address|contact|account|adress|liste|verteiler))(?!\p{L})`;
const COUNTED = new RegExp(
  String.raw`(?<number>${NUMBER})[\s-]+(?:\p{L}[\p{L}-]{0,20}\s+){0,2}?${EMAILS}`,
  'iu',
);
const BARE = new RegExp(
  String.raw`^(?:only|just|nur|höchstens|maximal)\s+(?<number>${NUMBER})$`,
  'iu',
);

/** How many emails `text` speaks of, 1 to 8, in digits or words of seven languages; undefined when it does not say. */
export function emailCount(text: string): number | undefined {
  const word = (COUNTED.exec(text) ?? BARE.exec(text.trim()))?.groups?.['number']?.toLowerCase();
  if (word === undefined) return undefined;
  return NUMBERS.get(word) ?? Number(word);
}
