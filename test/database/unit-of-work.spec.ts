import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { ENTITIES } from '../../src/entities.js';
import { Document, DocumentVersion } from '../../src/modules/documents/index.js';
import { Deadline, Proceeding } from '../../src/modules/proceedings/index.js';
import { dataSource } from '../../src/platform/database/data-source.js';
import type { Tx } from '../../src/platform/database/tx.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import type { Viewer } from '../../src/platform/identity/viewer.js';
import { append } from '../../src/platform/journal/journal.js';
import { cloneDatabase, type TestDatabase } from '../setup/database.js';
import { DENIED, refusal, rehearsed } from './direct.js';
import { Plot } from './planted.js';

describe('units of work', () => {
  let database: TestDatabase;
  let plot: Plot;
  let source: DataSource;
  let work: UnitOfWork;
  let member: Viewer;
  let recused: Viewer;
  let stranger: Viewer;
  let visible: string;
  let hidden: string;
  beforeAll(async () => {
    database = await cloneDatabase();
    plot = new Plot(database);
    // One connection: what a transaction left behind would meet the next one.
    source = await dataSource(database.appUrl, ENTITIES, 1).initialize();
    work = new UnitOfWork(source, () => undefined);
    [member, recused, stranger] = [
      await plot.person('state:SVN'),
      await plot.person('state:SVN'),
      await plot.person(),
    ];
    const sides = ['state:SVN', 'state:FRA'];
    visible = await plot.proceeding({
      case: sides,
      parties: sides,
      'desk:state:SVN': ['state:SVN'],
    });
    hidden = await plot.proceeding({ case: ['state:FRA'], parties: ['state:FRA'] });
    await plot.exclude(recused, visible);
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  /** The SQLSTATE with which it was refused, or null. */
  const state = (running: Promise<unknown>) =>
    running.then(
      () => null,
      (error: { code?: string }) => error.code,
    );
  const seen = (tx: Tx) => tx.find(Proceeding, {}).then((rows) => rows.map(({ id }) => id));

  it('show what the viewer may see, and nothing else', async () => {
    expect(await work.read(member, seen)).toEqual([visible]);
    expect(await work.read(recused, seen)).toEqual([]);
    expect(await work.read(stranger, seen)).toEqual([]);
    expect(await work.system('relay', seen)).toEqual([]);
    expect(await work.system('state:SVN', seen)).toEqual([]);
  });

  it('leave nothing of the viewer on the connection', async () => {
    await work.read(member, seen);
    const left = `SELECT current_setting('comity.viewer', true) AS viewer,
      current_setting('comity.principals', true) AS principals,
      (SELECT count(*)::int FROM casework.proceeding) AS proceedings`;
    expect(await source.query(left)).toEqual([{ viewer: '', principals: '', proceedings: 0 }]);
    await expect(
      work.write(member, async (tx) => {
        await tx.asProcedure(visible, () => Promise.reject(new Error('on the way')));
      }),
    ).rejects.toThrow('on the way');
    expect(await source.query(left)).toEqual([{ viewer: '', principals: '', proceedings: 0 }]);
  });

  it('do not nest, and close with their end', async () => {
    const nested = work.read(member, () => work.read(member, seen));
    await expect(nested).rejects.toThrow('units of work do not nest');
    const kept = await work.read(member, (tx) => Promise.resolve(tx));
    await expect(seen(kept)).rejects.toThrow('this transaction is over');
    let failed: Tx | undefined;
    const failing = work.write(member, (tx) => Promise.reject(((failed = tx), new Error('no'))));
    await expect(failing).rejects.toThrow('no');
    await expect(seen(failed!)).rejects.toThrow('this transaction is over');
  });

  it('act outside the database last of all, and never for what is rolled back', async () => {
    const acts: string[] = [];
    const acting = (given: (tx: Tx) => Promise<unknown>) =>
      work.write(member, (tx) => {
        tx.beforeCommit(async () => void acts.push(`${acts.length} ${(await seen(tx)).length}`));
        return given(tx).then(() => acts.push('done'));
      });
    await acting(seen);
    expect(acts.splice(0)).toEqual(['done', '1 1']);
    // What is checked at the commit only is found out before, too.
    const grant = `[{"compartment": "case", "principalId": "${randomUUID()}", "because": "x"}]`;
    const orphan = `SELECT casework.regrant('${randomUUID()}', '${grant}', '[]')`;
    await expect(acting((tx) => tx.rows(orphan))).rejects.toThrow('access_proceeding_fk');
    expect(acts).toEqual(['done']);
  });

  it('do one thing at a time', async () => {
    const both = work.read(member, (tx) => Promise.all([seen(tx), seen(tx)]));
    await expect(both).rejects.toThrow('a transaction does one thing at a time');
  });

  it('write nothing when they read', async () => {
    const writing = (tx: Tx) => tx.update(Proceeding, { id: visible }, { status: 'closed' });
    expect(await state(work.read(member, writing))).toBe('25006');
  });

  it('let only those act who see the proceeding', async () => {
    const acting = (tx: Tx) => tx.asProcedure(visible, () => seen(tx));
    expect(await work.read(member, acting)).toEqual([visible]);
    for (const viewer of [recused, stranger]) {
      expect(await state(work.read(viewer, acting))).toBe(DENIED);
      const absent = (tx: Tx) => tx.asProcedure(randomUUID(), () => seen(tx));
      expect(await state(work.read(viewer, absent))).toBe(DENIED);
    }
    const other = (tx: Tx) => tx.asProcedure(hidden, () => seen(tx));
    expect(await state(work.read(member, other))).toBe(DENIED);
  });

  it('make the viewer the viewer again after the procedure', async () => {
    const desk = (tx: Tx) =>
      tx.rows('SELECT compartment FROM casework.access WHERE proceeding_id = $1', [visible]);
    await work.read(member, async (tx) => {
      const before = await desk(tx);
      const during = await tx.asProcedure(visible, () => desk(tx));
      expect(during).toHaveLength(2);
      expect(before).toHaveLength(3);
      expect(await desk(tx)).toEqual(before);
    });
  });

  it('grant nothing unless they are the procedure of that very proceeding', async () => {
    const mine = JSON.stringify([
      { compartment: 'committee', principalId: randomUUID(), because: 'x' },
    ]);
    const regrant = (id: string) => `SELECT casework.regrant('${id}', '${mine}', '[]')`;
    await rehearsed(database.appUrl, member.accountId, async (client) => {
      for (const id of [visible, hidden]) expect(await refusal(client, regrant(id))).toBe(DENIED);
      await client.query('SELECT casework.act($1)', [visible]);
      expect(await refusal(client, regrant(hidden))).toBe(DENIED);
      expect(await refusal(client, regrant(visible))).toBeNull();
      const { rows } = await client.query('SELECT * FROM casework.grants($1)', [hidden]);
      expect(rows).toEqual([]);
    });
  });

  it('append to chains that they may read alone', async () => {
    const entry = (proceedingId: string, compartment: string) => (tx: Tx) =>
      append(tx, { proceedingId, compartment, what: 'tried', by: 'x', at: tx.now, facts: {} });
    expect(await state(work.write(member, entry(visible, 'case')))).toBeNull();
    expect(await state(work.write(member, entry(visible, 'committee')))).toBe(DENIED);
    expect(await state(work.write(member, entry(hidden, 'case')))).toBe(DENIED);
    expect(await state(work.write(member, entry(randomUUID(), 'case')))).toBe(DENIED);
    expect(await state(work.write(recused, entry(visible, 'case')))).toBe(DENIED);
  });

  describe('refuse a row under a hidden parent as they refuse one under a missing parent:', () => {
    const desk = { compartment: 'desk:state:SVN' };
    const document = (proceedingId: string, compartment: string): Document => ({
      id: randomUUID(),
      proceedingId,
      compartment,
      kind: 'national-report',
      side: 'state:SVN',
      filedBy: 'state:SVN',
      title: 'Report',
      symbol: null,
      status: 'draft',
      late: false,
      overLimit: false,
      createdAt: new Date(),
      submittedAt: null,
      receivedAt: null,
      receivedHow: null,
      languages: null,
      publicId: null,
      version: 1,
    });

    it('a document', async () => {
      const into = (id: string, compartment: string) =>
        state(work.write(member, (tx) => tx.insert(Document, document(id, compartment))));
      expect(await into(hidden, 'parties')).toBe(DENIED);
      expect(await into(randomUUID(), 'parties')).toBe(DENIED);
      expect(await into(visible, 'desk:state:FRA')).toBe(DENIED);
      expect(await into(visible, 'desk:state:SVN')).toBeNull();
    });

    it('a version, a position, a change of a deadline', async () => {
      const theirs = {
        document: randomUUID(),
        recommendation: randomUUID(),
        deadline: randomUUID(),
      };
      await plot.rows(
        `INSERT INTO casework.document VALUES ($1, $2, 'desk:state:SVN', 'x', 'x', 'x', 'x', NULL,
           'draft', false, false, now(), NULL, NULL, 1)`,
        [theirs.document, hidden],
      );
      await plot.rows(
        `INSERT INTO casework.recommendation VALUES ($1, $2, 'parties', 'x', 'x', 'x', NULL, NULL,
           'draft', now(), NULL, NULL, 1, NULL, NULL, 1)`,
        [theirs.recommendation, hidden],
      );
      await plot.rows(
        `INSERT INTO casework.deadline VALUES ($1, $2, 'case', 'x', 'x', now(), now(), 'x', 'x',
           'pending', NULL, NULL, 0, 1)`,
        [theirs.deadline, hidden],
      );
      const under = (table: string, parent: string) =>
        state(
          work.write(member, (tx) => tx.rows(INSERTS[table]!, [randomUUID(), visible, parent])),
        );
      for (const [table, parent] of Object.entries(theirs)) {
        const [known, unknown] = [await under(table, parent), await under(table, randomUUID())];
        expect([table, known, unknown]).toEqual([table, DENIED, DENIED]);
      }
    });
    const INSERTS: Record<string, string> = {
      document: `INSERT INTO casework.document_version VALUES ($1, $2, '${desk.compartment}', $3, 1,
        'draft', 'x', NULL, now(), NULL, 0)`,
      recommendation: `INSERT INTO casework.position VALUES ($1, $2, '${desk.compartment}', $3, 'noted',
        NULL, NULL, NULL, 'draft', now(), NULL, 1)`,
      deadline: `INSERT INTO casework.deadline_change VALUES ($1, $2, 'case', $3, now(), 'met', NULL,
        now(), NULL)`,
    };

    it('and change no row that they cannot see', async () => {
      const touch = (tx: Tx) => tx.update(Proceeding, { id: hidden }, { status: 'closed' });
      expect(await work.write(member, touch)).toBe(0);
      const close = (tx: Tx) => tx.update(Deadline, { proceedingId: hidden }, { status: 'met' });
      expect(await work.write(member, close)).toBe(0);
      const move = (tx: Tx) =>
        tx.update(Document, { proceedingId: visible }, { compartment: 'desk:state:FRA' });
      expect(await state(work.write(member, move))).toBe(DENIED);
      const find = (tx: Tx) => tx.find(DocumentVersion, {});
      expect(await work.read(member, find)).toEqual([]);
    });
  });
});
