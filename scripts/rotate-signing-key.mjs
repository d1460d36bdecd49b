// npm run rotate-signing-key [-- --revoke]: goes over to a new key that signs receipts, and publishes
// it, in DATABASE_URL or, while the house is stopped, in its private PostgreSQL.
import { main } from './command.mjs';
import { runOnDatabase } from './on-database.mjs';

await main(() => runOnDatabase('rotate-signing-key', process.argv.slice(2)));
