import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import request from 'supertest';
import { inProject } from '../../src/config/project-root.js';
import { LANGUAGES } from '../../src/platform/labels/languages.js';
import { startApi, type TestApi } from '../setup/api.js';
import { NOBODY } from './asking.js';

interface Entry {
  code: string;
  label?: string;
  labels?: Record<string, string>;
}

/** Everybody is spoken to in one of six languages; what a program reads stays as it is. */
describe('the language of the reader', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.stop());

  const ask = (url: string, language?: string, query: Record<string, string> = {}) => {
    const call = api.as().get(url, query);
    return language === undefined ? call : call.set('accept-language', language);
  };
  const labelsOf = async (name: string, language: string): Promise<Map<string, string>> => {
    const { body } = await ask(`/v1/vocabularies/${name}`, language).expect(200);
    return new Map((body.entries as Entry[]).map(({ code, label }) => [code, label!]));
  };

  describe('of a refusal', () => {
    it.each([
      [undefined, 'en', 'Sign in: this needs a valid bearer session'],
      [
        'de, fr-CH;q=0.8, en;q=0.5',
        'fr',
        'Connectez-vous : cette opération exige une session valide',
      ],
      ['zh-Hans-CN', 'zh', '请登录：此操作需要有效的会话'],
      ['ar', 'ar', 'سجّل الدخول: تتطلب هذه العملية جلسة صالحة'],
      ['de', 'en', 'Sign in: this needs a valid bearer session'],
    ])('%s: %s', async (asked, language, title) => {
      const { headers, body } = await ask('/v1/me', asked).expect(401);
      expect(body).toEqual({
        type: 'urn:comity:problem:unauthenticated',
        title,
        status: 401,
        code: 'unauthenticated',
      });
      expect([headers['content-language'], headers['vary']]).toEqual([language, 'Accept-Language']);
    });

    it('holds on every way on which one leaves', async () => {
      const title = 'No existe, o usted no está autorizado a verlo';
      const unreadable = request(api.app.getHttpServer()).get('/v1/states/%zz');
      const answers = [
        await ask(`/v1/record/documents/${NOBODY}`, 'es').expect(404),
        await ask('/v1/nowhere', 'es').expect(404),
        await unreadable.set('accept-language', 'es').expect(404),
      ];
      for (const { headers, body } of answers) {
        expect([body.title, headers['content-language']]).toEqual([title, 'es']);
        expect(headers['vary']).toBe('Accept-Language');
      }
    });
  });

  describe('of a vocabulary', () => {
    it('is picked by the header, or by the address, which then depends on nothing else', async () => {
      const url = '/v1/vocabularies/upr.stages';
      const french = await ask(url, 'fr').expect(200);
      expect(french.body).toMatchObject({ name: 'upr.stages', mechanism: 'upr', title: 'Stades' });
      const adopted = { code: 'wg-adopted', label: 'Rapport adopté par le Groupe de travail' };
      expect(french.body.entries).toContainEqual(adopted);
      expect(french.headers).toMatchObject({
        'content-language': 'fr',
        vary: 'Accept-Language',
        'cache-control': 'public, max-age=30',
      });
      const named = await ask(url, 'ru', { language: 'fr' }).expect(200);
      expect(named.body).toEqual(french.body);
      expect(named.headers['content-language']).toBe('fr');
      expect(named.headers['vary']).toBeUndefined();
    });

    it('has an ETag of its own, and answers 304 to who has it', async () => {
      const url = '/v1/vocabularies/problems';
      const { headers } = await ask(url, 'fr').expect(200);
      const tag = headers['etag']!;
      const again = await ask(url, 'fr').set('if-none-match', tag).expect(304);
      expect(again.headers).toMatchObject({ vary: 'Accept-Language', 'content-language': 'fr' });
      await ask(url, 'es').set('if-none-match', tag).expect(200);
    });

    it('is every one of the six, where all are asked for', async () => {
      const all = await ask('/v1/vocabularies/upr.positions', 'fr', { language: 'all' });
      expect(all.body.entries[0]).toEqual({
        code: 'supported',
        labels: {
          en: 'Supported',
          fr: 'Appuyée',
          es: 'Apoyada',
          ru: 'Поддержана',
          ar: 'تحظى بالتأييد',
          zh: '得到支持',
        },
      });
      expect(all.headers['content-language']).toBe('en, fr, es, ru, ar, zh');
      expect(all.headers['vary']).toBeUndefined();
    });

    it('is refused when there is none, and so is a vocabulary', async () => {
      const german = await ask('/v1/vocabularies/problems', undefined, { language: 'de' });
      expect(german.body).toMatchObject({ status: 400, code: 'invalid-parameter' });
      await ask('/v1/vocabularies', undefined, { language: 'all' }).expect(400);
      for (const name of ['nothing', 'upr.nothing', 'constructor', '__proto__', 'upr.', '%00']) {
        await ask(`/v1/vocabularies/${name}`).expect(404);
      }
    });

    it('is told of each vocabulary that there is, and of its size', async () => {
      const { body } = await ask('/v1/vocabularies', 'zh', { limit: '200', count: 'true' });
      const items = body.items as {
        name: string;
        mechanism: string | null;
        title: string;
        size: number;
      }[];
      expect(items.map(({ name }) => name)).toEqual(items.map(({ name }) => name).toSorted());
      expect(body.count).toEqual({ total: items.length, capped: false });
      for (const { name, size, title } of items) {
        expect(title).toMatch(/\p{Script=Han}/u);
        expect([name, (await labelsOf(name, 'ru')).size]).toEqual([name, size]);
      }
      expect(items).toContainEqual({
        name: 'findings',
        mechanism: null,
        title: expect.any(String),
        size: 11,
      });
    });
  });

  describe('of a procedure', () => {
    it('is that of its title, its labels and its diagram, not of the definition', async () => {
      const url = '/v1/mechanisms/upr/versions/1';
      const [english, arabic] = [await ask(url).expect(200), await ask(url, 'ar').expect(200)];
      expect(english.body.title).toBe('Universal Periodic Review');
      expect(arabic.body.title).toBe('الاستعراض الدوري الشامل');
      expect(arabic.body.labels.roles.stateUnderReview).toBe('الدولة موضوع الاستعراض');
      expect(arabic.body.diagram).toContain('state "اعتمد الفريق العامل التقرير" as wg_adopted');
      expect(english.body.diagram).toMatch(
        /^stateDiagram-v2\n {2}state "Scheduled" as scheduled\n/,
      );
      const { definition, digest } = english.body;
      expect(arabic.body).toMatchObject({ definition, digest });
      const { body } = await ask('/v1/mechanisms', 'es').expect(200);
      const items = body.items as { key: string; title: string }[];
      expect(items.find(({ key }) => key === 'upr')?.title).toBe('Examen Periódico Universal');
    });
  });

  it('changes nothing about the record and the reference', async () => {
    for (const url of ['/v1/record/recommendations', '/v1/states/SVN', '/v1/sessions']) {
      const answers = await Promise.all(
        LANGUAGES.map((language) => ask(url, language).expect(200)),
      );
      expect(new Set(answers.map(({ headers }) => headers['etag'])).size).toBe(1);
      for (const { headers } of answers) {
        expect([headers['vary'], headers['content-language']]).toEqual([undefined, undefined]);
      }
    }
  });
});

describe('a procedure that nobody has labelled', () => {
  it('is called by its English, and its codes by themselves', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'comity-mechanisms-'));
    await cp(inProject('mechanisms'), folder, { recursive: true });
    await rm(path.join(folder, 'labels'), { recursive: true });
    const api = await startApi({ COMITY_MECHANISMS: folder });
    try {
      const call = (url: string) => api.as().get(url).set('accept-language', 'fr').expect(200);
      const { body } = await call('/v1/mechanisms/upr/versions/1');
      expect(body.title).toBe('Universal Periodic Review');
      expect(body.labels.stages['wg-adopted']).toBe('wg-adopted');
      expect(body.labels['stage-meanings'].closed).toMatch(/^The next review/);
      const { entries } = (await call('/v1/vocabularies/upr.moves')).body;
      expect(entries).toContainEqual({ code: 'close', label: 'close' });
    } finally {
      await api.stop();
      await rm(folder, { recursive: true });
    }
  });
});
