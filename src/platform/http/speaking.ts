import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { LANGUAGES, preferredLanguage, type Language } from '../labels/languages.js';

/** The parameter of what is answered in the reader's language. */
export const languageQuery = {
  language: z
    .enum(LANGUAGES)
    .optional()
    .meta({ description: 'Instead of `Accept-Language`', param: { id: 'Language' } }),
};

const asked = ({ query }: FastifyRequest): string | undefined =>
  (query as { language?: string }).language;

/** The language to answer in: the one that the address names, else by `Accept-Language`. */
export function languageOf(request: FastifyRequest): Language {
  const named = LANGUAGES.find((language) => language === asked(request));
  return named ?? readBy(request);
}

/** The language that the reader prefers, whatever the address names. */
export const readBy = ({ headers }: FastifyRequest): Language =>
  preferredLanguage(headers['accept-language']);

/** Says in which language the answer is, and that another reader of this address gets another. */
export function speak(reply: FastifyReply, request: FastifyRequest): void {
  const all = asked(request) === 'all';
  reply.header('content-language', all ? LANGUAGES.join(', ') : languageOf(request));
  if (asked(request) === undefined) varyByLanguage(reply);
}

export const varyByLanguage = (reply: FastifyReply): void => varyBy(reply, 'Accept-Language');

/** Says that the answer depends on a header, beside what else it may depend on. */
export function varyBy(reply: FastifyReply, header: string): void {
  const others = [reply.getHeader('vary') ?? []].flat().join(', ').split(/, */);
  const all = new Set([...others.filter((name) => name !== ''), header]);
  reply.header('vary', [...all].join(', '));
}
