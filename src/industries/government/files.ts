import type { JsonValue } from '../../kernel/index.ts';
import { htmlPage, markdownPage, type PageSection } from '../pages.ts';
import type { TradeFile } from '../trade.ts';
import { jsonFile } from '../write-texts.ts';
import { Release, type LogEntry, type ReleasedRecord } from './facts.ts';

/** Gives the letter, the records as they are released, and the log of exemptions. */
export function releaseFiles(artifacts: Readonly<Record<string, JsonValue>>): readonly TradeFile[] {
  const { reference, records, log, texts, approvals } = Release.parse(artifacts['release']);
  const letter: readonly PageSection[] = [
    { heading: 'What is released', paragraphs: [texts.opening] },
    { heading: 'What is withheld', paragraphs: [texts.withheld] },
    { heading: 'Appeal', paragraphs: [texts.appeal] },
  ];
  return [
    { path: 'response.md', content: markdownPage(`Request ${reference}`, letter) },
    {
      path: 'records.html',
      content: htmlPage(`Records for request ${reference}`, records.map(sectionOf)),
    },
    { path: 'exemptions.csv', content: csvOf(log) },
    { path: 'release.json', content: jsonFile({ reference, records, log, approvals }) },
  ];
}

function sectionOf({ id, title, date, paragraphs }: ReleasedRecord): PageSection {
  return {
    heading: `${id}: ${title} (${date})`,
    paragraphs: paragraphs.map(({ number, status, text, exemptions }) =>
      status === 'withheld'
        ? `${number}. [paragraph withheld: ${exemptions.join(' ')}]`
        : `${number}. ${text}`,
    ),
  };
}

function csvOf(log: readonly LogEntry[]): string {
  const rows = log.map(({ record, paragraph, exemption, what, characters }) => [
    record,
    paragraph === 0 ? 'title' : String(paragraph),
    exemption,
    what,
    String(characters),
  ]);
  const lines = [['record', 'paragraph', 'ground', 'what', 'characters'], ...rows];
  return `${lines.map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

/** Quoted (RFC 4180), and never read as a formula by a spreadsheet. */
function csvCell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
