import type { Email } from '../artifact.ts';
import { parseEmailHtml } from '../reading/parse-html.ts';

/** A field of an email, as the words that anyone could find in it. */
export interface PlaceOfWords {
  readonly field: 'subject' | 'preheader' | 'text' | 'html';
  readonly words: string;
}

/** Gives everything that an email says, field by field; the HTML with hidden text, title, labels and alternative texts. */
export function placesOf(email: Email): readonly PlaceOfWords[] {
  return [
    { field: 'subject', words: email.subject },
    { field: 'preheader', words: email.preheader },
    { field: 'text', words: email.text },
    { field: 'html', words: parseEmailHtml(email.html).allText },
  ];
}
