/** Abbreviations of seven languages that go on within their sentence, without the last full stop; parted by spaces. */
const ALWAYS = `inkl exkl zzgl einschl abzgl ca bzw evtl ggf ggfs sog vgl mind mtl jährl tägl lfd mwst insb bspw gest ehem allg tgl
abschn hrsg z.b d.h u.a u.ä o.ä i.d.r i.h.v v.a s.o s.u zz.t z.t z.zt u.u o.g u.g m.e inh ggü einschließl gegr nr dr
prof dipl ing hr frl mr mrs ms mx messrs rev capt sgt gov e.g i.e approx incl excl vs viz cf esp dept resp p.a p.p mm
mme mlle mlles env p.ex c-à-d c.-à-d réf n.b boul p.ej aprox núm sr sra srta sres dra ud uds avda pza p.es sig.ra sigg
dott dott.ssa avv geom c.so p.zza v.le bijv evt d.w.z o.a m.b.t i.v.m i.p.v a.u.b t.a.v dhr mevr mw drs exmo exma`;
/** Words by themselves, and abbreviations only in front of a figure: "no. 5", "max. 10", "Art. 5", "sept. 3". */
const BEFORE_FIGURE = new Set(
  `no nos n art abs tel max min máx mín p pp s st str av ave vol pos abt kap fig tab jan feb febr mar mär apr mai jun jul aug sep sept okt oct nov dez dec déc janv févr avr juil ene abr ago dic gen mag giu lug ott set fev out mrt`.split(
    ' ',
  ),
);
const NEVER_LAST = new Set(ALWAYS.split(/[ \n]+/));
/** "St. Mary", "M. Dupont": in front of a name. */
const BEFORE_NAME = new Set(['st', 'ste']);
const LAST_WORD =
  /(?:^|[\s("“„«'’/–—-])((?:\p{L}{1,12}\.[ \u00a0\u202f]?){0,3}[\p{L}-]{1,14}|\d{1,2})\.\s*$/u;
const STREET = /\p{L}{2,20}str$/iu;
const LONGEST = 40;

/**
 * Tells whether the full stop that `before` ends with belongs to an abbreviation or to the day of a date, in any of the seven
 * languages, and ends no sentence.
 *
 * @param before - Text up to and with the full stop; white space behind it does not matter.
 * @param after - What follows.
 */
export function isAbbreviated(before: string, after: string): boolean {
  const words = LAST_WORD.exec(before.slice(-LONGEST))?.[1]?.toLowerCase();
  if (words === undefined) return false;
  if (/^(?:\p{L}|\d{1,2})$/u.test(words)) return true;
  const last = words.split(/[. \u00a0\u202f]+/).at(-1) ?? '';
  if (isKnown(words.replaceAll(/[ \u00a0\u202f]/g, ''), last) || BEFORE_NAME.has(last)) return true;
  const ofFigure = STREET.test(last) || BEFORE_FIGURE.has(last);
  return ofFigure && /^\s*[\d(+€$£]/u.test(after);
}

/** Listed, or letters one by one such as "z. B." and "p. ej."; "p.m." may end a sentence. */
function isKnown(words: string, last: string): boolean {
  if (NEVER_LAST.has(words) || (last.length > 1 && NEVER_LAST.has(last))) return true;
  return /^\p{L}(?:\.\p{L})+$/u.test(words) && !/^[ap]\.m$/.test(words);
}

/** Parts `text` where a sentence ends and the next begins with a capital; no abbreviation and no day of a date ends one. */
export function sentenceTexts(text: string): readonly string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const { 0: gap, index } of text.matchAll(/(?<=[.!?…]["”“»)’]?)\s+(?=["„“«‘¿¡(]?\p{Lu})/gu)) {
    if (isAbbreviated(text.slice(start, index), text.slice(index))) continue;
    sentences.push(text.slice(start, index));
    start = index + gap.length;
  }
  return [...sentences, text.slice(start)];
}
