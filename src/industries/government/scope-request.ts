import { defineAgent } from '../../workflow/index.ts';
import { comparableId } from '../person-decides.ts';
import { RecordsRequest, Scoping } from './facts.ts';

const DAY_MS = 86_400_000;

/** Says which records a request is about, and how many working days have gone. */
export const scopingAgent = defineAgent({
  id: 'request-scoping',
  input: RecordsRequest,
  artifact: Scoping,
  reads: {},
  simulated: ({ input }): Scoping => {
    const responsive = input.records.filter((record) => isResponsive(record, input));
    const labels = responsive.flatMap(({ paragraphs }) => paragraphs.map(({ label }) => label));
    return {
      officer: comparableId(input.officer.id),
      responsive: responsive.map(({ id }) => id),
      outside: input.records.length - responsive.length,
      topics: input.scope.topics.length,
      unlabelled: labels.filter((label) => label === '').length,
      restricted: labels.filter((label) => label === 'restricted').length,
      workingDays: workingDays(input),
    };
  },
});

function isResponsive(
  { date, topics }: RecordsRequest['records'][number],
  { scope }: RecordsRequest,
): boolean {
  return (
    date >= scope.from && date <= scope.to && topics.some((topic) => scope.topics.includes(topic))
  );
}

function workingDays({ receivedOn, preparedOn, holidays }: RecordsRequest): number {
  let days = 0;
  const end = Date.parse(preparedOn);
  for (let at = Date.parse(receivedOn) + DAY_MS; at <= end; at += DAY_MS) {
    const day = new Date(at);
    const isWeekend = day.getUTCDay() === 0 || day.getUTCDay() === 6;
    if (!isWeekend && !holidays.includes(day.toISOString().slice(0, 10))) days += 1;
  }
  return days;
}
