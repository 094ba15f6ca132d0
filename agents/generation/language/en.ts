import type { PhraseTable } from './phrase-table.ts';

/** English. */
export const en: PhraseTable = {
  subjects: {
    announce: '{topic}',
    explain: '{topic}',
    remind: 'Reminder: {topic}',
    'last-call': 'Last call: {topic}',
    'follow-up': '{topic}',
  },
  senderSubjects: {
    announce: 'News from {sender}',
    explain: 'More from {sender}',
    remind: 'A reminder from {sender}',
    'last-call': 'A last note from {sender}',
    'follow-up': 'Once more: {sender}',
  },
  formal: {
    greeting: {
      formal: 'Dear {{first_name}},',
      plain: 'Dear {{first_name}},',
      warm: 'Dear {{first_name}},',
      playful: 'Hello {{first_name}},',
    },
    openings: {
      announce: 'We have news that we would like to share with you.',
      explain: 'We would like to tell you more about this.',
      remind: 'May we remind you of something that we wrote to you about?',
      'last-call': 'We are writing to you about this for the last time.',
      'follow-up': 'We would like to come back to our earlier messages.',
    },
    essentials: 'What you should know:',
    offer: 'Our offer for you: {text}',
    note: 'Please also note: {text}',
    date: 'Please note the date: {text}',
    action: 'Learn more',
    questions: 'If you have any questions, please write to us at {email}.',
    signOff: {
      formal: 'Yours sincerely,',
      plain: 'Kind regards,',
      warm: 'With warm regards,',
      playful: 'All the best,',
    },
    origin: 'This email was sent to you by {sender}, {address}.',
    leaving: 'You no longer wish to receive emails from us?',
    unsubscribe: 'Unsubscribe',
  },
  friendly: {
    greeting: {
      formal: 'Dear {{first_name}},',
      plain: 'Hi {{first_name}},',
      warm: 'Hello {{first_name}},',
      playful: 'Hey {{first_name}},',
    },
    openings: {
      announce: 'We have some news for you.',
      explain: 'Here is a closer look.',
      remind: 'Just a short reminder from us.',
      'last-call': 'This is our last note to you about this.',
      'follow-up': 'We would like to pick up where we left off.',
    },
    essentials: 'In short:',
    offer: 'Here is our offer: {text}',
    note: 'Good to know: {text}',
    date: 'Mark the date: {text}',
    action: 'Learn more',
    questions: 'Any questions? Just write to us at {email}.',
    signOff: {
      formal: 'Kind regards,',
      plain: 'Best wishes,',
      warm: 'With warm wishes,',
      playful: 'Cheers,',
    },
    origin: 'This email was sent to you by {sender}, {address}.',
    leaving: 'Would you rather not hear from us any more?',
    unsubscribe: 'Unsubscribe',
  },
};
