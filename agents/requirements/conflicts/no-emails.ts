import { NO_EMAILS, EMAILS_AFTER_ALL } from '../wording/rules.ts';
import { say } from '../wording/wording.ts';
import { sentencesOf } from '../brief/sentences.ts';
import type { Span } from '../brief/span.ts';
import type { Candidate } from '../discovery/candidate.ts';
import { conflictId, halves, quoteAll, type Conflict } from './conflict.ts';
import { candidatesOf, read, type Draft } from './draft.ts';

const MAIL = String.raw`(?:e-?mails?|mails?|mailings?|newsletters?|courriels?|correos?(?: electrónicos?)?)`;
/** What follows says when, to whom or without what none is to be sent, and then some are. */
const END = String.raw`(?=\s*(?:[.;:!)]|$|,|\s[–—-]\s|please|bitte|at all|at any time|s['’]il vous plaît|por favor|per favore|graag|but|sondern|mais|pero|ma|maar|mas))`;
const NO_MAIL = new RegExp(
  String.raw`(?<![\p{L}])(?:(?:do not|don['’]t|never|must not|should not|no need to) (?:send|write) (?:any |an |out |the |out any )?${MAIL}|no ${MAIL}|keine ${MAIL}(?: (?:ver)?(?:senden|schicken))?|(?:ver)?(?:senden|schicken) (?:sie |wir )?(?:bitte )?keine ${MAIL}|n['’]envoye[rz] (?:pas d['’]|aucun |pas de )${MAIL}|ne pas envoyer d(?:['’]|e )${MAIL}|pas d(?:['’]|e )${MAIL}|no (?:enviar|envíen?|enviéis|mandar|manden?) (?:ningún |ningunos )?${MAIL}|ningún ${MAIL}|non (?:inviare|inviate|mandare|mandate) (?:nessuna |delle )?${MAIL}|nessuna ${MAIL}|(?:ver)?(?:stuur|zend) geen ${MAIL}|geen ${MAIL}(?: (?:ver)?(?:sturen|zenden))?|não (?:enviar|enviem?|mandar|mandem?) (?:nenhum |nenhuns )?${MAIL}|nenhum ${MAIL})${END}`,
  'iu',
);
const OTHER = String.raw`(?:sms|whats ?app|text messages?|push(?: notifications?)?|post|letters?|letter post|telephone|phone|social media|briefe?|telefon|courrier|lettres?|téléphone|cartas?|teléfono|lettere|telefono|brieven|telefoon|cartas|telefone)`;
const ONLY = String.raw`(?:only|exclusively|just|nur|ausschließlich|seulement|uniquement|solo|sólo|únicamente|soltanto|esclusivamente|alleen|uitsluitend|apenas|só|somente)`;
const ONLY_OTHER = new RegExp(
  String.raw`(?:^|[.;:,–—]\s)(?:please |bitte |(?:we )?use |send (?:it |them )?)*(?:${ONLY} (?:(?:by|via|per|als|par|por|com|use|usar|usare|gebruik|utiliser) )*(?:an? )?${OTHER}|(?:(?:by|via|per|use|par|por|com) )*${OTHER} ${ONLY})(?![\p{L}])`,
  'iu',
);

/** Finds statements by which no email is to be sent: what is made of the brief is nothing but emails. */
export function noEmails(draft: Draft): readonly Conflict[] {
  const told = candidatesOf(draft, 'channels').map((candidate) => ({
    span: candidate.origin === 'cue' ? sentenceTo(draft.brief, candidate) : candidate,
    candidate,
  }));
  const remarks = draft.remarks.map((remark) => ({ span: remark, candidate: undefined }));
  const found = [...told, ...remarks].flatMap(({ span, candidate }) => {
    const { text } = read({ ...draft, text: draft.brief }, span);
    return saysNone(text) ? [{ span, text, candidate }] : [];
  });
  return found.length === 0 ? [] : [toConflict(draft, found)];
}

const LINE_CHARACTERS = 400;

/** The sentence that a phrase was taken from, up to its end. */
function sentenceTo(text: string, { start, end }: Span): Span {
  const from = Math.max(text.lastIndexOf('\n', start - 1) + 1, start - LINE_CHARACTERS, 0);
  return sentencesOf(text, { start: from, end }).at(-1) ?? { start, end };
}

function saysNone(text: string): boolean {
  if (NO_MAIL.test(text)) return true;
  return ONLY_OTHER.test(text) && !new RegExp(MAIL, 'iu').test(text);
}

interface Found {
  readonly span: Span;
  readonly text: string;
  readonly candidate: Candidate | undefined;
}

/** Only that emails are wanted after all settles it: without emails there is nothing to go on with. */
function toConflict(draft: Draft, found: readonly Found[]): Conflict {
  const texts = found.map(({ text }) => text);
  return {
    id: conflictId('channels', ['no emails', ...texts]),
    field: 'channels',
    text: say(NO_EMAILS[draft.language], quoteAll(texts)),
    sources: found.flatMap(({ span }) => halves(span)),
    options: [EMAILS_AFTER_ALL[draft.language]],
    resolve: ({ option }) =>
      option === undefined
        ? undefined
        : {
            edits: [],
            drops: found.flatMap(({ candidate }) => (candidate === undefined ? [] : [candidate])),
          },
  };
}
