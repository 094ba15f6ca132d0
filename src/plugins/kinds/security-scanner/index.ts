export { scanRuleOf } from './adapt.ts';
export { literalHosts } from './built-in/literal-hosts.ts';
export { suspiciousText } from './built-in/suspicious-text.ts';
export { securityScannerKind } from './contract.ts';
export { defineScanner, type ScannerDefinition } from './define-scanner.ts';
