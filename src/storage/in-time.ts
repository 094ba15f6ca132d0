import { StorageUnavailableError } from './errors/index.ts';

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
