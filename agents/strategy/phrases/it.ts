import type { Phrases } from './phrases.ts';

export const it: Phrases = {
  title: 'Piano della campagna: {title}',
  titleBare: 'Piano della campagna',
  objectiveBare: 'Il brief non indica un obiettivo',
  toneBare: 'Semplice e chiaro',
  message: {
    offerFirst: 'Aprire con l’offerta: {offer} Sostenerla con: {point}',
    pointFirst: 'Aprire con: {point} Poi presentare l’offerta: {offer}',
    alone: 'Aprire con: {point}',
    speakTo: 'Chi sono: {description}',
    need: 'Di che cosa hanno bisogno: {need}',
  },
  step: {
    announce: 'Annunciare: {fact}',
    explain: 'Spiegare: {fact}',
    remind: 'Ricordare: {fact}',
    'last-call': 'Ultimo avviso: {fact}',
    'follow-up': 'Ricontattare: {fact}',
  },
  subject: {
    announce: 'Nominare la novità stessa',
    explain: 'Promettere una risposta utile',
    remind: 'Partire da un altro lato rispetto alla prima e-mail',
    'last-call': 'Dire che cosa finisce e quando',
    'follow-up': 'Chiedere che cosa resta da chiarire',
  },
  subjectLines: {
    formal: 'Frasi complete e sobrie, con il tema all’inizio; niente esclamativi, emoji o domande.',
    warm: 'Parlare a una sola persona, prima il vantaggio, con parole di ogni giorno.',
    playful:
      'Breve e vivace, con un sorriso dove il tema lo permette; la novità deve capirsi dal solo oggetto.',
    plain:
      'Dire che cosa c’è nell’e-mail, la parola più concreta per prima; niente misteri né maiuscole a effetto.',
  },
  maxCharacters: 60,
  action: {
    sell: 'Ordina ora',
    register: 'Prenota il tuo posto',
    inform: 'Leggi di più',
    'win-back': 'Torna a trovarci',
    retain: 'Scopri le novità',
    donate: 'Sostienici',
    engage: 'Scopri di più',
  },
  risk: {
    'one-date': {
      text: 'Tutto dipende da una data: {deadline}',
      mitigation:
        'Approvare e inviare la prima e-mail entro la sua data; in caso di ritardo, togliere le e-mail centrali e non l’ultima.',
    },
    'many-dates': {
      text: 'Più cose finiscono in date diverse e i lettori possono confonderle.',
      mitigation: 'Ogni ultimo avviso nomina una sola data, e nessuna già passata si ripete.',
    },
    'no-closing': {
      text: 'Nulla scade, quindi nulla spinge ad agire presto.',
      mitigation:
        'Puntare sull’utilità e non sull’urgenza; se c’è una data di fine, aggiungerla al brief.',
    },
    preparation: {
      text: 'C’è qualcosa da fare da parte nostra prima dell’invio: {deadline}',
      mitigation: 'Nominare chi se ne occupa; nessuna e-mail parte prima.',
    },
    'goal-date': {
      text: 'L’obiettivo si misura a una data propria, che non conclude nulla per i lettori e non regola alcun invio: {deadline}',
      mitigation:
        'Se dopo non deve partire nulla, dirlo nel brief; altrimenti confrontare con essa le date della sequenza.',
    },
    undated: {
      text: 'Una scadenza non ha una data su cui pianificare: {deadline}',
      mitigation: 'Aggiungere la data al brief; fino ad allora nessuna e-mail ne dipende.',
    },
    tight: {
      text: 'C’è poco tempo tra l’inizio e la scadenza, e le e-mail sono ravvicinate.',
      mitigation:
        'Osservare le disiscrizioni dopo ogni e-mail e togliere la successiva se aumentano.',
    },
    wording: {
      text: 'Il brief esclude certe espressioni.',
      mitigation:
        'Ogni e-mail viene controllata prima di proseguire; una persona ne verifica anche il senso.',
    },
    conflict: {
      text: 'Un punto che il brief vuole far dire usa un’espressione esclusa; non viene detto.',
      mitigation: 'Riformulare il punto o togliere la regola, e pianificare di nuovo.',
    },
    thin: {
      text: 'Il brief dà pochi fatti; le e-mail si somiglieranno.',
      mitigation: 'Aggiungere messaggi chiave con prove, o approvare meno e-mail.',
    },
    withheld: {
      text: 'Il brief conteneva identificativi di persone, come numeri di pratica, di carta o di conto. Quelli riconosciuti non figurano nel piano; i nomi di persone non vengono riconosciuti e possono essere rimasti.',
      mitigation:
        'Toglierli dal brief, rileggere il piano in cerca di nomi e usare solo campi di unione.',
    },
    regulated: {
      text: 'Il brief fissa una regola: {note}',
      mitigation: 'Far leggere le e-mail a chi ne risponde prima dell’invio.',
    },
    'one-segment': {
      text: 'C’è un solo segmento: tutti ricevono lo stesso messaggio.',
      mitigation: 'Se ci sono gruppi diversi, nominarli nel brief.',
    },
    'same-message': {
      text: 'Questi segmenti ricevono le stesse e-mail, perché nulla nel brief parla a uno di loro in particolare: {segments}',
      mitigation: 'Dire nel brief che cosa conta per ciascun segmento.',
    },
    'no-metrics': {
      text: 'Il brief non dice come si misura il successo.',
      mitigation:
        'Concordare un obiettivo per almeno una delle misure seguenti prima del primo invio.',
    },
    'no-action': {
      text: 'Il brief non indica un invito all’azione; questo deriva dall’obiettivo.',
      mitigation: 'Verificare che porti a una pagina dove si può fare proprio questo.',
    },
    'action-changed': {
      text: 'L’invito all’azione del brief non si è potuto riprendere parola per parola, perché dice ciò che non si deve dire o contiene una cifra che null’altro sostiene: {note}',
      mitigation: 'Riformularlo nel brief, o modificarlo qui.',
    },
    fewer: {
      text: 'Il brief chiede più e-mail di quante il tempo prima della scadenza ne permetta; ne sono previste meno.',
      mitigation: 'Cominciare prima, o chiedere meno e-mail.',
    },
  },
  measure: {
    opens: 'Tasso di apertura di ogni e-mail, confrontato nella sequenza',
    clicks: 'Tasso di clic sull’invito all’azione, per segmento',
    unsubscribes: 'Tasso di disiscrizione dopo ogni e-mail',
    outcome: {
      sell: 'Ordini che iniziano con un clic nella campagna',
      register: 'Iscrizioni che iniziano con un clic nella campagna',
      inform: 'Lettori che arrivano in fondo alla pagina collegata',
      'win-back': 'Destinatari tornati attivi',
      retain: 'Destinatari ancora attivi dopo la campagna',
      donate: 'Donazioni che iniziano con un clic nella campagna',
      engage: 'Risposte e visite che iniziano con un clic nella campagna',
    },
  },
  review: {
    notUnderstood: {
      text: 'Questo commento non è stato capito e non ha cambiato nulla: «{comment}»',
      mitigation:
        'Modificare il piano direttamente. Commenti che si capiscono, in inglese: only two emails, no reminder, shorter, more formal, focus on …',
    },
    figure: {
      text: 'Un commento contiene una cifra assente dal brief; non viene usata: «{comment}»',
      mitigation: 'Le cifre vengono solo dal brief: aggiungerla lì e ricominciare.',
    },
    silent: {
      text: 'Il piano è tornato senza dire che cosa cambiare; è invariato.',
      mitigation: 'Dire che cosa cambiare, o modificare il piano direttamente.',
    },
    moreFormal: 'più formale, come chiesto in revisione',
    lessFormal: 'meno formale, come chiesto in revisione',
  },
};
