import type { PhraseTable } from './phrase-table.ts';

/** Portuguese, formal and friendly. */
export const pt: PhraseTable = {
  subjects: {
    announce: '{topic}',
    explain: '{topic}',
    remind: 'Lembrete: {topic}',
    'last-call': 'Último aviso: {topic}',
    'follow-up': '{topic}',
  },
  senderSubjects: {
    announce: 'Novidades: {sender}',
    explain: 'Mais informação: {sender}',
    remind: 'Lembrete: {sender}',
    'last-call': 'Último aviso: {sender}',
    'follow-up': 'De novo: {sender}',
  },
  formal: {
    greeting: {
      formal: 'Bom dia, {{first_name}},',
      plain: 'Bom dia, {{first_name}},',
      warm: 'Olá, {{first_name}},',
      playful: 'Olá, {{first_name}},',
    },
    openings: {
      announce: 'Temos novidades que gostaríamos de partilhar consigo.',
      explain: 'Gostaríamos de lhe contar mais sobre este assunto.',
      remind: 'Enviamos-lhe um breve lembrete.',
      'last-call': 'Escrevemos-lhe sobre este assunto pela última vez.',
      'follow-up': 'Gostaríamos de voltar às nossas mensagens anteriores.',
    },
    essentials: 'O que importa saber:',
    offer: 'A nossa oferta: {text}',
    note: 'Tenha também em conta: {text}',
    date: 'Anote a data: {text}',
    action: 'Saber mais',
    questions: 'Tem alguma pergunta? Escreva-nos para {email}.',
    signOff: {
      formal: 'Com os melhores cumprimentos,',
      plain: 'Cumprimentos,',
      warm: 'Saudações calorosas,',
      playful: 'Saudações alegres,',
    },
    origin: 'Este e-mail foi-lhe enviado por {sender}, {address}.',
    leaving: 'Já não deseja receber os nossos e-mails?',
    unsubscribe: 'Cancelar a subscrição',
  },
  friendly: {
    greeting: {
      formal: 'Bom dia, {{first_name}},',
      plain: 'Olá, {{first_name}},',
      warm: 'Olá, {{first_name}},',
      playful: 'Olá, {{first_name}},',
    },
    openings: {
      announce: 'Temos novidades para ti.',
      explain: 'Contamos-te do que se trata.',
      remind: 'Só um breve lembrete da nossa parte.',
      'last-call': 'Esta é a nossa última mensagem sobre este tema.',
      'follow-up': 'Voltamos às nossas mensagens anteriores.',
    },
    essentials: 'Em resumo:',
    offer: 'A nossa oferta para ti: {text}',
    note: 'Vale a pena saber: {text}',
    date: 'Aponta a data: {text}',
    action: 'Saber mais',
    questions: 'Tens alguma pergunta? Escreve-nos para {email}.',
    signOff: {
      formal: 'Cumprimentos,',
      plain: 'Até breve,',
      warm: 'Um abraço,',
      playful: 'Até já,',
    },
    origin: 'Este e-mail foi-te enviado por {sender}, {address}.',
    leaving: 'Já não queres receber os nossos e-mails?',
    unsubscribe: 'Cancelar a subscrição',
  },
};
