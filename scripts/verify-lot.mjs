// npm run verify-lot -- FILE: draws a lot again from what GET /v1/lots/{id} gave, offline. Exits 0
// only when everything is equal, 1 when not, 2 when there is nothing to draw again.
import { runOffline } from './offline.mjs';

await runOffline('verify-lot.js');
