import type { Finding } from '../finding.ts';

/** Puts something else in the places of findings that do not overlap, in order. */
export function replaceFindings(
  text: string,
  findings: readonly Finding[],
  replacementOf: (finding: Finding, value: string) => string,
): string {
  let result = '';
  let at = 0;
  for (const finding of findings) {
    const value = text.slice(finding.start, finding.end);
    result += text.slice(at, finding.start) + replacementOf(finding, value);
    at = finding.end;
  }
  return result + text.slice(at);
}
