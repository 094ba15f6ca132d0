import { defineCheck } from '../../../src/validation/index.ts';
import type { Claim } from '../artifact.ts';
import { figuresIn } from '../figures/figures.ts';
import { heldFigures } from '../figures/held-figures.ts';
import { DeliverableFacts, JUDGING_TIMEOUT_MS } from '../judging/facts.ts';
import { supportedAction } from '../judging/known-sentences.ts';
import { judged, problemsOf } from '../judging/problem.ts';
import { senderRemover } from '../judging/without-sender.ts';
import { withoutPhrase } from '../language/phrases.ts';
import { factIndex } from '../reading/fact-index.ts';
import { skeleton } from '../reading/skeleton.ts';

const MESSAGE = 'A claim does not rest on the requirements that it cites:';
const STEM = 4;
/** How much of a claim has to be in the words of the facts that it cites. */
const SHARED = 0.5;

/** Every claim cites requirements that exist, is mostly in their words, and has no figure that they have not. */
export const claimsTraced = defineCheck({
  id: 'email.claims-traced',
  reads: DeliverableFacts,
  timeoutMs: JUDGING_TIMEOUT_MS,
  message: MESSAGE,
  remedy:
    'Cite the fact that says it and say it in its words, or leave the claim out; a call to action has to be that of the brief.',
  evaluate: ({ artifacts }) => {
    const { requirements, generation } = artifacts;
    const index = factIndex(requirements);
    const bare = senderRemover(requirements);
    const approved = skeleton(supportedAction({ artifacts }));
    const problemOf = (claim: Claim): string | undefined => {
      const traced = claim.traces.map((id) => index.get(id)).filter((fact) => fact !== undefined);
      if (traced.length < claim.traces.length) return 'unknown trace';
      const texts = traced.flatMap((fact) => fact.texts);
      const held = heldFigures(texts, requirements.language);
      const figures = figuresIn(bare(claim.text), requirements.language);
      const unheld = figures.find((figure) => !held.holds(figure));
      if (unheld !== undefined) return `${unheld.kind} not in the cited facts`;
      const isApproved = approved.includes(skeleton(claim.text));
      // The words around a fact are the table's own: how many there are tells nothing about the fact.
      const inside = withoutPhrase(requirements.language, claim.text);
      const shares =
        isApproved ||
        [claim.text, inside].some((said) => sharesWording(bare(said), texts, figures.length));
      return shares ? undefined : 'wording not in the cited facts';
    };
    return judged(
      MESSAGE,
      problemsOf(generation.emails, ({ claims }) =>
        claims
          .map(problemOf)
          .flatMap((kind) => (kind === undefined ? [] : [[kind, 'claims'] as const])),
      ),
    );
  },
});

/** Tells whether a claim quotes a fact, is a part of one, or has most of its words and figures from facts. */
function sharesWording(claim: string, texts: readonly string[], heldFigureCount: number): boolean {
  const said = letters(claim);
  if (
    texts.map(letters).some((text) => text !== '' && (said.includes(text) || text.includes(said)))
  )
    return true;
  const held = new Set(texts.flatMap(stems));
  const words = stems(claim);
  const known = words.filter((word) => held.has(word)).length + heldFigureCount;
  return known > 0 && known >= SHARED * (words.length + heldFigureCount);
}

function letters(text: string): string {
  return skeleton(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

// The first letters of words long enough to mean something: inflections share them.
function stems(text: string): string[] {
  return (skeleton(text).match(/[\p{L}\p{N}]{4,}/gu) ?? []).map((word) => word.slice(0, STEM));
}
