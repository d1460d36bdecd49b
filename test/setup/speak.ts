import type { Response as Answer } from 'supertest';
import { Comity } from '../../client/index.js';
import { holdAgainstContract } from './contract.js';
import type { Client, TestApi } from './api.js';

/**
 * The house as programs outside speak to it: through the client, over a socket. Every answer is
 * held against the contract, as those to the tests' own client are.
 *
 * @returns the house asked by somebody who has signed in already; by anyone, without
 */
export async function speak({ app }: TestApi): Promise<(who?: Client) => Comity> {
  if (!app.getHttpServer().listening) await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const anyone = new Comity({ url, fetch: held });
  return (who) => anyone.as(who?.token);
}

async function held(request: Request): Promise<Response> {
  const { method, url } = request;
  const answer = await fetch(request);
  const text = await answer.clone().text();
  const headers = Object.fromEntries(answer.headers);
  const body: unknown = headers['content-type']?.includes('json') ? JSON.parse(text) : {};
  const seen = { status: answer.status, headers, text, body } as unknown as Answer;
  const { pathname, search } = new URL(url);
  holdAgainstContract(method.toLowerCase(), pathname + search, seen);
  return answer;
}
