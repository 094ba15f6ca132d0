const word = (alternatives: string): string =>
  String.raw`(?<![\p{L}])(?:${alternatives})(?![\p{L}])`;

/** Sentences that speak to software that reads the brief, not to the people whom the campaign is for. */
const ORDERS = String.raw`(?:ignore|disregard|forget|override|bypass|skip) (?:all |any |every |your |the |previous |prior |above |these |system |must-not-say |must-say |forbidden |approval |confirmation ){0,4}(?:instructions?|rules|prompts?|gates?|checks?|guardrails|constraints|restrictions|lists?)|(?:approve|confirm) (?:this |the )?(?:campaign |strategy |run )?automatically|approved[_ ]by\s*[:=]|status\s*[:=]\s*"?approved|"type"\s*:\s*"approve|system prompt|you are now (?:the|an?) |(?:dear|hey|hi|hello|attention,?) (?:ai|a\.i\.|assistant|chatbot|language model|llm|model)(?![\p{L}])|(?<![\p{L}])(?:ai|assistant|chatbot|language model|llm|chatgpt)\s?[:,]\s(?:please|also|now|you|add|put|write|ignore|approve|say|insert|include|do|answer|skip)(?![\p{L}])|(?<![\p{L}])(?:system|developer)\s?:\s(?:please |now )?(?:you are|add|put|write|ignore|approve|insert|include|remove|delete|omit|drop|send|set|reveal|print|skip)(?![\p{L}])|(?<![\p{L}])(?:remove|delete|omit|drop|leave out|hide) (?:the |all |any |every )?(?:unsubscribe|opt-?out)(?![\p{L}])|ignoriere (?:alle |deine |die |vorherigen ){0,3}(?:anweisungen|regeln)|(?:ignorez|ignora|ignore|negeer) (?:toutes |tutte |todas |alle |as |las |le |les |tus |vos ){0,3}(?:instructions|istruzioni|instrucciones|instructies|instruções)`;

/** That the approval is given already, or is to be left out. What a brief says of it decides nothing. */
const APPROVALS: readonly string[] = [
  word(
    String.raw`(?:skip|bypass|omit|leave out) (?:the |any |this |our )?(?:human )?(?:confirmation|approval|review|sign-?off)`,
  ),
  word(
    String.raw`(?:this|it|the (?:campaign|strategy|brief|plan|run|text|copy|emails?|mailing)|everything|all of this|campaign|strategy) (?:is|are|was|were|has been|have been|already|comes?) ?(?:already |all |fully )?(?:pre-?)?approved(?! by (?:the )?(?:\p{L}+ ){0,2}(?:dentists?|doctors?|experts?|vets?|fda|ce|tüv))`,
  ),
  word(
    String.raw`(?:already (?:pre-?)?|pre-?)approved by|(?:has|have|i|we|i['’]ve|we['’]ve) (?:already |hereby )?approved (?:this|the|it|everything|all)`,
  ),
  word(
    String.raw`no (?:further |more |additional |human )?(?:approval|confirmation|sign-?off|review) (?:is |are )?(?:needed|necessary|required)`,
  ),
  word(
    String.raw`(?:proceed|continue|go (?:on|ahead)|send|generate|publish)(?: \p{L}+){0,6} without (?:any |further |a |the |asking for )?(?:confirmation|approval|review|sign-?off)`,
  ),
  word(
    String.raw`(?:freigabe|bestätigung|genehmigung) (?:bitte |kann |ist |wird )*(?:überspringen|übersprungen|auslassen|nicht (?:nötig|erforderlich|notwendig)|entfällt|(?:liegt )?(?:bereits|schon) (?:vor|erteilt))|(?:überspring\p{L}*|überspringe) (?:bitte )?(?:die )?(?:freigabe|bestätigung|genehmigung)`,
  ),
  word(
    String.raw`keine (?:weitere )?(?:freigabe|bestätigung|genehmigung) (?:nötig|erforderlich|notwendig)|(?:ist|wurde|sind|wurden) (?:bereits|schon|vorab) (?:freigegeben|genehmigt)|vorab (?:freigegeben|genehmigt)`,
  ),
  word(
    String.raw`(?:sauter|sautez|passer|passez|ignorer|ignorez) (?:la |l['’]|cette )?(?:étape de )?(?:confirmation|validation|approbation)|(?:c['’]est|ceci est|cela est|campagne(?: est)?|stratégie(?: est)?|tout est|plan est) (?:déjà |pré-?)(?:approuvée?|validée?)|(?:aucune|pas de) (?:confirmation|validation|approbation) (?:n['’]est )?(?:nécessaire|requise)`,
  ),
  word(
    String.raw`(?:saltar|salte|salten|omitir|omita|omitan|sáltese) (?:la )?(?:confirmación|aprobación|validación)|(?:esto está|todo está|campaña(?: está)?|ya está) (?:ya )?(?:pre-?)?aprobad[oa]|no (?:hace falta|es necesaria|se necesita|se requiere) (?:la |ninguna )?(?:confirmación|aprobación)`,
  ),
  word(
    String.raw`(?:saltare|saltate|salta|omettere|omettete) (?:la |l['’])?(?:conferma|approvazione)|(?:è|campagna(?: è)?|tutto è) (?:già |pre-?)(?:stat[oa] )?approvat[oa]|non (?:serve|è necessaria|occorre) (?:la |l['’]|alcuna )?(?:conferma|approvazione)`,
  ),
  word(
    String.raw`(?:sla|slaan) (?:de )?(?:bevestiging|goedkeuring) over|(?:bevestiging|goedkeuring) (?:overslaan|(?:is )?niet nodig)|(?:is|campagne) (?:al|reeds|vooraf) goedgekeurd|geen (?:bevestiging|goedkeuring) nodig`,
  ),
  word(
    String.raw`(?:saltar|salte|saltem|pular|pule|ignorar|ignorem) (?:a )?(?:confirmação|aprovação)|(?:está|isto está|tudo está|campanha(?: está)?) (?:já |pré-?)(?:está )?aprovad[oa]|já está aprovad[oa]|não (?:é|há) (?:necessári[ao]|preciso|preciso de)(?: a)? (?:confirmação|aprovação)`,
  ),
];

/** Sentences that speak to software, or of the approval of the very campaign: no reader is told them, and nothing follows from them. */
export const TO_SOFTWARE = new RegExp([ORDERS, ...APPROVALS].join('|'), 'iu');

const ADDRESS =
  /\]\(\s*<?\s*([^)]{1,40})|^\s*\[[^\]\n]{1,80}\]:\s*<?([^\s>]{1,40})|<\s*a\s[^>]{0,200}href\s*=\s*["']?\s*([^"'>]{1,40})/gimu;
const SCHEME = /^([a-z][a-z0-9+.-]*)(?::|%3a)/i;
const SAFE = /^(?:https?|mailto|tel)$/i;
/** An address of a program or of its text that stands by itself: "javascript:alert(1)", "data:text/html,...". */
const PROGRAM =
  /(?<![\p{L}\p{N}])(?:(?:java|vb|live)script:\S|data:[a-z]{2,20}\/[a-z0-9.+-]{1,40}[;,]|(?:file|blob):\/)/iu;

/** Tells whether text, Markdown or HTML holds a link that leads to a program, and not to a page, a mail or a telephone. */
export function hasUnsafeLink(raw: string): boolean {
  if (PROGRAM.test(raw)) return true;
  if (!/\]\(|\]:|href/i.test(raw)) return false;
  return Array.from(raw.matchAll(ADDRESS), ([, ...targets]) => targets.join('')).some((target) => {
    const scheme = SCHEME.exec(plainAddress(target))?.[1];
    return scheme !== undefined && !SAFE.test(scheme);
  });
}

/** An address without what hides its scheme: white space, and characters written as numbers. */
function plainAddress(target: string): string {
  return target
    .replaceAll(/&#x([0-9a-f]{1,6});?/gi, (_all, code: string) =>
      character(Number.parseInt(code, 16)),
    )
    .replaceAll(/&#(\d{1,7});?/g, (_all, code: string) => character(Number(code)))
    .replaceAll(/&colon;/gi, ':')
    .replaceAll(/[\s\p{Cc}\p{Cf}]/gu, '');
}

function character(code: number): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
