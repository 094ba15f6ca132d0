import type { PhraseTable } from './phrase-table.ts';

/** Dutch, with u and with je. */
export const nl: PhraseTable = {
  subjects: {
    announce: '{topic}',
    explain: '{topic}',
    remind: 'Herinnering: {topic}',
    'last-call': 'Laatste oproep: {topic}',
    'follow-up': '{topic}',
  },
  senderSubjects: {
    announce: 'Nieuws van {sender}',
    explain: 'Meer van {sender}',
    remind: 'Herinnering van {sender}',
    'last-call': 'Laatste bericht van {sender}',
    'follow-up': 'Nog eens: {sender}',
  },
  formal: {
    greeting: {
      formal: 'Beste {{first_name}},',
      plain: 'Beste {{first_name}},',
      warm: 'Beste {{first_name}},',
      playful: 'Beste {{first_name}},',
    },
    openings: {
      announce: 'Wij hebben nieuws dat wij graag met u delen.',
      explain: 'Graag vertellen wij u hier meer over.',
      remind: 'Wij willen u hier graag nog aan herinneren.',
      'last-call': 'Wij schrijven u hierover voor de laatste keer.',
      'follow-up': 'Wij komen graag terug op onze eerdere berichten.',
    },
    essentials: 'Wat u moet weten:',
    offer: 'Ons aanbod voor u: {text}',
    note: 'Let ook op het volgende: {text}',
    date: 'Noteer de datum: {text}',
    action: 'Meer informatie',
    questions: 'Hebt u vragen? Schrijf ons op {email}.',
    signOff: {
      formal: 'Hoogachtend,',
      plain: 'Met vriendelijke groet,',
      warm: 'Hartelijke groet,',
      playful: 'Vrolijke groet,',
    },
    origin: 'Deze e-mail is u toegestuurd door {sender}, {address}.',
    leaving: 'Wilt u geen e-mails meer van ons ontvangen?',
    unsubscribe: 'Afmelden',
  },
  friendly: {
    greeting: {
      formal: 'Beste {{first_name}},',
      plain: 'Hallo {{first_name}},',
      warm: 'Hallo {{first_name}},',
      playful: 'Hoi {{first_name}},',
    },
    openings: {
      announce: 'We hebben nieuws voor je.',
      explain: 'We vertellen je er graag meer over.',
      remind: 'Een korte herinnering van ons.',
      'last-call': 'Dit is ons laatste bericht hierover.',
      'follow-up': 'We komen nog even terug op onze eerdere berichten.',
    },
    essentials: 'In het kort:',
    offer: 'Ons aanbod voor jou: {text}',
    note: 'Goed om te weten: {text}',
    date: 'Noteer de datum: {text}',
    action: 'Meer informatie',
    questions: 'Heb je vragen? Schrijf ons op {email}.',
    signOff: {
      formal: 'Met vriendelijke groet,',
      plain: 'Vriendelijke groet,',
      warm: 'Hartelijke groet,',
      playful: 'Vrolijke groet,',
    },
    origin: 'Deze e-mail is je toegestuurd door {sender}, {address}.',
    leaving: 'Wil je geen e-mails meer van ons ontvangen?',
    unsubscribe: 'Afmelden',
  },
};
