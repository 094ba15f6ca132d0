import type { PhraseTable } from './phrase-table.ts';

/** French, with vous and with tu. */
export const fr: PhraseTable = {
  subjects: {
    announce: '{topic}',
    explain: '{topic}',
    remind: 'Rappel : {topic}',
    'last-call': 'Dernier rappel : {topic}',
    'follow-up': '{topic}',
  },
  senderSubjects: {
    announce: 'Des nouvelles : {sender}',
    explain: 'En savoir plus : {sender}',
    remind: 'Petit rappel : {sender}',
    'last-call': 'Dernier message : {sender}',
    'follow-up': 'Encore une fois : {sender}',
  },
  formal: {
    greeting: {
      formal: 'Bonjour {{first_name}},',
      plain: 'Bonjour {{first_name}},',
      warm: 'Bonjour {{first_name}},',
      playful: 'Bonjour {{first_name}},',
    },
    openings: {
      announce: 'Nous avons une nouvelle à vous annoncer.',
      explain: 'Nous souhaitons vous en dire davantage.',
      remind: 'Nous nous permettons un petit rappel.',
      'last-call': 'Nous vous écrivons à ce sujet pour la dernière fois.',
      'follow-up': 'Nous souhaitons revenir sur nos messages précédents.',
    },
    essentials: 'Ce qu’il faut savoir :',
    offer: 'Notre offre : {text}',
    note: 'À noter également : {text}',
    date: 'Date à retenir : {text}',
    action: 'En savoir plus',
    questions: 'Vous avez des questions ? Écrivez-nous à {email}.',
    signOff: {
      formal: 'Avec nos salutations distinguées,',
      plain: 'Bien cordialement,',
      warm: 'Chaleureusement,',
      playful: 'À très bientôt,',
    },
    origin: 'Ce courriel vous a été envoyé par {sender}, {address}.',
    leaving: 'Vous ne souhaitez plus recevoir nos courriels ?',
    unsubscribe: 'Se désabonner',
  },
  friendly: {
    greeting: {
      formal: 'Bonjour {{first_name}},',
      plain: 'Bonjour {{first_name}},',
      warm: 'Bonjour {{first_name}},',
      playful: 'Salut {{first_name}},',
    },
    openings: {
      announce: 'On a une nouvelle à t’annoncer.',
      explain: 'Voici de quoi il s’agit.',
      remind: 'Juste un petit rappel de notre part.',
      'last-call': 'C’est notre dernier message à ce sujet.',
      'follow-up': 'On revient sur nos messages précédents.',
    },
    essentials: 'En bref :',
    offer: 'Notre offre pour toi : {text}',
    note: 'Bon à savoir : {text}',
    date: 'Date à retenir : {text}',
    action: 'En savoir plus',
    questions: 'Des questions ? Écris-nous à {email}.',
    signOff: {
      formal: 'Cordialement,',
      plain: 'À bientôt,',
      warm: 'Chaleureusement,',
      playful: 'À très vite,',
    },
    origin: 'Ce courriel t’a été envoyé par {sender}, {address}.',
    leaving: 'Tu ne souhaites plus recevoir nos courriels ?',
    unsubscribe: 'Se désabonner',
  },
};
