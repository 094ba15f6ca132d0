import { z } from 'zod';

import { decisionAbout } from '../person-decides.ts';
import { personId } from '../person-id.ts';

const Line = z.string().trim().min(1).max(200);
const Day = z.iso.date();
const Count = z.int().min(0);
const Days = z.int().meta({ unit: 'days' });
const Percent = z.number().min(0).max(100).meta({ unit: 'percent' });

/** Labels from the most open to the most closed one. */
export const LABELS = ['public', 'internal', 'confidential', 'restricted'] as const;
export const Label = z.enum(LABELS);
export type Label = z.infer<typeof Label>;

/** Grounds on which a part of a record is withheld, by the paragraphs of 5 U.S.C. 552(b). */
export const Exemption = z.enum(['b1', 'b2', 'b3', 'b4', 'b5', 'b6', 'b7', 'b8', 'b9']);
export type Exemption = z.infer<typeof Exemption>;

/** The requester's key in your own system, by which the person is found and erased; no name. */
const PersonKey = Line.max(100).regex(/^\S+$/);
/** Texts of records name whomever, and do not say where: they are kept under a key of the thread. */
const ofAnybody = { sensitive: true };

/** A request for records, with the records that were found for it. */
export const RecordsRequest = z.strictObject({
  reference: Line,
  receivedOn: Day,
  /** The day on which it is answered. */
  preparedOn: Day,
  /** Days on which nobody works, besides Saturdays and Sundays. */
  holidays: z.array(Day).max(100),
  extension: z.boolean(),
  requester: z.strictObject({
    id: PersonKey,
    name: Line.meta({ sensitive: true, subject: 'requester.id' }),
    category: z.enum(['individual', 'media', 'education', 'commercial']),
  }),
  scope: z.strictObject({ topics: z.array(Line).max(50), from: Day, to: Day }),
  /** Who prepares the answer. */
  officer: z.strictObject({
    id: personId(Line),
    name: Line.meta({ sensitive: true, subject: 'officer.id' }),
  }),
  /** Words that name private persons or secrets of others in these records, and why they are withheld. */
  terms: z.array(z.strictObject({ text: Line.meta(ofAnybody), exemption: Exemption })).max(500),
  records: z
    .array(
      z.strictObject({
        id: Line,
        title: Line.meta(ofAnybody),
        date: Day,
        topics: z.array(Line).max(50),
        paragraphs: z
          .array(
            z.strictObject({
              /** Empty where nobody has labelled it. */
              label: z.union([Label, z.literal('')]),
              text: z.string().trim().min(1).max(10_000).meta(ofAnybody),
              /** The ground on which all of it is withheld. */
              exemption: Exemption.optional(),
            }),
          )
          .min(1)
          .max(1000),
      }),
    )
    .max(5000),
});
export type RecordsRequest = z.infer<typeof RecordsRequest>;

/** Which records the request is about, and how long it has taken. */
export const Scoping = z.strictObject({
  officer: Line,
  responsive: z.array(Line),
  outside: Count,
  topics: Count,
  unlabelled: Count,
  restricted: Count,
  /** Working days from the one after receipt to the answer. */
  workingDays: Days,
});
export type Scoping = z.infer<typeof Scoping>;

const Paragraph = z.strictObject({
  number: z.int().min(1),
  label: Label,
  status: z.enum(['released', 'redacted', 'withheld']),
  /** As it is released; empty where all of it is withheld. */
  text: z.string().meta(ofAnybody),
  exemptions: z.array(Exemption),
});

/** Records as they would be released. */
export const ReleasedRecord = z.strictObject({
  id: Line,
  title: z.string().meta(ofAnybody),
  date: Day,
  paragraphs: z.array(Paragraph),
});
export type ReleasedRecord = z.infer<typeof ReleasedRecord>;

/** One thing that was withheld: where, why, and how much; never what. */
export const LogEntry = z.strictObject({
  record: Line,
  /** 0 for the title. */
  paragraph: Count,
  exemption: Exemption,
  what: Line,
  characters: Count,
});
export type LogEntry = z.infer<typeof LogEntry>;

export const Redaction = z.strictObject({
  records: z.array(ReleasedRecord),
  log: z.array(LogEntry),
  paragraphs: Count,
  released: Count,
  redacted: Count,
  withheld: Count,
  /** Paragraphs that are withheld and for which no ground is named. */
  groundless: Count,
  withheldShare: Percent,
  /** Paragraphs that would be released although their label is not public. */
  lowered: Count,
  /** The most closed label among what is released. */
  highest: Label,
});
export type Redaction = z.infer<typeof Redaction>;

export const ResponseTexts = z.strictObject({
  opening: z.string().min(1).max(2000),
  withheld: z.string().min(1).max(2000),
  appeal: z.string().min(1).max(2000),
});
export type ResponseTexts = z.infer<typeof ResponseTexts>;

/** The letter that goes with the records. */
export const Response = z.strictObject({ texts: ResponseTexts, appealDays: Days });
export type Response = z.infer<typeof Response>;

/** What leaves: exactly this is approved. */
export const ReleasePackage = z.strictObject({
  records: z.array(ReleasedRecord),
  log: z.array(LogEntry),
  texts: ResponseTexts,
});
export type ReleasePackage = z.infer<typeof ReleasePackage>;

export const ReleaseDecision = decisionAbout(ReleasePackage);

export const Release = z.strictObject({
  reference: Line,
  records: z.array(ReleasedRecord),
  log: z.array(LogEntry),
  texts: ResponseTexts,
  paragraphs: Count,
  entries: Count,
  approvals: z.array(z.strictObject({ phase: Line, by: Line, at: z.string() })),
});
export type Release = z.infer<typeof Release>;

/** What rules and checks may read. */
export const RecordsFacts = z.object({
  input: RecordsRequest,
  artifacts: z.object({
    scoping: Scoping.optional(),
    redaction: Redaction.optional(),
    response: Response.optional(),
    review: ReleaseDecision.optional(),
    lowering: ReleaseDecision.optional(),
    release: Release.optional(),
  }),
});
