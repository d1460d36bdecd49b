import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PostLetter, Unreached } from './post-letter.js';
import { lookupOf, type Resolve } from './resolve-target.js';

const posted = { headers: {}, body: '{}' };

/** What a lookup hands to a connection. */
const looked = (resolve: Resolve, all: boolean) =>
  new Promise((settle) => {
    lookupOf(resolve, 'public')('a.example', { all }, (error, address, family) => {
      settle(error ? error.message : all ? address : [address, family]);
    });
  });

describe('the addresses of a name', () => {
  let server: Server | undefined;
  afterEach(() => new Promise<unknown>((done) => (server ? server.close(done) : done(null))));

  it('are handed to the connection as they were looked at', async () => {
    const both: Resolve = () => Promise.resolve(['8.8.8.8', '2606:4700::1111']);
    expect(await looked(both, false)).toEqual(['8.8.8.8', 4]);
    expect(await looked(both, true)).toEqual([
      { address: '8.8.8.8', family: 4 },
      { address: '2606:4700::1111', family: 6 },
    ]);
  });

  it('are refused together where one of them is not public', async () => {
    for (const inward of ['10.0.0.1', '::1', '169.254.169.254', '::ffff:8.8.8.8']) {
      const some: Resolve = () => Promise.resolve(['8.8.8.8', inward]);
      expect(await looked(some, true)).toBe('the name leads to an address that is not public');
    }
    expect(await looked(() => Promise.resolve([]), true)).toBe('the name has no address');
  });

  it('are looked at at each connection: a name that turns inward reaches nobody', async () => {
    let heard = 0;
    server = createServer((_, answer) => {
      heard += 1;
      answer.end();
    });
    server.on('connection', () => (heard += 1));
    await new Promise<void>((done) => server!.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const url = `https://rebinding.example:${port}/`;
    // Public when somebody looked first (a reserved address would not pass), inward from then on.
    const answers = ['8.8.8.8'];
    const resolve: Resolve = () => Promise.resolve([answers.pop() ?? '127.0.0.1']);
    expect(await looked(resolve, false)).toEqual(['8.8.8.8', 4]);
    const poster = new PostLetter('public', { resolve });
    const refusal = new Unreached('the name leads to an address that is not public');
    await expect(poster.post(url, posted)).rejects.toThrow(refusal);
    await expect(poster.post(`https://127.0.0.1:${port}/`, posted)).rejects.toThrow(Unreached);
    expect(heard).toBe(0);
    poster.close();
  });

  it('are asked once for a connection, which goes to no other', async () => {
    const asked: string[] = [];
    server = createServer((_, answer) => answer.end());
    await new Promise<void>((done) => server!.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const resolve: Resolve = (name) => {
      asked.push(name);
      return Promise.resolve(['127.0.0.1']);
    };
    const poster = new PostLetter('any', { resolve });
    const { status } = await poster.post(`http://only-here.example:${port}/`, posted);
    expect([status, asked]).toEqual([200, ['only-here.example']]);
    poster.close();
  });
});
