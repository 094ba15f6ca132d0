import { expect, test } from 'vitest';

import { readBrief } from '../../testing/run-requirements.ts';

test.each([
  [
    'Hey, so for IronLoft Gym (IronLoft Ltd, 12 Dock Road, Bristol BS1 4XX, news@ironloft.example.com) we want a mail to all members.',
    'IronLoft Ltd',
    '12 Dock Road, Bristol BS1 4XX',
  ],
  [
    'We write for IronLoft Gym (12 Dock Road, Bristol BS1 4XX, news@ironloft.example.com), as always.',
    'IronLoft Gym',
    '12 Dock Road, Bristol BS1 4XX',
  ],
  [
    'Wir schreiben für das Studio Eisen (Eisen GmbH, Hafenstraße 12, 12345 Musterstadt, news@ironloft.example.com) an alle Mitglieder.',
    'Eisen GmbH',
    'Hafenstraße 12, 12345 Musterstadt',
  ],
  [
    'Nous écrivons pour la Salle Bleue (Salle Bleue SARL, 3 rue du Port, 69001 Lyon, news@ironloft.example.com).',
    'Salle Bleue SARL',
    '3 rue du Port, 69001 Lyon',
  ],
  [
    'Escribimos para Gimnasio Azul (Calle Mayor 3, 28001 Madrid, news@ironloft.example.com).',
    'Gimnasio Azul',
    'Calle Mayor 3, 28001 Madrid',
  ],
  [
    'Scriviamo per Palestra Blu (Palestra Blu Srl, Via Roma 3, 20100 Milano, news@ironloft.example.com).',
    'Palestra Blu Srl',
    'Via Roma 3, 20100 Milano',
  ],
  [
    'Wij schrijven voor Sportschool Blauw (Havenstraat 3, 1011 AA Amsterdam, news@ironloft.example.com).',
    'Sportschool Blauw',
    'Havenstraat 3, 1011 AA Amsterdam',
  ],
  [
    'Escrevemos para Ginásio Azul (Rua do Porto 3, 1000-001 Lisboa, news@ironloft.example.com).',
    'Ginásio Azul',
    'Rua do Porto 3, 1000-001 Lisboa',
  ],
])('a sender in brackets: %j', async (brief, name, address) => {
  const { sender, withheld } = await readBrief(`${brief}\n\nMore follows here.\n`);
  expect([sender.name?.text, sender.postalAddress?.text, sender.email?.text]).toEqual([
    name,
    address,
    'news@ironloft.example.com',
  ]);
  expect(withheld).toEqual([]);
});

test.each([
  'The party is at the Town Hall (3 Market Square, Exampleton EX1 1AA, hall@town.example.com).',
  'Questions go to our desk (desk@shop.example.com, Monday to Friday 9 to 17).',
  'The spade (steel, 3 kg, 2 years of warranty) is new.',
])('no sender: %j', async (brief) => {
  expect((await readBrief(`${brief}\n\nMore follows here.\n`)).sender.name).toBeNull();
});
