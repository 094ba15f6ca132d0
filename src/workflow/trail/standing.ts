import type { RunnableConfig } from '@langchain/core/runnables';
import type { BaseCheckpointSaver } from '@langchain/langgraph';

import type { AuditEvent, AuditSink, RecalledEvent } from '../../audit/index.ts';
import { randomIds } from '../../kernel/index.ts';
import { Principal } from '../../state/index.ts';
import { StateBehindTrailError } from '../errors.ts';
import { openKept } from '../state/kept/kept.ts';
import { answeredWithin, type Teller } from './teller.ts';
import { wentBack } from './trail-events.ts';

const REMEMBERED = 1_000;

/** Where a visit stands: how many visits the state has before it. */
export interface Standing {
  readonly thread: string;
  readonly run: string;
  readonly visits: number;
  readonly config: RunnableConfig;
}

/** Compares where a state stands with what the trail was told of its thread. */
export interface StandingGuard {
  /** Before a visit begins. @throws {@link StateBehindTrailError} where the trail holds later decisions than any state does. */
  check(at: Standing): Promise<void>;
  /** Before a person's decisions are told. @throws {@link StateBehindTrailError} where others stand in their place. */
  checkDecisions(at: Standing, told: readonly AuditEvent[]): Promise<void>;
  /** Who the trail says began a run, where it was told already: before a first phase that asked somebody, or a crash. */
  beganBy(thread: string, run: string): Promise<Principal | undefined>;
  /** After a visit was told: what follows it here needs no check. */
  passed(at: Standing): void;
}

/** What a {@link StandingGuard} works with. */
export interface StandingParts {
  readonly sink: AuditSink;
  readonly tell: Teller;
  readonly timeoutMs: number;
  readonly identify: (config: RunnableConfig) => Principal | Promise<Principal>;
}

/**
 * Makes the guard. A state may be one visit behind: whoever died between the record of a visit and its checkpoint left it so.
 * A state that is further behind was put back: by time travel, which the other checkpoints of the thread show and the trail is
 * then told, or by somebody who exchanged the store, which nothing shows.
 */
export function createStandingGuard({
  sink,
  tell,
  timeoutMs,
  identify,
}: StandingParts): StandingGuard {
  const passed = new Map<string, string>();
  const recall = async (thread: string): Promise<readonly RecalledEvent[]> =>
    sink.recall === undefined ? [] : answeredWithin(sink.recall(thread), timeoutMs);
  return Object.freeze({
    check: async (at: Standing) => {
      const { thread, visits, config } = at;
      if (thread === '' || sink.recall === undefined) return;
      if (passed.get(thread) === markOf(at)) return;
      const told = await recall(thread);
      const deletedAt = told.findLastIndex(isDeletion);
      const lastOfRun = told.findLastIndex(({ run }) => run === at.run);
      if (lastOfRun >= 0 && lastOfRun < deletedAt) {
        throw new StateBehindTrailError(placeOf(at), 'its deletion');
      }
      const ahead = decisionsAhead(told.slice(deletedAt + 1), at);
      if (ahead === undefined) return;
      if (!(await isKnown(at, ahead))) {
        throw new StateBehindTrailError(
          placeOf(at),
          `decisions of visit ${ahead + 1}, where it knows ${visits}`,
        );
      }
      // A caller's time travel: the later decisions are on another branch of the same thread.
      await tell([wentBack(at, await identify(config), randomIds.next())]);
    },
    checkDecisions: async (at: Standing, told: readonly AuditEvent[]) => {
      if (at.thread === '' || told.length === 0) return;
      const before = await recall(at.thread);
      const isOther = told.some(({ key, facts }) =>
        before.some(
          (event) => event.key === key && event.facts?.['givenAt'] !== facts?.['givenAt'],
        ),
      );
      if (!isOther || (await isKnown(at, at.visits + 1))) return;
      throw new StateBehindTrailError(
        placeOf(at),
        'another decision of a person at the same place',
      );
    },
    beganBy: async (thread: string, run: string) => {
      const events = thread === '' ? [] : await recall(thread);
      return principalOf(events.find((event) => event.kind === 'run-started' && event.run === run));
    },
    passed: (at: Standing) => {
      if (passed.size >= REMEMBERED) passed.clear();
      passed.set(at.thread, markOf({ ...at, visits: at.visits + 1 }));
    },
  });
}

/** Whether the trail tells here that the thread was deleted on purpose. */
function isDeletion({ kind, target }: RecalledEvent): boolean {
  return kind === 'effect' && target === 'thread (delete)';
}

/** A name that cannot be read here says nothing of who it is. */
function principalOf(event: RecalledEvent | undefined): Principal | undefined {
  if (event === undefined || event.actor.id.startsWith('concealed/')) return undefined;
  const { id, kind, roles = [], authenticated } = event.actor;
  return Principal.safeParse({ id, kind, roles, authenticated, source: event.facts?.['source'] })
    .data;
}

/** The thread, and the checkpoint that LangGraph runs it from. */
function placeOf({ thread, config }: Standing): {
  thread: string;
  checkpoint?: string | undefined;
} {
  const map: unknown = config.configurable?.['checkpoint_map'];
  const own: unknown = typeof map === 'object' && map !== null ? Reflect.get(map, '') : undefined;
  return { thread, checkpoint: typeof own === 'string' ? own : undefined };
}

function markOf({ run, visits }: Standing): string {
  return `${run} ${visits}`;
}

/** Gives the greatest visit that was decided of and that this state cannot know; undefined without one. */
function decisionsAhead(
  events: readonly RecalledEvent[],
  { run, visits }: Standing,
): number | undefined {
  const since = new Map<string, number>();
  let ahead: number | undefined;
  for (const { key, kind, run: of = '' } of events) {
    const index = visitIn(key);
    if (index === undefined) continue;
    if (kind === 'run-started') {
      since.set(of, index);
      // A thread that was begun anew has no earlier visits.
      if (index === 0 && of !== run) ahead = undefined;
      continue;
    }
    // Another run that only began where this state stands left nothing but its beginning, as a crash before its first checkpoint does.
    const isOfLaterRun = of !== run && (since.get(of) ?? 0) >= Math.max(visits, 1);
    const isLater = index > visits || isOfLaterRun;
    if (isLater) ahead = Math.max(ahead ?? 0, index);
  }
  return ahead;
}

/** The visit's number in the key of an event of a run: `thread/run#visit@superstep/kind`. */
function visitIn(key: string): number | undefined {
  const [, index] = /%23(\d+)%40-?\d+(?:\/|$)/.exec(key) ?? [];
  return index === undefined ? undefined : Number(index);
}

/** Whether some checkpoint of the thread has so many visits. */
async function isKnown({ thread, config }: Standing, visits: number): Promise<boolean> {
  const saver: unknown = config.configurable?.['__pregel_checkpointer'];
  if (!canList(saver)) return false;
  for await (const { checkpoint } of saver.list({ configurable: { thread_id: thread } })) {
    const history: unknown = openKept(checkpoint.channel_values['history']).value;
    if (Array.isArray(history) && history.length >= visits) return true;
  }
  return false;
}

function canList(saver: unknown): saver is Pick<BaseCheckpointSaver, 'list'> {
  return typeof saver === 'object' && saver !== null && 'list' in saver;
}
