export { auditRetention } from './audit-retention.ts';
