export { bidirectionalText } from './bidirectional.ts';
export { encodedText, invisibleText, obfuscatedCode } from './obfuscation.ts';
export { secretInFile } from './secrets.ts';
