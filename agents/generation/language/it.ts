import type { PhraseTable } from './phrase-table.ts';

/** Italian, with Lei and with tu. */
export const it: PhraseTable = {
  subjects: {
    announce: '{topic}',
    explain: '{topic}',
    remind: 'Promemoria: {topic}',
    'last-call': 'Ultimo avviso: {topic}',
    'follow-up': '{topic}',
  },
  senderSubjects: {
    announce: 'Novità: {sender}',
    explain: 'Di più: {sender}',
    remind: 'Promemoria: {sender}',
    'last-call': 'Ultimo avviso: {sender}',
    'follow-up': 'Di nuovo: {sender}',
  },
  formal: {
    greeting: {
      formal: 'Gentile {{first_name}},',
      plain: 'Buongiorno {{first_name}},',
      warm: 'Buongiorno {{first_name}},',
      playful: 'Buongiorno {{first_name}},',
    },
    openings: {
      announce: 'abbiamo una novità da comunicarLe.',
      explain: 'desideriamo fornirLe maggiori dettagli.',
      remind: 'Le inviamo un breve promemoria.',
      'last-call': 'è l’ultimo messaggio che Le inviamo su questo tema.',
      'follow-up': 'desideriamo tornare sui nostri messaggi precedenti.',
    },
    essentials: 'Che cosa è utile sapere:',
    offer: 'La nostra offerta: {text}',
    note: 'Le segnaliamo inoltre: {text}',
    date: 'Data da ricordare: {text}',
    action: 'Maggiori informazioni',
    questions: 'Ha domande? Ci scriva a {email}.',
    signOff: {
      formal: 'Distinti saluti,',
      plain: 'Cordiali saluti,',
      warm: 'Un caloroso saluto,',
      playful: 'Un allegro saluto,',
    },
    origin: 'Questa email Le è stata inviata da {sender}, {address}.',
    leaving: 'Non desidera più ricevere le nostre email?',
    unsubscribe: 'Annulla l’iscrizione',
  },
  friendly: {
    greeting: {
      formal: 'Buongiorno {{first_name}},',
      plain: 'Ciao {{first_name}},',
      warm: 'Ciao {{first_name}},',
      playful: 'Ciao {{first_name}},',
    },
    openings: {
      announce: 'abbiamo una novità per te.',
      explain: 'ecco di che cosa si tratta.',
      remind: 'solo un breve promemoria da parte nostra.',
      'last-call': 'è il nostro ultimo messaggio su questo tema.',
      'follow-up': 'torniamo sui nostri messaggi precedenti.',
    },
    essentials: 'In breve:',
    offer: 'La nostra offerta per te: {text}',
    note: 'Buono a sapersi: {text}',
    date: 'Segna la data: {text}',
    action: 'Scopri di più',
    questions: 'Hai domande? Scrivici a {email}.',
    signOff: {
      formal: 'Cordiali saluti,',
      plain: 'A presto,',
      warm: 'Un caro saluto,',
      playful: 'A prestissimo,',
    },
    origin: 'Questa email ti è stata inviata da {sender}, {address}.',
    leaving: 'Non vuoi più ricevere le nostre email?',
    unsubscribe: 'Annulla l’iscrizione',
  },
};
