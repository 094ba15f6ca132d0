import type { Deliverable } from '../artifact.ts';
import { campaignList } from './campaign-list.ts';
import { message } from './message.ts';
import { wrapText } from './wrap-text.ts';

/** A file of a campaign. `path` is relative, with forward slashes; `content` is UTF-8. */
export interface CampaignFile {
  readonly path: string;
  readonly content: string;
}

/**
 * Gives a campaign as files: `.eml`, `.html` and `.txt` of every email, its plain text at 76 columns, and `campaign.json`. Same deliverable, same bytes.
 */
export function campaignFiles(deliverable: Deliverable): readonly CampaignFile[] {
  const emails = deliverable.emails.flatMap((email): CampaignFile[] => [
    { path: `${email.id}.eml`, content: message(email, deliverable.sender) },
    { path: `${email.id}.html`, content: email.html },
    { path: `${email.id}.txt`, content: wrapText(email.text) },
  ]);
  return [
    ...emails,
    {
      path: 'campaign.json',
      content: `${JSON.stringify(campaignList(deliverable), undefined, 2)}\n`,
    },
  ];
}
