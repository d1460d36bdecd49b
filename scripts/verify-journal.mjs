// npm run verify-journal: checks every chain of the journal, of DATABASE_URL or, while the house is
// stopped, of its private PostgreSQL. Exits 0 when all hold, 1 when one is broken, 2 otherwise.
import { main } from './command.mjs';
import { runOnDatabase } from './on-database.mjs';

await main(() => runOnDatabase('verify-journal'));
