import type { Email } from '../artifact.ts';
import { secureAddress } from '../reading/links.ts';
import { parseEmailHtml, type EmailHtml, type HtmlElement } from '../reading/parse-html.ts';
import { oneLine } from '../reading/plain-text.ts';
import { OUTLOOK_COMMENTS, STYLE_SHEET } from '../render/render-html.ts';

/** Where links of an email may lead besides merge fields. */
export interface SafeLinks {
  /** Normal forms of the https addresses that the requirements hold. */
  readonly addresses: ReadonlySet<string>;
  readonly mailto: string;
}

const ELEMENTS = new Set(
  'html head meta title style body div span table tbody thead tr td th h1 h2 h3 p a ul ol li strong em b i br hr'.split(
    ' ',
  ),
);
const ATTRIBUTES = new Set(
  'lang dir class style role align valign width height border cellpadding cellspacing bgcolor href name content charset title aria-label aria-roledescription aria-hidden'.split(
    ' ',
  ),
);
const LOADING_CSS =
  /url\s*\(|@import|@font-face|expression\s*\(|behavior\s*:|-moz-binding|javascript:|\\|<|image-set|src\s*:/iu;
const LINK_FIELDS = new Set(['{{unsubscribe_url}}', '{{cta_url}}']);
const COMMENTS: ReadonlySet<string> = new Set(OUTLOOK_COMMENTS);
const META_NAMES = new Set(['viewport', 'color-scheme', 'supported-color-schemes']);

/** Gives the kinds of unsafe things in an email's HTML. It is a list of what may be there: everything else is refused. */
export function unsafeKinds(email: Email, links: SafeLinks): readonly string[] {
  const html = parseEmailHtml(email.html);
  return [
    ...html.elements.flatMap((element) => elementKinds(element, links)),
    ...html.styles.filter((css) => css !== STYLE_SHEET).map(() => 'style sheet of another kind'),
    ...html.comments.filter((comment) => !COMMENTS.has(comment)).map(() => 'comment'),
    ...hiddenKinds(html, email),
    ...(html.elements.some(
      ({ tag, attributes }) => tag === 'html' && attributes.get('lang') === email.language,
    )
      ? []
      : ['no language']),
  ];
}

function elementKinds({ tag, attributes }: HtmlElement, links: SafeLinks): readonly string[] {
  if (!ELEMENTS.has(tag))
    return [`element ${/^[a-z0-9]{1,12}$/u.test(tag) ? tag : 'of another kind'}`];
  const kinds = [...attributes].flatMap(([name, value]) => {
    if (name.startsWith('on')) return ['event handler'];
    if (!ATTRIBUTES.has(name)) return ['attribute that loads or acts'];
    if (name === 'style' && LOADING_CSS.test(value)) return ['style that loads'];
    if (name === 'href') return tag === 'a' && isSafeLink(value, links) ? [] : ['link'];
    return [];
  });
  const meta = attributes.get('name');
  return tag === 'meta' && meta !== undefined && !META_NAMES.has(meta)
    ? [...kinds, 'meta element']
    : kinds;
}

function isSafeLink(href: string, links: SafeLinks): boolean {
  if (LINK_FIELDS.has(href) || href === links.mailto) return true;
  const address = secureAddress(href);
  return address !== undefined && links.addresses.has(address);
}

// The one thing that is hidden is the preheader; titles and labels repeat the subject.
function hiddenKinds(html: EmailHtml, email: Email): readonly string[] {
  const hidden = html.hiddenTexts.filter((text) => oneLine(text) !== oneLine(email.preheader));
  const labels = html.elements.flatMap(({ attributes }) => [
    attributes.get('title'),
    attributes.get('aria-label'),
  ]);
  const silent = labels.filter(
    (label) => label !== undefined && oneLine(label) !== oneLine(email.subject),
  );
  return [...hidden.map(() => 'hidden text'), ...silent.map(() => 'label that is not the subject')];
}
