import { expect, test } from 'vitest';

import { bicycles } from './fixtures/campaigns.ts';
import { writeCampaign } from './simulated/write-campaign.ts';

/** Writes the bicycles' campaign with another call to action, and gives its first email's text. */
function textWith(action: string): string {
  const { requirements, confirmation } = bicycles();
  const fact = requirements.callToAction;
  if (fact === null) throw new Error('Expected a call to action.');
  const { strategy } = confirmation;
  const callToAction = { text: action, traces: [fact.id] };
  const [email] = writeCampaign(
    { ...requirements, callToAction: { ...fact, text: action } },
    { ...confirmation, strategy: { ...strategy, callToAction } },
  ).emails;
  return email?.text ?? '';
}

test.each([
  'Ride a bicycle',
  'Vorbeikommen und probieren',
  'Book your first ride of the season in our app now',
  'Borrow a bicycle: open the app and unlock it with your card',
  'Book at https://bicycles.example.com or call us before noon',
  'Choose a station, unlock a bicycle, ride to the lake and be back before the sun goes down',
])('the call to action %j stands in the email word for word', (action) => {
  expect(textWith(action).replaceAll(/\s+/g, ' ')).toContain(action);
});

test.each([
  'Borrow a bicycle: open the app and unlock it with your card',
  'Book a bicycle (a card is enough) at https://bicycles.example.com/book',
])('the call to action %j does not begin twice', (action) => {
  const beginning = action.slice(0, 14);
  expect(textWith(action).split(beginning)).toHaveLength(2);
});

test('an address alone leads the button, and is not told twice', () => {
  const text = textWith('Book now: https://bicycles.example.com/book');
  expect(text).toContain('Book now: https://bicycles.example.com/book');
  expect(text.match(/bicycles\.example\.com\/book/g)).toHaveLength(1);
});
