import type { FastifyInstance } from 'fastify';

const TOKEN = "[\\w!#$%&'*+.^`|~-]+";
const MEDIA_TYPE = new RegExp(`^${TOKEN}/${TOKEN}\\s*(;|$)`);

/**
 * Leaves to the operations, which look in their order and answer by the contract, what the
 * server would refuse on its own: a content type that is none, an expectation that none has.
 */
export function leaveToOperations(server: FastifyInstance): void {
  server.server.on('checkExpectation', (request, response) => {
    server.server.emit('request', request, response);
  });
  server.addHook('onRequest', (request, _reply, done) => {
    const { headers } = request.raw;
    const type = headers['content-type'];
    if (type !== undefined && !MEDIA_TYPE.test(type)) delete headers['content-type'];
    done();
  });
}
