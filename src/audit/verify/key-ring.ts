import { readPublicKey, type CheckpointLine, type PublicKey } from './chain-lines.ts';
import { noteAt, type ChainReading } from './read-chain.ts';

/** Which key signs the chain from which size on. */
interface Era {
  readonly from: number;
  readonly key: PublicKey;
}

/** Gives the key that must have signed a checkpoint; undefined when it names none that signs at its size. */
export type KeyRing = (line: CheckpointLine) => PublicKey | undefined;

/**
 * Follows the chain's rotations. Each is signed by the key before and the key after at the same size, so trust goes
 * from either one to the other, and nobody who holds neither can bring in a key of his own.
 */
export function keyRing(reading: ChainReading, trusted: PublicKey): KeyRing {
  const eras = erasOf(reading, trusted);
  return (line) =>
    eras.find(({ from, key }, index) => {
      const until = eras[index + 1]?.from ?? Infinity;
      return key.id === line.key && line.size >= from && line.size <= until;
    })?.key;
}

/** Notes every rotation that is not signed by both of its keys. */
export function checkRotations(reading: ChainReading, signed: readonly CheckpointLine[]): void {
  for (const { size, facts } of reading.rotations) {
    for (const id of [facts['fromKey'], facts['toKey']]) {
      if (signed.some((line) => line.size === size && line.key === id)) continue;
      noteWrong(reading, size, `the change of keys is not signed by ${String(id)}`);
    }
  }
}

function erasOf(reading: ChainReading, trusted: PublicKey): readonly Era[] {
  const [first] = reading.rotations;
  if (first === undefined) return [{ from: 0, key: trusted }];
  try {
    const keyOf = (name: string): PublicKey => readPublicKey(String(first.facts[name]));
    const eras: Era[] = [{ from: 0, key: keyOf('fromPublicKey') }];
    for (const { size, facts } of reading.rotations) {
      const isContinued = facts['fromKey'] === eras.at(-1)?.key.id;
      if (!isContinued) noteWrong(reading, size, 'a change of keys leaves one out');
      eras.push({ from: size, key: readPublicKey(String(facts['toPublicKey'])) });
    }
    if (eras.some(({ key }) => key.der === trusted.der)) return eras;
  } catch {
    noteWrong(reading, first.size, 'a change of keys names something that is not a key');
  }
  return [{ from: 0, key: trusted }];
}

function noteWrong(reading: ChainReading, size: number, message: string): void {
  noteAt(reading, { kind: 'wrong-key', seq: size - 1, message });
}
