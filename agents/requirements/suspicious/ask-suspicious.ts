import { digestOf } from '../../../src/kernel/index.ts';
import type { Answer } from '../../../src/state/index.ts';
import type { OpenQuestion } from '../artifact.ts';
import { answerTo } from '../assembly/required.ts';
import { quoteAll } from '../conflicts/conflict.ts';
import { candidatesOf, read, type Draft } from '../conflicts/draft.ts';
import { choiceOf } from '../conflicts/choice.ts';
import type { Candidate } from '../discovery/candidate.ts';
import { FOREIGN_LINK, LOOKS_LIKE_COMMAND, MAY_STAND } from '../wording/suspicions.ts';
import { say } from '../wording/wording.ts';
import { domainOf, holdsCommand, hostsIn } from './find-suspicious.ts';

/** Fields whose words readers see. */
const SHOWN = ['title', 'offer', 'keyMessages', 'mustSay', 'deadlines', 'callToAction'] as const;
/** Fields whose words stand in the plan, or in the sender's name and address. */
const ALSO_SHOWN = [
  ...SHOWN,
  'objective',
  'audience',
  'tone',
  'metrics',
  'sender.name',
  'sender.postalAddress',
] as const;
/** More of them are left out, and listed as not used. */
const MAX_ASKED = 20;

/** What may stand in an email, and what a person is asked about before it may. */
export interface Examined {
  readonly candidates: readonly Candidate[];
  readonly questions: readonly OpenQuestion[];
}

/**
 * Asks about statements that hold a command, or an address on the web that is neither the sender's nor that of the call to
 * action. Without a "yes" none of them stands in an email.
 */
export function askAboutSuspicious(draft: Draft, answers: readonly Answer[]): Examined {
  const suspicions = suspicionsIn(draft, answers);
  const options = [...MAY_STAND[draft.language]];
  const questions: OpenQuestion[] = [];
  const dropped = new Set<Candidate>();
  for (const [index, suspicion] of suspicions.entries()) {
    const { id, text, candidates } = suspicion;
    const chosen = answers
      .filter(({ question }) => question === id)
      .map(({ text: answer }) => choiceOf(answer, options).option)
      .findLast((option) => option !== undefined);
    if (chosen === 0) continue;
    if (chosen === 1 || index >= MAX_ASKED)
      for (const candidate of candidates) dropped.add(candidate);
    else questions.push({ id, text, path: pathOf(candidates[0]), options });
  }
  return { candidates: draft.candidates.filter((each) => !dropped.has(each)), questions };
}

interface Suspicion {
  readonly id: string;
  readonly text: string;
  readonly candidates: readonly Candidate[];
}

function suspicionsIn(draft: Draft, answers: readonly Answer[]): readonly Suspicion[] {
  const groups = new Map<
    string,
    { readonly host: string | undefined; readonly found: Candidate[] }
  >();
  const add = (key: string, host: string | undefined, candidate: Candidate): void => {
    const group = groups.get(key) ?? { host, found: [] };
    group.found.push(candidate);
    groups.set(key, group);
  };
  const own = ownDomains(draft, answers);
  for (const candidate of candidatesOf(draft, ...ALSO_SHOWN)) {
    const { text } = read(draft, candidate);
    if (holdsCommand(text)) add(`command ${text.toLowerCase()}`, undefined, candidate);
    else if (own.size > 0 && isShown(candidate))
      for (const host of foreignHosts(text, own)) add(`host ${host}`, host, candidate);
  }
  return [...groups].map(([key, { host, found }]) => {
    const statements = quoteAll(found.map((candidate) => read(draft, candidate).text));
    const text =
      host === undefined
        ? say(LOOKS_LIKE_COMMAND[draft.language], statements)
        : say(
            FOREIGN_LINK[draft.language].replace('%h', () => host),
            statements,
          );
    const id = `suspicious-${digestOf({ key: key.toWellFormed() }).slice(0, 8)}`;
    return { id, text, candidates: found };
  });
}

function foreignHosts(text: string, own: ReadonlySet<string>): readonly string[] {
  return hostsIn(text).filter((host) => !own.has(domainOf(host)));
}

function isShown({ field }: Candidate): boolean {
  return SHOWN.some((shown) => shown === field);
}

function pathOf(candidate: Candidate | undefined): string {
  return candidate?.field === 'mustSay'
    ? 'constraints.mustSay'
    : (candidate?.field ?? 'keyMessages');
}

/** Whose links readers expect: the sender's, and that of the call to action, or else of the offer. */
function ownDomains(draft: Draft, answers: readonly Answer[]): ReadonlySet<string> {
  const senders = [
    ...candidatesOf(draft, 'sender.email').map((candidate) =>
      draft.text.slice(candidate.start, candidate.end),
    ),
    answerTo('sender.email', answers) ?? '',
  ].flatMap((address) => hostsIn(`//${address.split('@').at(1) ?? ''}`));
  const action =
    firstHost(draft, 'callToAction') ?? hostsIn(answerTo('callToAction', answers) ?? '')[0];
  const leads = action ?? firstHost(draft, 'offer');
  return new Set([...senders, ...(leads === undefined ? [] : [leads])].map(domainOf));
}

/** A label counts more than a phrase in prose, as it does for the fact. */
function firstHost(draft: Draft, field: 'callToAction' | 'offer'): string | undefined {
  const all = candidatesOf(draft, field);
  const [first] = [...all.filter(({ origin }) => origin !== 'cue'), ...all];
  return first === undefined ? undefined : hostsIn(read(draft, first).text)[0];
}
