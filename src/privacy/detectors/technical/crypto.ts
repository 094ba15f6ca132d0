import { decodeBase58Check, isEthereumAddress, isSegwitAddress } from '../../checksums/index.ts';
import { RANK, type Match } from '../../finding.ts';
import { candidatesOf, matchOf, type Source } from '../../text/index.ts';

const ETHEREUM = /(?<![\w])0x[0-9a-f]{40}(?![\w])/gi;
const SEGWIT = /(?<![\w])(?:bc|tb|bcrt|ltc|tltc)1[ac-hj-np-z02-9]{11,87}(?![\w])/gi;
const BASE58 = /(?<![A-Za-z0-9])[1-9A-HJ-NP-Za-km-z]{26,35}(?![A-Za-z0-9])/g;
/** Bitcoin, its test network, Litecoin, Dogecoin, Dash, Tron: keys and scripts. */
const VERSIONS = new Set([0x00, 0x05, 0x6f, 0xc4, 0x30, 0x32, 0x3a, 0x1e, 0x16, 0x4c, 0x10, 0x41]);
/** The case of so many addresses is checked; what comes after them is taken by its form alone. */
const MOST_HASHED = 300;
const HASH_BYTES = 20;
const WEIGHT = { rank: RANK.checked, confidence: 0.99 };

/**
 * Addresses of crypto currencies whose checksum is right.
 *
 * @yields Each of them.
 */
export function* findCrypto(source: Source): Iterable<Match> {
  let hashed = 0;
  for (const candidate of candidatesOf(source, ETHEREUM)) {
    hashed += 1;
    const isOne = hashed > MOST_HASHED || isEthereumAddress(candidate.text);
    if (isOne) yield matchOf('CRYPTO', candidate, WEIGHT);
  }
  for (const candidate of candidatesOf(source, SEGWIT)) {
    if (isSegwitAddress(candidate.text)) yield matchOf('CRYPTO', candidate, WEIGHT);
  }
  for (const candidate of candidatesOf(source, BASE58)) {
    if (!/\d/.test(candidate.text)) continue;
    const payload = decodeBase58Check(candidate.text);
    if (payload?.length !== HASH_BYTES + 1 || !VERSIONS.has(payload[0] ?? -1)) continue;
    yield matchOf('CRYPTO', candidate, WEIGHT);
  }
}
