/** Words that say nothing about a subject; shorter ones are left out by their length. */
const EMPTY_WORDS = new Set(
  [
    'about after also again always at back before both each even ever every first here just last like many must next never next once several since still take times today very week weeks year years month months days without who from have into more most much only other over some such than that their them then there these they this those those with your ours what when which will would',
    'aber alle allem einmal immer jahr jahre jahren monat monate woche wochen tage tagen ohne zwei drei zum zur allen aller alles auch beim dass dein deine denn diese diesem diesen dieser dieses doch durch eine einem einen einer eines etwa euch euer eure fuer habe haben hier ihre ihrem ihren ihrer ihres jede jedem jeden jeder kann keine mehr nach nicht noch oder ohne schon sehr sein seine seit sich sind ueber unser unsere unserem unseren unserer unter viel wenn werden wird ',
    'avec cette chez comme dans elle elles leur leurs mais nous pour sans sont tous tout vous votre',
    'como con cuando ellos esta este estos para pero porque sobre todo todos tras una unas unos',
    'alla alle anche come dalla della delle degli dopo loro nella nelle ogni ogni perche questa questo sono tutti',
    'door deze hebben heeft hier jouw maar naar niet onze over voor waar wordt worden zijn',
    'como entre esta este isso mais muito para pela pelo quando seus suas todos uma voce',
    'address addresses adresse adressen adresses direccion indirizzo adres endereco',
    'brand customer customers people email emails kunde kunden kundin kundinnen client clients cliente clientes clienti klant klanten',
  ]
    .join(' ')
    .split(' '),
);
const SHORTEST_WORD = 4;
const SHORTEST_STEM = 5;

/** The distinct words of `texts` that say something about a subject: lower case, without accents. */
export function subjectWords(...texts: readonly string[]): readonly string[] {
  const plain = texts
    .join(' ')
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase();
  const words = plain.match(/\p{L}+/gu) ?? [];
  return [...new Set(words)].filter(
    (word) => word.length >= SHORTEST_WORD && !EMPTY_WORDS.has(word),
  );
}

/** How many words of `one` also stand in `other`; words with the same first five letters count as one word. */
export function overlap(one: readonly string[], other: readonly string[]): number {
  const stems = new Set(other.map(stem));
  return new Set(one.map(stem).filter((word) => stems.has(word))).size;
}

/** What words that mean the same mostly begin with. */
export function stem(word: string): string {
  return word.slice(0, SHORTEST_STEM);
}
