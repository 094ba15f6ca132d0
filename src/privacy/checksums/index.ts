export { decodeBase58Check, isEthereumAddress, isSegwitAddress } from './addresses.ts';
export {
  passesDea,
  passesLuhn,
  passesMod97,
  passesNhs,
  passesNpi,
  passesRouting,
} from './digits.ts';
