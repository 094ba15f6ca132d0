import { defineCheck } from '../../../src/validation/index.ts';
import type { Email } from '../artifact.ts';
import { DeliverableFacts, JUDGING_TIMEOUT_MS } from '../judging/facts.ts';
import { foreignAddressFinder } from '../judging/foreign-addresses.ts';
import { placesOf } from '../judging/places.ts';
import { unsafeKinds, type SafeLinks } from '../judging/unsafe-html.ts';
import { judged, problemsOf } from '../judging/problem.ts';
import { secureAddress, webAddressesIn } from '../reading/links.ts';
import { factIndex } from '../reading/fact-index.ts';
import { MERGE_FIELDS, mergeFieldsIn } from '../render/inert.ts';

const MESSAGE = 'The HTML of an email is not safe to send:';
const KNOWN: ReadonlySet<string> = new Set(MERGE_FIELDS);

/**
 * The HTML holds nothing that runs, loads, submits or hides; every link leads to a merge field or to an https address that
 * the requirements hold, and no field names a web address of anybody else, linked or not; only known merge fields are used, and all are declared.
 */
export const htmlSafe = defineCheck({
  id: 'email.html-safe',
  reads: DeliverableFacts,
  timeoutMs: JUDGING_TIMEOUT_MS,
  message: MESSAGE,
  remedy: 'Render the email again from its content; link only to addresses that the brief holds.',
  evaluate: ({ artifacts: { requirements, generation } }) => {
    const { name, postalAddress } = requirements.sender;
    const texts = [
      ...[...factIndex(requirements).values()].flatMap((fact) => fact.texts),
      ...[name, postalAddress].flatMap((fact) => (fact === null ? [] : [fact.text])),
    ];
    const links: SafeLinks = {
      addresses: new Set(
        texts
          .flatMap(webAddressesIn)
          .map(secureAddress)
          .filter((address) => address !== undefined),
      ),
      mailto: `mailto:${generation.sender.email}`,
    };
    const foreignAddresses = foreignAddressFinder(texts, generation.sender.email);
    return judged(
      MESSAGE,
      problemsOf(generation.emails, (email) => [
        ...unsafeKinds(email, links).map((kind) => [kind, 'html'] as const),
        ...placesOf(email)
          .filter(({ words }) => foreignAddresses(words).length > 0)
          .map(({ field }) => [`unknown address in the ${field}`, field] as const),
        ...mergeFieldProblems(email),
      ]),
    );
  },
});

function mergeFieldProblems({
  subject,
  preheader,
  text,
  html,
  mergeFields,
}: Email): (readonly [string, keyof Email])[] {
  const used = mergeFieldsIn([subject, preheader, text, html]);
  const declared = mergeFields.toSorted();
  return [
    ...(used.every((name) => KNOWN.has(name)) ? [] : [['unknown merge field', 'text'] as const]),
    ...(used.join() === declared.join()
      ? []
      : [['merge fields not as declared', 'mergeFields'] as const]),
  ];
}
