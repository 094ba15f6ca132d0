/** Puts `values` into the places of `phrase` that carry their names. */
export function fillPhrase(phrase: string, values: Readonly<Record<string, string>>): string {
  return phrase.replaceAll(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
}
