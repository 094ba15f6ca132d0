import { z } from 'zod';

import { Deliverable, Email } from '../artifact.ts';

const ListedEmail = Email.omit({ text: true, html: true }).extend({
  /** The first email of the same step that says the same to another segment: one mailing serves both. */
  sameAs: z.string().nullable(),
  /** Paths beside `campaign.json`. */
  files: z.strictObject({ eml: z.string(), html: z.string(), txt: z.string() }),
});

/** What `campaign.json` holds: every email, to whom, why and when it goes out, what its claims rest on, and its files. */
export const CampaignList = Deliverable.extend({ emails: z.array(ListedEmail).min(1) });
export type CampaignList = z.infer<typeof CampaignList>;

/** Lists the emails of a campaign. The bodies are in the files. */
export function campaignList({ title, sender, emails }: Deliverable): CampaignList {
  return {
    title,
    sender,
    emails: emails.map((email) => {
      const { text: _text, html: _html, ...listed } = email;
      const { id } = email;
      const same = emails.find((other) => other.step === email.step && saysTheSame(other, email));
      return {
        ...listed,
        sameAs: same === undefined || same.id === id ? null : same.id,
        files: { eml: `${id}.eml`, html: `${id}.html`, txt: `${id}.txt` },
      };
    }),
  };
}

function saysTheSame(one: Email, other: Email): boolean {
  return (
    one.subject === other.subject &&
    one.preheader === other.preheader &&
    one.text === other.text &&
    one.html === other.html
  );
}
