import type { Phrases } from './phrases.ts';

export const en: Phrases = {
  title: 'Campaign plan: {title}',
  titleBare: 'Campaign plan',
  objectiveBare: 'The brief names no objective',
  toneBare: 'Plain and clear',
  message: {
    offerFirst: 'Open with the offer: {offer} Support it with: {point}',
    pointFirst: 'Open with: {point} Then make the offer: {offer}',
    alone: 'Open with: {point}',
    speakTo: 'Who they are: {description}',
    need: 'What they need: {need}',
  },
  step: {
    announce: 'Announce: {fact}',
    explain: 'Explain: {fact}',
    remind: 'Remind: {fact}',
    'last-call': 'Last call: {fact}',
    'follow-up': 'Follow up: {fact}',
  },
  subject: {
    announce: 'Name the news itself',
    explain: 'Promise one useful answer',
    remind: 'Come from another side than the first email',
    'last-call': 'Name what ends, and when',
    'follow-up': 'Ask what is still open',
  },
  subjectLines: {
    formal:
      'Complete, matter-of-fact statements with the subject matter first; no exclamation marks, no emoji, no questions.',
    warm: 'Speak to one person, benefit first, in everyday words; at most one exclamation mark in the whole sequence.',
    playful:
      'Short and lively, with a wink where the subject allows it; the news must still be plain from the subject line alone.',
    plain:
      'Say what is in the email, most concrete word first; no teasing and no capitals for effect.',
  },
  maxCharacters: 60,
  action: {
    sell: 'Order now',
    register: 'Reserve your place',
    inform: 'Read more',
    'win-back': 'Come back and have a look',
    retain: 'See what is new for you',
    donate: 'Support us',
    engage: 'Find out more',
  },
  risk: {
    'one-date': {
      text: 'Everything hangs on one date: {deadline}',
      mitigation:
        'Have the first email approved and sent by its own date in the sequence; if it slips, leave out the middle emails rather than the last.',
    },
    'many-dates': {
      text: 'Several things end on different dates, and readers may mix them up.',
      mitigation:
        'Let each last call name one date only, and repeat no earlier one after it has passed.',
    },
    'no-closing': {
      text: 'Nothing ends, so nothing moves readers to act soon.',
      mitigation:
        'Rely on usefulness instead of urgency; add a closing date to the brief if there is one.',
    },
    preparation: {
      text: 'Something has to be done on our side before the emails go out: {deadline}',
      mitigation: 'Name who does it; no email goes out before.',
    },
    'goal-date': {
      text: 'The objective is measured on a date of its own, which ends nothing for readers and times no email: {deadline}',
      mitigation:
        'If no email may go out after it, say so in the brief; else compare the dates of the sequence with it.',
    },
    undated: {
      text: 'A deadline has no date that can be planned against: {deadline}',
      mitigation: 'Add the date to the brief; until then no email is timed by it.',
    },
    tight: {
      text: 'There is little time between the start and the deadline, so the emails come close together.',
      mitigation: 'Watch unsubscribes after each email and leave out the next one if they rise.',
    },
    wording: {
      text: 'The brief rules out certain wording.',
      mitigation:
        'Each email is checked against it before it goes on; have an editor read for the sense as well.',
    },
    conflict: {
      text: 'A point that the brief wants told uses wording that the brief rules out; it is not told.',
      mitigation: 'Reword the point or drop the rule, and run the plan again.',
    },
    thin: {
      text: 'The brief gives few facts, so the emails will resemble each other.',
      mitigation: 'Add key messages with something to show for them, or approve fewer emails.',
    },
    withheld: {
      text: 'The brief held identifiers of persons, such as record, card or account numbers. Those that were recognised were left out of the plan; names of persons are not recognised and may remain.',
      mitigation:
        'Take them out of the brief, read the plan for names, and address people with merge fields only.',
    },
    regulated: {
      text: 'The brief sets a rule: {note}',
      mitigation: 'Have whoever answers for these rules read the emails before they are sent.',
    },
    'one-segment': {
      text: 'There is one segment only, so everyone is told the same.',
      mitigation: 'If groups differ in what they know or need, name them in the brief.',
    },
    'same-message': {
      text: 'These segments get the same emails, because nothing in the brief speaks to one of them in particular: {segments}',
      mitigation: 'Say in the brief what matters to each segment.',
    },
    'no-metrics': {
      text: 'The brief does not say how success is measured.',
      mitigation:
        'Agree on a target for at least one of the measures below before the first email goes out.',
    },
    'no-action': {
      text: 'The brief names no call to action; this one follows from the objective.',
      mitigation: 'Check that it leads to a page where readers can do just that.',
    },
    'action-changed': {
      text: 'The brief’s call to action could not be taken word for word, because it says what must not be said or holds a figure that nothing else supports: {note}',
      mitigation: 'Reword it in the brief, or edit it here.',
    },
    fewer: {
      text: 'The brief wishes for more emails than the time before the deadline allows; fewer are planned.',
      mitigation: 'Begin earlier, or wish for fewer emails.',
    },
  },
  measure: {
    opens: 'Open rate of each email, compared within the sequence',
    clicks: 'Click rate on the call to action, by segment',
    unsubscribes: 'Unsubscribe rate after each email',
    outcome: {
      sell: 'Orders that begin with a click in the campaign',
      register: 'Registrations that begin with a click in the campaign',
      inform: 'Readers who reach the end of the linked page',
      'win-back': 'Recipients who become active again',
      retain: 'Recipients who are still active after the campaign',
      donate: 'Donations that begin with a click in the campaign',
      engage: 'Replies and visits that begin with a click in the campaign',
    },
  },
  review: {
    notUnderstood: {
      text: 'This comment was not understood and changed nothing: “{comment}”',
      mitigation:
        'Edit the plan directly, or say it as: only two emails, no reminder, drop the last reminder, shorter, more formal, focus on …',
    },
    figure: {
      text: 'A comment holds a figure that the brief does not hold; it is not used: “{comment}”',
      mitigation: 'Figures come from the brief only: add it there and start again.',
    },
    silent: {
      text: 'The plan was sent back without saying what to change; it is unchanged.',
      mitigation: 'Say what to change, or edit the plan directly.',
    },
    moreFormal: 'more formal, as the reviewer asked',
    lessFormal: 'less formal, as the reviewer asked',
  },
};
