// What compressing costs and saves, by form. Run: node --import tsx bench/state/compression.ts
import { packingOf, unpack } from '../../src/storage/engine/seals/packing.ts';
import { encodeValue } from '../../src/storage/engine/codec/index.ts';
import { messageOf } from './workload.ts';

const ROUNDS = 1_000;
const WARM_UP = 200;
const WORDS =
  'offer spring price day until new garden table letter first reader market week open house order send link team ' +
  'north green early small second answer because about before people another should between without';

process.stdout.write(`Node ${process.version}, each the median of ${ROUNDS}\n\n`);
process.stdout.write(
  '| stored | form | bytes kept | write us | read us |\n| --- | --- | --: | --: | --: |\n',
);
for (const count of [16, 256]) {
  const plain = Buffer.from(encodeValue(conversation(count), 'messages'));
  line(count, 'none', [plain.length, 0, 0]);
  for (const compression of ['deflate', 'lz4'] as const) {
    const packing = packingOf({ compression });
    if (packing === undefined) throw new Error('nothing to measure');
    const kept = packing.pack(plain);
    const write = medianUs(() => packing.pack(plain));
    const read = medianUs(() => unpack(packing.form, kept));
    line(count, compression, [kept.length, write, read]);
  }
}

function line(count: number, form: string, [bytes, write, read]: readonly number[]): void {
  const figures = [String(bytes), ...[write, read].map((us = 0) => us.toFixed(0))].join(' | ');
  process.stdout.write(`| ${count} messages | ${form} | ${figures} |\n`);
}

/** Messages whose words follow no pattern, from one seed. */
function conversation(count: number): readonly unknown[] {
  const words = WORDS.split(' ');
  let seed = 1;
  const word = (): string => {
    seed = (seed * 48_271) % 2_147_483_647;
    return words[seed % words.length] ?? '';
  };
  return Array.from({ length: count }, (_, index) => {
    const message = messageOf(index);
    Reflect.set(message, 'content', Array.from({ length: 40 }, word).join(' '));
    return message;
  });
}

function medianUs(work: () => unknown): number {
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const from = process.hrtime.bigint();
    work();
    if (round >= WARM_UP) times.push(Number(process.hrtime.bigint() - from) / 1_000);
  }
  return times.toSorted((one, other) => one - other)[ROUNDS / 2] ?? 0;
}
