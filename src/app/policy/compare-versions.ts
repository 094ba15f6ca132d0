/** Tells which of two versions such as `1.10.0` is the newer one: above 0 for `one`, below for `other`, 0 where they are the same. */
export function compareVersions(one: string, other: string): number {
  const [ours, theirs] = [one, other].map((version) => version.split('.').map(Number));
  const index = (ours ?? []).findIndex((part, at) => part !== theirs?.[at]);
  return index < 0 ? 0 : (ours?.[index] ?? 0) - (theirs?.[index] ?? 0);
}
