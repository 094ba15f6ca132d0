import { constants, open } from 'node:fs/promises';

/**
 * Reads a regular file. Pipes, devices and sockets may never end, or never begin, so nothing is read of them.
 *
 * @returns At most one byte more than `maxBytes`, which tells a larger file; or what is there instead of a file.
 * @throws What the operating system says where nothing can be read.
 */
export async function readBounded(
  path: string,
  maxBytes: number,
): Promise<Uint8Array | 'a folder' | 'no regular file'> {
  // Opening a pipe would otherwise wait for somebody who writes into it.
  await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const entry = await file.stat();
  if (entry.isDirectory()) return 'a folder';
  if (!entry.isFile()) return 'no regular file';
  const buffer = Buffer.alloc(maxBytes + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, length, buffer.byteLength - length);
    length += bytesRead;
    if (bytesRead === 0 || length === buffer.byteLength) return buffer.subarray(0, length);
  }
}
