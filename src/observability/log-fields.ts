const WORDS = {
  'which run, and where in it': 'thread run phase attempt workflow version visit index seq epoch',
  'what was decided':
    'from to destination gate outcome verdict check mode status decision gateDigest factsDigest digest checkpoint interrupt place',
  'who and what took part, by identifier':
    'agent variant model provider source kind authenticated backend format action',
  'what went wrong': 'code hint retryable error cause origin problem reason',
  'how many':
    'count checks failures questions answers revisions refusals artifacts files problems emails segments steps repairs calls retries tokens length limit found issues',
  'how much':
    'inputTokens outputTokens maxTokens costUsd maxCostUsd bytes maxBytes size estimated dropped',
  'when, and how long':
    'durationMs timeoutMs leaseMs delayMs validForMs startedAt endedAt expiresAt at',
  'the process and its surroundings':
    'pid port signal exitCode httpStatus file line column path field variables enabled',
};

/**
 * Everything that a log line may say besides its event, level and time. A fact of another name is dropped, because
 * nobody has decided that it is safe to keep.
 */
export const LOG_FIELDS: readonly string[] = Object.freeze(
  Object.values(WORDS).flatMap((names) => names.split(' ')),
);

const FREE_TEXT = new Set(['hint', 'reason', 'problem', 'error', 'cause']);

/** Those whose values are names that programs give: ids, instants, hosts, files. All others may quote somebody. */
export const NAME_FIELDS: ReadonlySet<string> = new Set(
  LOG_FIELDS.filter((name) => !FREE_TEXT.has(name)),
);
