import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';

/** Everything that a Redis holds, as it sends it to a replica: a snapshot of all keys and values. */
export async function dumped(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const keys = lines(await asked(hostname, Number(port), ['KEYS', '*']));
  const values = await Promise.all(
    keys.flatMap((key) =>
      READERS.map(async ([name, ...rest]) => asked(hostname, Number(port), [name, key, ...rest])),
    ),
  );
  return [...keys, ...values].join('\n');
}

/** One reader for each kind of value; those that do not fit answer with an error. */
const READERS: readonly (readonly [string, ...string[]])[] = [
  ['GET'],
  ['HGETALL'],
  ['LRANGE', '0', '-1'],
  ['SMEMBERS'],
  ['ZRANGE', '0', '-1'],
];

async function asked(host: string, port: number, words: readonly string[]): Promise<string> {
  const socket = createConnection({ host, port });
  const command = (parts: readonly string[]): string =>
    `*${parts.length}\r\n${parts.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`).join('')}`;
  socket.write(command(words) + command(['QUIT']));
  return text(socket);
}

function lines(reply: string): readonly string[] {
  return reply.split('\r\n').filter((line) => line !== '' && !/^[*$+]/.test(line));
}
