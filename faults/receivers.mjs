// Where letters arrive: an SMTP server and a receiver of webhooks, in a process of their own, which count
// every arrival by what the sender calls it. Takes `{secret}` by message, answers `{smtp, webhook}`; then
// what has arrived for each `'count'`, the ids of what arrived more than once for each `'repeated'`, and
// forgets it for each `'forget'`. Without a secret signatures are not looked at.
import { once } from 'node:events';
import http from 'node:http';
import { SMTPServer } from 'smtp-server';
import { Webhook } from 'standardwebhooks';

/** What came in by one channel. */
class Arrivals {
  #times = new Map();
  total = 0;
  unmarked = 0;
  invalid = 0;

  note(id, again) {
    this.total += 1;
    const before = this.#times.get(id) ?? 0;
    this.#times.set(id, before + 1);
    if (before > 0 && !again) this.unmarked += 1;
  }

  counts() {
    const { total, unmarked, invalid } = this;
    return { total, distinct: this.#times.size, unmarked, invalid };
  }

  repeated() {
    return [...this.#times].filter(([, times]) => times > 1).map(([id]) => id);
  }
}

let mail = new Arrivals();
let webhook = new Arrivals();

const bodyOf = async (stream) => {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

/** Of the headers alone: what the mail says is looked at elsewhere. */
function noteMail(raw) {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n'));
  const id = /^message-id: <([^@>]+)@/im.exec(head)?.[1];
  if (id === undefined) mail.invalid += 1;
  else mail.note(id, /^comity-again: true\r?$/im.test(head));
}

async function openSmtp() {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onData(stream, _session, done) {
      // Whoever is killed leaves half a mail behind.
      const cut = () => undefined;
      void bodyOf(stream).then((raw) => {
        noteMail(raw);
        done(null);
      }, cut);
    },
  });
  // Whoever is killed leaves connections behind.
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return `smtp://127.0.0.1:${listening.address().port}`;
}

async function openReceiver(secret) {
  const verifier = secret === null ? { verify: () => undefined } : new Webhook(secret);
  const server = http.createServer(async (request, response) => {
    const body = await bodyOf(request).catch(() => undefined);
    if (body === undefined) return;
    const { headers } = request;
    try {
      verifier.verify(body, headers);
      webhook.note(headers['webhook-id'], headers['comity-again'] === 'true');
    } catch {
      webhook.invalid += 1;
    }
    response.writeHead(204).end();
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${server.address().port}/`;
}

process.once('message', async ({ secret }) => {
  process.send({ smtp: await openSmtp(), webhook: await openReceiver(secret) });
  process.on('message', (asked) => {
    if (asked === 'count') process.send({ mail: mail.counts(), webhook: webhook.counts() });
    if (asked === 'forget') {
      [mail, webhook] = [new Arrivals(), new Arrivals()];
      process.send({});
    }
    if (asked === 'repeated') process.send({ mail: mail.repeated(), webhook: webhook.repeated() });
  });
});
process.once('disconnect', () => process.exit());
