/**
 * For operators, and for bootstrap: withdraws again what the ledger has and a restored database
 * does not, before anybody can read it.
 *
 *     DATABASE_URL=postgres://administrator@… node dist/src/reapply-withdrawals.js
 *
 * Exits 0 when the database has all of them, 1 when a line of the ledger cannot be read.
 */
import 'reflect-metadata';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Logger } from 'pino';
import { CAPABILITIES } from './app.module.js';
import { loadBootstrap } from './config/bootstrap-environment.js';
import { loadEnvironmentWith, type Environment } from './config/environment.js';
import { ENTITIES } from './entities.js';
import { ApplyLedger, WithdrawalLedger, type LedgerApplied } from './modules/proceedings/index.js';
import { runCommand } from './platform/run-command.js';
import { databaseUrls } from './platform/database/roles.js';
import { makeLog, NestLog } from './platform/log/log.js';
import { PlatformModule, type PlatformOptions } from './platform/platform.module.js';

/** The capabilities without transport or jobs. */
@Module({})
class LedgerModule {
  static for(options: Omit<PlatformOptions, 'entities'>): DynamicModule {
    return {
      module: LedgerModule,
      imports: [PlatformModule.for({ ...options, entities: ENTITIES }), ...CAPABILITIES],
    };
  }
}

const NOTHING = { known: 0, again: 0, absent: 0, unreadable: 0 };

/** @param environment with the address of the application's role */
export async function reapplyWithdrawals(
  environment: Environment,
  log: Logger,
): Promise<LedgerApplied> {
  const { entries, departures, unreadable } = await new WithdrawalLedger(
    environment.filesDir,
  ).read();
  if (entries.length + departures.length === 0) return { ...NOTHING, unreadable };
  const databaseUrl = environment.appDatabaseUrl;
  if (!databaseUrl) throw new Error('APP_DATABASE_URL is not set');
  const app = await NestFactory.createApplicationContext(
    LedgerModule.for({ environment, log, databaseUrl }),
    { logger: new NestLog(log), abortOnError: false },
  );
  try {
    return await app.get(ApplyLedger).run();
  } finally {
    await app.close();
  }
}

export const describeApplied = ({ known, again, absent, unreadable }: LedgerApplied): string =>
  `${known} withdrawals in the ledger, ${again} applied again, ` +
  `${absent} of what this database does not have, ${unreadable} lines unreadable`;

async function main(): Promise<number> {
  const { DATABASE_URL, APP_DATABASE_URL } = loadBootstrap();
  const given = APP_DATABASE_URL ? { appUrl: APP_DATABASE_URL } : {};
  const { appUrl } = databaseUrls(DATABASE_URL, given);
  const environment = loadEnvironmentWith({ APP_DATABASE_URL: appUrl });
  const applied = await reapplyWithdrawals(environment, makeLog(environment, 'bootstrap'));
  process.stdout.write(`${describeApplied(applied)}\n`);
  return applied.unreadable > 0 ? 1 : 0;
}

await runCommand(import.meta.url, 'Withdrawals could not be applied again', main);
