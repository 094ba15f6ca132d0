import type { PhraseTable } from './phrase-table.ts';

/** Spanish, with usted and with tú. */
export const es: PhraseTable = {
  subjects: {
    announce: '{topic}',
    explain: '{topic}',
    remind: 'Recordatorio: {topic}',
    'last-call': 'Último aviso: {topic}',
    'follow-up': '{topic}',
  },
  senderSubjects: {
    announce: 'Novedades de {sender}',
    explain: 'Más de {sender}',
    remind: 'Recordatorio de {sender}',
    'last-call': 'Último aviso de {sender}',
    'follow-up': 'De nuevo: {sender}',
  },
  formal: {
    greeting: {
      formal: 'Buenos días, {{first_name}}:',
      plain: 'Buenos días, {{first_name}}:',
      warm: 'Hola, {{first_name}}:',
      playful: 'Hola, {{first_name}}:',
    },
    openings: {
      announce: 'Tenemos novedades que queremos compartir con usted.',
      explain: 'Queremos contarle más al respecto.',
      remind: 'Nos permitimos enviarle un breve recordatorio.',
      'last-call': 'Le escribimos sobre este asunto por última vez.',
      'follow-up': 'Queremos retomar nuestros mensajes anteriores.',
    },
    essentials: 'Lo que debe saber:',
    offer: 'Nuestra oferta para usted: {text}',
    note: 'Tenga también en cuenta: {text}',
    date: 'Anote la fecha: {text}',
    action: 'Más información',
    questions: '¿Tiene alguna pregunta? Escríbanos a {email}.',
    signOff: {
      formal: 'Atentamente,',
      plain: 'Un cordial saludo,',
      warm: 'Un afectuoso saludo,',
      playful: 'Un alegre saludo,',
    },
    origin: 'Este correo se lo ha enviado {sender}, {address}.',
    leaving: '¿Ya no desea recibir nuestros correos?',
    unsubscribe: 'Darse de baja',
  },
  friendly: {
    greeting: {
      formal: 'Buenos días, {{first_name}}:',
      plain: 'Hola, {{first_name}}:',
      warm: 'Hola, {{first_name}}:',
      playful: 'Hola, {{first_name}}:',
    },
    openings: {
      announce: 'Tenemos novedades para ti.',
      explain: 'Te lo contamos con más detalle.',
      remind: 'Solo un breve recordatorio de nuestra parte.',
      'last-call': 'Este es nuestro último mensaje sobre este tema.',
      'follow-up': 'Retomamos nuestros mensajes anteriores.',
    },
    essentials: 'En resumen:',
    offer: 'Nuestra oferta para ti: {text}',
    note: 'Conviene saber: {text}',
    date: 'Apunta la fecha: {text}',
    action: 'Más información',
    questions: '¿Tienes alguna pregunta? Escríbenos a {email}.',
    signOff: {
      formal: 'Un cordial saludo,',
      plain: 'Un saludo,',
      warm: 'Un abrazo,',
      playful: 'Hasta muy pronto,',
    },
    origin: 'Este correo te lo ha enviado {sender}, {address}.',
    leaving: '¿Ya no quieres recibir nuestros correos?',
    unsubscribe: 'Darse de baja',
  },
};
