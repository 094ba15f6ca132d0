import type { Span } from './span.ts';

const FROM = String.raw`from|von|de|da|van|expéditeur|remitente|mittente|afzender|remetente`;
const SENT = String.raw`date|sent|datum|gesendet|envoyé|fecha|enviado|data|inviato|verzonden`;
const HEADER = new RegExp(
  String.raw`^[\s>*]*(?<name>${FROM}|${SENT}|to|an|à|a|para|per|aan|cc|bcc|reply-to|subject|betreff|objet|asunto|oggetto|onderwerp|assunto|x-[a-z-]{2,40}|message-id|importance)[*\s]{0,3}:`,
  'iu',
);
const SUBJECT = /^(?:subject|betreff|objet|asunto|oggetto|onderwerp|assunto)$/i;
/** Such lines are those of a mail wherever they stand. */
const ALWAYS =
  /^[\s>*_-]*(?:b?cc|reply-to|return-path|in-reply-to|references|message-id|mime-version|content-[a-z-]{3,30}|received|delivered-to|dkim-signature|list-[a-z-]{3,20}|x-[a-z-]{2,40}|importance|priority|antwort an|kopie|priorité|cci|cco|ccn|prioridad|priorità|prioriteit|prioridade)\s?:/iu;
const CLOCK = /\d{1,2}[:.h]\d{2}/;
const HEADER_CHARACTERS = 300;

/**
 * Finds the lines that a mail program wrote around a brief that was sent or forwarded: "Cc:", "X-Mailer:", and where a line says
 * at what time it was sent, who sent it to whom. They tell nothing about the campaign; the subject is left, as it may name it.
 */
export function findMailHeaders(text: string): readonly Span[] {
  const found: Span[] = [];
  let block: (Span & { readonly name: string; readonly words: string })[] = [];
  const close = (): void => {
    const sent = block.some(
      ({ name, words }) => new RegExp(`^(?:${SENT})$`, 'iu').test(name) && CLOCK.test(words),
    );
    const from = block.some(({ name }) => new RegExp(`^(?:${FROM})$`, 'iu').test(name));
    for (const { name, words, ...line } of block)
      if (ALWAYS.test(words) || (sent && from && !SUBJECT.test(name))) found.push(line);
    block = [];
  };
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+|\r?\n[^\S\n]*\r?\n/g)) {
    const words = line.slice(0, HEADER_CHARACTERS);
    const name = HEADER.exec(words)?.groups?.['name'];
    if (name !== undefined) block.push({ start: index, end: index + line.length, name, words });
    else {
      close();
      if (ALWAYS.test(words)) found.push({ start: index, end: index + line.length });
    }
  }
  close();
  return found;
}
