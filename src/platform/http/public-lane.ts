import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { requestContext } from '../request-context.js';
import { cached } from './answers.js';
import { readInput } from './input.guard.js';
import { OPERATION, type Operation } from './operation.js';
import { ProblemFilter } from './problem.filter.js';
import type { ArrivedRequest } from './request.js';

type Handle = (input: object) => unknown;

/**
 * Public reads take the short way: there is nobody to ask for and nothing to commit, so
 * Fastify calls their controllers itself, without Nest's guards and interceptors.
 */
@Injectable()
export class PublicLane implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly host: HttpAdapterHost,
    private readonly filter: ProblemFilter,
  ) {}

  onModuleInit(): void {
    for (const { instance } of this.discovery.getControllers()) {
      const methods = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(instance) as object);
      for (const { value } of Object.values(methods)) {
        const operation = Reflect.getMetadata(OPERATION, value as object) as Operation | undefined;
        if (operation?.cached) this.open(operation, (value as Handle).bind(instance));
      }
    }
  }

  private open(operation: Operation, handle: Handle): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    const context = { operation: operation.id, dryRun: false, replayed: false };
    const path = operation.path.replaceAll(/\{(\w+)\}/g, ':$1');
    server.get(path, { config: { operation } }, async (arrived, reply) => {
      const request = arrived as ArrivedRequest;
      try {
        const input = readInput(operation, request);
        const scope = { ...context, arrival: request.arrival };
        const answer = await requestContext.run(scope, () => handle(input));
        const body = await cached(operation, { answer, request, reply });
        await this.host.httpAdapter.reply(reply, body);
      } catch (error) {
        this.filter.answer(error, request, reply);
      }
      return reply;
    });
  }
}
