import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { OPERATION, type Operation } from '../../platform/http/operation.js';
import { askedOf } from '../../platform/http/scope.js';

/** The scopes that some operation asks for: a key for anything else would be good for nothing. */
@Injectable()
export class KnownScopes {
  constructor(private readonly discovery: DiscoveryService) {}

  all(): string[] {
    const scopes = new Set<string>();
    for (const { instance } of this.discovery.getControllers()) {
      const methods = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(instance) as object);
      for (const { value } of Object.values(methods)) {
        const operation = Reflect.getMetadata(OPERATION, value as object) as Operation | undefined;
        const asked = operation && askedOf(operation);
        if (typeof asked === 'object') scopes.add(asked.scope);
      }
    }
    return [...scopes].toSorted();
  }
}
