import type { Phrases } from './phrases.ts';

export const pt: Phrases = {
  title: 'Plano da campanha: {title}',
  titleBare: 'Plano da campanha',
  objectiveBare: 'O briefing não indica um objetivo',
  toneBare: 'Simples e claro',
  message: {
    offerFirst: 'Abrir com a oferta: {offer} Apoiá-la com: {point}',
    pointFirst: 'Abrir com: {point} Depois apresentar a oferta: {offer}',
    alone: 'Abrir com: {point}',
    speakTo: 'Quem são: {description}',
    need: 'De que precisam: {need}',
  },
  step: {
    announce: 'Anunciar: {fact}',
    explain: 'Explicar: {fact}',
    remind: 'Lembrar: {fact}',
    'last-call': 'Último aviso: {fact}',
    'follow-up': 'Retomar o contacto: {fact}',
  },
  subject: {
    announce: 'Nomear a própria novidade',
    explain: 'Prometer uma resposta útil',
    remind: 'Partir de outro lado que o primeiro e-mail',
    'last-call': 'Dizer o que termina e quando',
    'follow-up': 'Perguntar o que falta esclarecer',
  },
  subjectLines: {
    formal:
      'Frases completas e sóbrias, com o tema no início; sem exclamações, emojis nem perguntas.',
    warm: 'Falar a uma só pessoa, o benefício primeiro, com palavras do dia a dia.',
    playful:
      'Curto e vivo, com uma piscadela onde o tema permitir; a novidade deve perceber-se só pelo assunto.',
    plain:
      'Dizer o que está no e-mail, a palavra mais concreta primeiro; sem mistério nem maiúsculas de efeito.',
  },
  maxCharacters: 60,
  action: {
    sell: 'Encomendar agora',
    register: 'Reservar lugar',
    inform: 'Ler mais',
    'win-back': 'Voltar a visitar',
    retain: 'Ver as novidades',
    donate: 'Apoiar',
    engage: 'Saber mais',
  },
  risk: {
    'one-date': {
      text: 'Tudo depende de uma data: {deadline}',
      mitigation:
        'Aprovar e enviar o primeiro e-mail até à sua própria data; em caso de atraso, retirar os e-mails do meio e não o último.',
    },
    'many-dates': {
      text: 'Várias coisas terminam em datas diferentes e os leitores podem confundi-las.',
      mitigation: 'Cada último aviso nomeia uma só data, e nenhuma passada se repete.',
    },
    'no-closing': {
      text: 'Nada termina, por isso nada leva a agir depressa.',
      mitigation:
        'Apostar na utilidade e não na urgência; se houver data final, juntá-la ao briefing.',
    },
    preparation: {
      text: 'Há algo a fazer do nosso lado antes do envio: {deadline}',
      mitigation: 'Nomear quem o faz; nenhum e-mail sai antes.',
    },
    'goal-date': {
      text: 'O objetivo mede-se numa data própria, que nada termina para os leitores nem marca nenhum envio: {deadline}',
      mitigation:
        'Se nada deve sair depois, dizê-lo no briefing; caso contrário, comparar com ela as datas da sequência.',
    },
    undated: {
      text: 'Um prazo não tem data com que planear: {deadline}',
      mitigation: 'Juntar a data ao briefing; até lá nenhum e-mail depende dela.',
    },
    tight: {
      text: 'Há pouco tempo entre o início e o prazo, e os e-mails seguem-se de perto.',
      mitigation: 'Vigiar os cancelamentos após cada e-mail e retirar o seguinte se subirem.',
    },
    wording: {
      text: 'O briefing exclui certas expressões.',
      mitigation: 'Cada e-mail é verificado antes de seguir; uma pessoa confirma também o sentido.',
    },
    conflict: {
      text: 'Um ponto que o briefing quer contado usa uma expressão excluída; não é contado.',
      mitigation: 'Reformular o ponto ou retirar a regra, e planear de novo.',
    },
    thin: {
      text: 'O briefing dá poucos factos; os e-mails serão parecidos.',
      mitigation: 'Juntar mensagens-chave com provas, ou aprovar menos e-mails.',
    },
    withheld: {
      text: 'O briefing continha identificadores de pessoas, como números de processo, de cartão ou de conta. Os que foram reconhecidos não constam do plano; os nomes de pessoas não são reconhecidos e podem ter ficado.',
      mitigation:
        'Retirá-los do briefing, reler o plano à procura de nomes e usar apenas campos de impressão em série.',
    },
    regulated: {
      text: 'O briefing fixa uma regra: {note}',
      mitigation: 'Quem responde por estas regras deve ler os e-mails antes do envio.',
    },
    'one-segment': {
      text: 'Há um só segmento; todos recebem o mesmo.',
      mitigation: 'Se houver grupos diferentes, nomeá-los no briefing.',
    },
    'same-message': {
      text: 'Estes segmentos recebem os mesmos e-mails, porque nada no briefing fala a um deles em particular: {segments}',
      mitigation: 'Dizer no briefing o que importa a cada segmento.',
    },
    'no-metrics': {
      text: 'O briefing não diz como se mede o sucesso.',
      mitigation:
        'Acordar uma meta para pelo menos uma das medidas abaixo antes do primeiro envio.',
    },
    'no-action': {
      text: 'O briefing não indica uma chamada à ação; esta decorre do objetivo.',
      mitigation: 'Verificar que leva a uma página onde se pode fazer exatamente isso.',
    },
    'action-changed': {
      text: 'A chamada para a ação do briefing não pôde ser usada palavra por palavra, porque diz o que não se deve dizer ou contém um número que nada mais sustenta: {note}',
      mitigation: 'Reformulá-la no briefing, ou editá-la aqui.',
    },
    fewer: {
      text: 'O briefing deseja mais e-mails do que o tempo até ao prazo permite; estão previstos menos.',
      mitigation: 'Começar mais cedo, ou desejar menos e-mails.',
    },
  },
  measure: {
    opens: 'Taxa de abertura de cada e-mail, comparada dentro da sequência',
    clicks: 'Taxa de cliques na chamada à ação, por segmento',
    unsubscribes: 'Taxa de cancelamento após cada e-mail',
    outcome: {
      sell: 'Encomendas que começam com um clique na campanha',
      register: 'Inscrições que começam com um clique na campanha',
      inform: 'Leitores que chegam ao fim da página ligada',
      'win-back': 'Destinatários que voltam a estar ativos',
      retain: 'Destinatários ainda ativos depois da campanha',
      donate: 'Donativos que começam com um clique na campanha',
      engage: 'Respostas e visitas que começam com um clique na campanha',
    },
  },
  review: {
    notUnderstood: {
      text: 'Este comentário não foi entendido e não mudou nada: “{comment}”',
      mitigation:
        'Editar o plano diretamente. Comentários que se entendem, em inglês: only two emails, no reminder, shorter, more formal, focus on …',
    },
    figure: {
      text: 'Um comentário contém um número que não está no briefing; não é usado: “{comment}”',
      mitigation: 'Os números vêm só do briefing: juntá-lo ali e recomeçar.',
    },
    silent: {
      text: 'O plano voltou sem dizer o que mudar; está inalterado.',
      mitigation: 'Dizer o que mudar, ou editar o plano diretamente.',
    },
    moreFormal: 'mais formal, como pedido na revisão',
    lessFormal: 'menos formal, como pedido na revisão',
  },
};
