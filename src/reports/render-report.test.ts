import { expect, test } from 'vitest';
import { z } from 'zod';

import { STANDARD_IDS } from '../compliance/index.ts';
import { HOSTILE, sampleReport } from './fixtures/sample-report.ts';
import { gapsOf, renderReport, REPORT_FORMATS } from './index.ts';
import { partName } from './report.ts';

test.each(REPORT_FORMATS)(
  '%s: the same report gives the same bytes, and never claims too much',
  (format) => {
    const text = renderReport(sampleReport(), format);
    expect(renderReport(sampleReport(), format)).toBe(text);
    expect(text).not.toMatch(/\bcompliant\b|certif|guarantee/i);
  },
);

test.each(['html', 'md'] as const)(
  '%s: what is not covered stands before what was found',
  (format) => {
    const text = renderReport(sampleReport(), format);
    const places = ['does not cover', 'In short', 'What is open', 'Every check'].map((part) =>
      text.indexOf(part),
    );
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(places[0]).toBeGreaterThan(0);
    expect(text).toContain('The audit trail does not verify');
    expect(text).toContain('baseline');
  },
);

test.each(REPORT_FORMATS)(
  '%s: a changed pack of the standard is told with what it leaves out',
  (format) => {
    const changes = {
      dropped: ['SOC2-01'],
      ungated: [],
      changed: [],
      added: [],
      texts: ['extent'],
    };
    const digest = 'cd'.repeat(32);
    const workflow = 'email-campaign';
    const edition = { workflow, file: HOSTILE, version: '1.1.0', digest, signedBy: null, changes };
    const text = renderReport({ ...sampleReport(), editions: [edition] }, format);
    if (format === 'json') {
      expect(JSON.parse(text)).toMatchObject({ editions: [edition] });
      return;
    }
    const told = text.replaceAll(/\s+/g, ' ');
    expect(told).toContain(
      'It leaves out SOC2-01. Of itself it says otherwise extent. This report asks by another one.',
    );
    expect(told.indexOf('It leaves out')).toBeLessThan(told.indexOf('are not looked at here'));
    if (format === 'html') expect(text).not.toContain('<script>');
  },
);

test.each(['html', 'md'] as const)(
  '%s: evidence that is missing is named in words, beside the key that it is supplied under',
  (format) => {
    const text = renderReport(
      { ...sampleReport(), lacking: ['accessReviews', 'recordScan.logs', 'alerts'] },
      format,
    );
    expect(text).toContain(
      'access reviews (accessReviews), record scan logs (recordScan.logs), alerts',
    );
  },
);

test.each(['html', 'md'] as const)(
  '%s: what a check misses does not stand there as its evidence',
  (format) => {
    const report = sampleReport();
    const isError = ({ outcome }: { readonly outcome: string }): boolean => outcome === 'error';
    const missing = report.assessment.controls.find(isError);
    expect(missing?.paths).not.toEqual([]);
    const part = renderReport(report, format).split('Every check')[1];
    const own = part?.slice(part.indexOf(missing?.check ?? '-'));
    expect(own).toContain(`Missing: ${missing?.paths.map(partName).join(', ')}.`);
  },
);

test('what is open says what was asked', () => {
  const report = sampleReport();
  const [gap] = gapsOf(report.assessment);
  const open = renderReport(report, 'html').split('What is open')[1]?.split('</table>')[0];
  expect(gap?.asked).not.toBe('');
  expect(open).toContain(gap?.asked);
});

test.each(['html', 'md'] as const)(
  '%s: exceptions are told with who gave them, those that stand first, and when one was taken back',
  (format) => {
    const text = renderReport(sampleReport(), format);
    const ids = ['w-stands', 'w-later', 'w-past', 'w-back'].map((id) => text.indexOf(id));
    expect(ids).toEqual(ids.toSorted((one, other) => one - other));
    expect(ids[0]).toBeGreaterThan(text.indexOf('Exceptions that were given'));
    for (const sentence of [
      'On record: 4. Standing when this was assessed: 1.',
      'Stands until 2026-03-01 12:30',
      'Begins 2026-02-02 00:00',
      'Ended 2026-01-20 00:00',
      'Taken back 2026-01-25 08:15; was to end 2026-03-01 12:30',
      'spend.limit',
      'noor',
    ])
      expect(text).toContain(sentence);
    const none = renderReport({ ...sampleReport(), exceptions: [] }, format);
    expect(none).toContain('No exception from a check is on record.');
  },
);

test.each(['html', 'md'] as const)(
  '%s: a period that ends within a day says to the minute where it ends',
  (format) => {
    const report = sampleReport();
    expect(renderReport(report, format)).toContain('2026-01-01 to 2026-02-01 (UTC');
    const period = { ...report.assessment.period, to: '2026-02-01T08:59:30.000Z' };
    const assessment = { ...report.assessment, period };
    expect(renderReport({ ...report, assessment }, format)).toContain(
      '2026-01-01 00:00 to 2026-02-01 08:59 (UTC',
    );
  },
);

test('paper has the columns of a wide screen: no table is cut off, and pages are numbered', () => {
  const page = renderReport(sampleReport(), 'html');
  const narrow = [...page.matchAll(/@media ([^{]*max-width[^{]*)\{/g)].map(([, query]) => query);
  expect(narrow.length).toBeGreaterThan(0);
  for (const query of narrow) expect(query).toMatch(/^screen and/);
  expect(page).toContain('counter(pages)');
});

test('a page holds no markup of others, no script, and nothing from elsewhere', () => {
  const page = renderReport(sampleReport(), 'html');
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page).not.toMatch(/<script|<img|<link|<iframe|\son\w+=|url\(|@import/i);
  expect(page).not.toContain('\u202E');
  expect(page).toContain("default-src 'none'");
  // Every link leads to a place of the page.
  const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, target]) => target);
  expect(targets.length).toBeGreaterThan(0);
  for (const target of targets) expect(page).toContain(`id="${target}"`);
});

test('Markdown keeps hostile text as text', () => {
  const text = renderReport(sampleReport(), 'md');
  expect(text).not.toContain(HOSTILE);
  expect(text).not.toMatch(/[^\\]<script/);
  expect(text).toContain('\\[l\\]');
});

const Uuid = z.uuid({ version: 'v5' });
const Property = z.strictObject({
  name: z.string().regex(/^[\p{L}_][\p{L}\p{N}.\-_]*$/u),
  ns: z.url(),
  value: z.string().regex(/^\S(.*\S)?$/),
});
const Token = z.string().regex(/^[\p{L}_][\p{L}\p{N}.\-_]*$/u);
/** The parts of OSCAL 1.2.1 that a report uses, as strict as its schema is about them. */
const AssessmentResults = z.strictObject({
  'assessment-results': z.strictObject({
    uuid: Uuid,
    metadata: z.strictObject({
      title: z.string().min(1),
      'last-modified': z.iso.datetime(),
      version: z.string().min(1),
      'oscal-version': z.literal('1.2.1'),
      props: z.array(Property).min(1),
      remarks: z.string(),
    }),
    'import-ap': z.strictObject({ href: z.string().startsWith('urn:phasegate:pack:') }),
    results: z
      .array(
        z.strictObject({
          uuid: Uuid,
          title: z.string(),
          description: z.string(),
          start: z.iso.datetime(),
          end: z.iso.datetime(),
          'reviewed-controls': z.strictObject({
            'control-selections': z
              .array(
                z.strictObject({
                  'include-controls': z.array(z.strictObject({ 'control-id': Token })).min(1),
                }),
              )
              .min(1),
          }),
          observations: z
            .array(
              z.strictObject({
                uuid: Uuid,
                title: z.string(),
                description: z.string().min(1),
                props: z.array(Property).min(1),
                methods: z.array(z.enum(['EXAMINE', 'INTERVIEW', 'TEST', 'UNKNOWN'])).min(1),
                types: z.array(Token).min(1),
                'relevant-evidence': z
                  .array(
                    z.strictObject({ description: z.string(), props: z.array(Property).min(1) }),
                  )
                  .min(1)
                  .optional(),
                collected: z.iso.datetime(),
                remarks: z.string(),
              }),
            )
            .min(1),
          findings: z
            .array(
              z.strictObject({
                uuid: Uuid,
                title: z.string(),
                description: z.string(),
                target: z.strictObject({
                  type: z.literal('objective-id'),
                  'target-id': Token,
                  status: z.strictObject({
                    state: z.enum(['satisfied', 'not-satisfied']),
                    remarks: z.string(),
                  }),
                }),
                'related-observations': z
                  .array(z.strictObject({ 'observation-uuid': Uuid }))
                  .min(1),
              }),
            )
            .min(1)
            .optional(),
        }),
      )
      .min(1),
  }),
});

test.each(STANDARD_IDS)(
  '%s: OSCAL has the shape of assessment results, and findings lead to observations',
  (id) => {
    const parsed = AssessmentResults.parse(JSON.parse(renderReport(sampleReport(id), 'oscal')));
    const [result] = parsed['assessment-results'].results;
    const { observations = [], findings = [] } = result ?? {};
    const known = new Set(observations.map(({ uuid }) => uuid));
    for (const finding of findings)
      for (const related of finding['related-observations'])
        expect(known.has(related['observation-uuid'])).toBe(true);
    const uuids = [...observations, ...findings].map(({ uuid }) => uuid);
    expect(new Set(uuids).size).toBe(uuids.length);
    // What could not be decided says nothing of a control.
    const decided = sampleReport(id).assessment.controls.filter(
      ({ outcome }) => outcome === 'satisfied' || outcome === 'not-satisfied',
    );
    expect(findings).toHaveLength(decided.flatMap(({ controls }) => controls).length);
  },
);

test('what is open is ordered: not satisfied, not decided, for a person', () => {
  const { assessment } = sampleReport();
  const outcomes = gapsOf(assessment).map(({ outcome }) => outcome);
  const order = ['not-satisfied', 'error', 'manual'];
  expect(outcomes).toEqual(
    outcomes.toSorted((one, other) => order.indexOf(one) - order.indexOf(other)),
  );
  expect(outcomes).toContain('not-satisfied');
  expect(outcomes).toContain('error');
});
