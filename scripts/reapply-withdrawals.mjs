// npm run reapply-withdrawals: withdraws again what the ledger has and a restored database does not;
// of DATABASE_URL or, while the house is stopped, of its private PostgreSQL. Exits 0 when the
// database has all, 1 when a line of the ledger cannot be read, 2 otherwise.
import { main } from './command.mjs';
import { runOnDatabase } from './on-database.mjs';

await main(() => runOnDatabase('reapply-withdrawals'));
