import type { PhraseTable } from './phrase-table.ts';

/** German, with Sie and with du. */
export const de: PhraseTable = {
  subjects: {
    announce: '{topic}',
    explain: '{topic}',
    remind: 'Zur Erinnerung: {topic}',
    'last-call': 'Nicht verpassen: {topic}',
    'follow-up': '{topic}',
  },
  senderSubjects: {
    announce: 'Neues von {sender}',
    explain: 'Mehr von {sender}',
    remind: 'Erinnerung von {sender}',
    'last-call': 'Letzte Nachricht von {sender}',
    'follow-up': 'Noch einmal: {sender}',
  },
  formal: {
    greeting: {
      formal: 'Guten Tag {{first_name}},',
      plain: 'Guten Tag {{first_name}},',
      warm: 'Hallo {{first_name}},',
      playful: 'Hallo {{first_name}},',
    },
    openings: {
      announce: 'wir haben Neuigkeiten für Sie.',
      explain: 'gern erläutern wir Ihnen, worum es geht.',
      remind: 'wir möchten Sie noch einmal erinnern.',
      'last-call': 'in dieser Sache schreiben wir Ihnen heute zum letzten Mal.',
      'follow-up': 'wir möchten auf unsere vorherigen Nachrichten zurückkommen.',
    },
    essentials: 'Das Wichtigste für Sie:',
    offer: 'Unser Angebot für Sie: {text}',
    note: 'Bitte beachten Sie außerdem: {text}',
    date: 'Bitte merken Sie sich vor: {text}',
    action: 'Mehr erfahren',
    questions: 'Haben Sie Fragen? Schreiben Sie uns an {email}.',
    signOff: {
      formal: 'Mit freundlichen Grüßen',
      plain: 'Freundliche Grüße',
      warm: 'Herzliche Grüße',
      playful: 'Fröhliche Grüße',
    },
    origin: 'Diese E-Mail wurde Ihnen gesendet von {sender}, {address}.',
    leaving: 'Sie möchten keine E-Mails mehr von uns erhalten?',
    unsubscribe: 'Abmelden',
  },
  friendly: {
    greeting: {
      formal: 'Guten Tag {{first_name}},',
      plain: 'Hallo {{first_name}},',
      warm: 'Hallo {{first_name}},',
      playful: 'Hey {{first_name}},',
    },
    openings: {
      announce: 'wir haben Neuigkeiten für dich.',
      explain: 'hier erfährst du, worum es geht.',
      remind: 'wir möchten dich kurz erinnern.',
      'last-call': 'das ist unsere letzte Nachricht an dich zu diesem Thema.',
      'follow-up': 'wir knüpfen noch einmal an unsere letzten Nachrichten an.',
    },
    essentials: 'Das Wichtigste in Kürze:',
    offer: 'Unser Angebot für dich: {text}',
    note: 'Gut zu wissen: {text}',
    date: 'Merk dir den Termin: {text}',
    action: 'Mehr erfahren',
    questions: 'Hast du Fragen? Schreib uns einfach an {email}.',
    signOff: {
      formal: 'Freundliche Grüße',
      plain: 'Viele Grüße',
      warm: 'Herzliche Grüße',
      playful: 'Fröhliche Grüße',
    },
    origin: 'Diese E-Mail wurde dir gesendet von {sender}, {address}.',
    leaving: 'Du möchtest keine E-Mails mehr von uns bekommen?',
    unsubscribe: 'Abmelden',
  },
};
