// The filers' process: each files one document after another for the given time, three requests a
// document, and the whole answers `{rate, failed}` by message, in documents a second.
import { randomUUID } from 'node:crypto';
import http from 'node:http';

const agent = new http.Agent({ keepAlive: true });

function ask(url, { method, path, headers, body }) {
  return new Promise((resolve, reject) => {
    const request = http.request(`${url}${path}`, { method, headers, agent }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      answer.once('end', () => {
        if (answer.statusCode < 300) return resolve(JSON.parse(text));
        reject(new Error(`${method} ${path}: ${answer.statusCode} ${text}`));
      });
    });
    request.once('error', reject).end(body);
  });
}

const json = (body) => JSON.stringify(body);

/** The three steps of a filing, as each server takes them. */
const ways = {
  async ours(url, { review, token }, { title, text }) {
    const headers = (more) => ({ authorization: `Bearer ${token}`, ...more });
    const keyed = (more) => headers({ 'idempotency-key': randomUUID(), ...more });
    const begun = await ask(url, {
      ...{ method: 'POST', path: `/v1/reviews/${review}/documents` },
      headers: keyed({ 'content-type': 'application/json' }),
      body: json({ kind: 'joint-submission', title }),
    });
    const sent = await ask(url, {
      ...{ method: 'PUT', path: `/v1/documents/${begun.id}/content`, body: text },
      headers: headers({ 'content-type': 'text/plain', 'if-match': `"${begun.version}"` }),
    });
    await ask(url, {
      ...{ method: 'POST', path: `/v1/documents/${begun.id}/submit` },
      headers: keyed({ 'if-match': `"${sent.version}"` }),
    });
  },
  async bare(url, { review, side, account }, { title, text }) {
    const body = json({ proceeding: review, side, account, title });
    const { id } = await ask(url, { method: 'POST', path: '/begin/', body });
    await ask(url, { method: 'PUT', path: `/content/${id},${account}`, body: text });
    await ask(url, { method: 'POST', path: `/submit/${id},${account},${side}` });
  },
};

process.once('message', async ({ url, way, filers, text, seconds }) => {
  let filed = 0;
  let failed = 0;
  const started = performance.now();
  const until = started + seconds * 1000;
  const work = async (filer) => {
    while (performance.now() < until) {
      try {
        await ways[way](url, filer, { title: `A submission ${filed}`, text });
        filed += 1;
      } catch (error) {
        if (failed === 0) console.error(error.message);
        failed += 1;
      }
    }
  };
  await Promise.all(filers.map(work));
  const rate = filed / ((performance.now() - started) / 1000);
  agent.destroy();
  process.send({ rate, failed });
  process.disconnect();
});
