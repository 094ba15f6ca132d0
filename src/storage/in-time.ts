import { LONGEST_TIMER_MS } from '../kernel/index.ts';
import { InvalidDurationError, StorageUnavailableError } from './errors/index.ts';

/**
 * Gives what `work` gives, if it does so in time.
 *
 * @throws {@link StorageUnavailableError} otherwise; what becomes of the work is of no interest then.
 */
export async function inTime<Value>(
  work: Promise<Value>,
  { place, ms }: { readonly place: string; readonly ms: number },
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new StorageUnavailableError(place, new Error(`no answer within ${ms} ms`)));
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Gives a duration that a timer can wait for: 0 to 2^31 - 1 ms. @throws {@link InvalidDurationError} */
export function timerOf(name: string, ms: number): number {
  if (!(ms >= 0 && ms <= LONGEST_TIMER_MS)) throw new InvalidDurationError(name, ms);
  return ms;
}
