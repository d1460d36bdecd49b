// npm run verify-chain -- FILE [--root FILE] [--day DAY]: checks a downloaded chain of the journal
// against a published root, offline. Exits 0 when it holds, 1 when not, 2 when it cannot be read.
import { runOffline } from './offline.mjs';

await runOffline('verify-chain.js');
