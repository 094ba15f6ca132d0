import type { JsonValue } from '../../kernel/index.ts';
import type { TradeFile } from '../trade.ts';
import { jsonFile } from '../write-texts.ts';
import { Publication } from './facts.ts';

/** Gives the document with its approval in its head, and the approval as data. */
export function documentFiles(
  artifacts: Readonly<Record<string, JsonValue>>,
): readonly TradeFile[] {
  const { body, ...published } = Publication.parse(artifacts['publication']);
  const { document, title, kind, audience, effectiveOn, reviewOn, approvedBy, approvedAt } =
    published;
  const head = {
    document,
    title,
    kind,
    audience,
    effective: effectiveOn,
    review: reviewOn,
    approved: `${approvedBy}, ${approvedAt}`,
  };
  const lines = Object.entries(head).map(
    ([key, value]) => `${key}: ${value.replaceAll(/\s+/g, ' ')}`,
  );
  return [
    { path: `${document}.md`, content: `---\n${lines.join('\n')}\n---\n\n${body}\n` },
    { path: 'approval.json', content: jsonFile(published) },
  ];
}
