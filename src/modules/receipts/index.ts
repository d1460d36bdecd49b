export { CheckSigning } from './check-signing.js';
export { IssueReceipts } from './issue-receipts.js';
export { Receipt, ReceiptOpening } from './receipts.entity.js';
export { receiptsOf, takeOpenings, type ReceiptNamed } from './receipts.repository.js';
