import type { Part } from './layout.ts';

/** Gives the plain-text body: a line a paragraph, lists with hyphens, links as `label: address`. Ends with a line break. */
export function renderText(parts: readonly Part[]): string {
  return parts.map(partText).join('');
}

function partText(part: Part): string {
  switch (part.kind) {
    case 'list':
      return `${part.intro}\n${part.items.map((item) => `- ${item}\n`).join('')}\n`;
    case 'action':
      return `${part.label}: ${part.href}\n\n`;
    case 'fine-link':
      return `${part.label}: ${part.href}\n`;
    case 'rule':
      return '--\n';
    case 'signature':
    case 'fine-print':
      return `${part.text}\n`;
    case 'headline':
    case 'paragraph':
      return `${part.text}\n\n`;
  }
}
