/** Begins a sentence, or stands behind a label or another sentence: "Internal: never ...". */
const AT_START = String.raw`(?:^|[.:;!?–—]\s+|^[\s*_>•-]+)(?:\p{L}{2,12},\s)?`;
const START = String.raw`(?:please (?:do not|don't|never|no|only|avoid)|do not|don't|never|avoid|no|not|only|always|make sure|be sure to|under no circumstances|bitte (?:nicht|nie|kein\p{L}*|nur|immer|unbedingt)|nicht|nie|niemals|kein|keine|keinen|keinesfalls|auf keinen fall|nur|immer|unbedingt|finger weg|ne|jamais|pas d['eu]s?|aucun|aucune|interdit|interdiction|éviter|évitez|uniquement|seulement|toujours|il faut|il ne faut|attention|no|nada de|nunca|jamás|prohibido|evitar|solo|sólo|únicamente|siempre|hay que|non|niente|mai|vietato|evitare|soltanto|solamente|sempre|bisogna|niet|nooit|geen|vermijd|alleen|slechts|altijd|não|nunca|jamais|proibido|apenas|só|sempre|é preciso|é proibido)`;
const ANYWHERE = String.raw`(?:must|mustn't|shall not|may not|should not|shouldn't|has to be|have to be|needs? to be|(?:is|are) (?:not allowed|forbidden|prohibited|mandatory|required|compulsory|banned|off limits)|(?:darf|dürfen|soll|sollen|sollte|sollten) (?:[\p{L}-]{1,30} ){0,4}(?:nicht|nie|niemals|kein\p{L}*|nur)|muss|müssen|(?:nicht|nie|niemals) (?:erwähnen|nennen|sagen|schreiben|verwenden|versprechen|anschreiben|kontaktieren)|(?:ist|sind) (?:verboten|untersagt|tabu|pflicht|nicht erlaubt)|ne (?:doit|doivent|peut|peuvent|faut)|doit|doivent|(?:est|sont) (?:interdit|obligatoire)\p{L}*|no (?:debe|deben|puede|pueden|se puede)|debe|deben|(?:está|están) (?:prohibid[oa]s?)|(?:es|son) (?:obligatori[oa]s?)|non (?:deve|devono|può|possono|si può)|deve|devono|(?:è|sono) (?:vietat[oaie]|obbligatori[oae]?)|mag (?:[\p{L}-]{1,30} ){0,3}(?:niet|geen)|mogen (?:[\p{L}-]{1,30} ){0,3}(?:niet|geen)|moet|moeten|(?:is|zijn) (?:verboden|verplicht)|não (?:deve|devem|pode|podem)|devem|(?:é|são) (?:proibid[oa]s?|obrigatóri[oa]s?))`;
const RULE = new RegExp(
  String.raw`${AT_START}${START}(?![\p{L}'])|(?<![\p{L}'])${ANYWHERE}(?![\p{L}'])`,
  'iu',
);

/** Tells whether a statement reads like a prohibition or an obligation, in one of the seven languages. */
export function readsLikeRule(statement: string): boolean {
  return RULE.test(statement.replaceAll('’', "'"));
}
