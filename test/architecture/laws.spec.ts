import { describe, expect, it } from '@jest/globals';
import { sources, type Source } from './sources.js';

const src = sources('src').filter(({ path }) => !path.endsWith('.spec.ts'));
const mayUseTypeorm = /(\.repository\.ts|^src\/platform\/database\/.*|^migrations\/.*)$/;

interface Law {
  readonly law: string;
  readonly forbidden: RegExp;
  readonly where: (source: Source) => boolean;
  /** A line that breaks the law, so that the pattern itself is tested. */
  readonly breach: string;
}

const everywhere = () => true;

const laws: Law[] = [
  {
    law: 'process.env is read by config alone',
    forbidden: /\bprocess\.env\b|\bprocess\[|\benv\b.*from 'node:process'/,
    where: ({ path }) => !path.startsWith('src/config/'),
    breach: 'const port = process.env.PORT;',
  },
  {
    law: 'no forwardRef: imports have one direction',
    forbidden: /\bforwardRef\b/,
    where: everywhere,
    breach: 'imports: [forwardRef(() => Other)]',
  },
  {
    law: 'no request-scoped providers',
    forbidden: /\bScope\.(REQUEST|TRANSIENT)\b/,
    where: everywhere,
    breach: '@Injectable({ scope: Scope.REQUEST })',
  },
  {
    law: 'no save, upsert or remove of TypeORM: under row security they insert what they may not see',
    forbidden: /\.(save|upsert|remove|softRemove)\(/,
    where: ({ path }) => mayUseTypeorm.test(path),
    breach: 'await repository.save(row);',
  },
  {
    law: 'no columns that TypeORM or the database fills in',
    forbidden: /@(Version|CreateDate|UpdateDate|DeleteDate|PrimaryGenerated)Column\b|@Generated\b/,
    where: everywhere,
    breach: '@VersionColumn() version: number;',
  },
  {
    law: 'no way to the database but the unit of work',
    forbidden: /\b(InjectRepository|InjectDataSource|InjectEntityManager|getRepository)\b/,
    where: ({ path }) => !path.startsWith('src/platform/database/'),
    breach: 'constructor(@InjectDataSource() source: DataSource) {}',
  },
];

describe('the laws of the code', () => {
  it.each(laws)('$law', ({ forbidden, where, breach }) => {
    expect(breach).toMatch(forbidden);
    const found = [...src, ...sources('migrations')].filter(where);
    const broken = found.filter(({ code }) => forbidden.test(code));
    expect(broken.map(({ path }) => path)).toEqual([]);
  });

  it('journeys speak through the client, whose calls are typed; the README has curl', () => {
    const untyped = /\.expect\(\d{3}\)|\b(get|post|put|patch|delete)\(\s*`/;
    expect('await admin.get(`/v1/sessions/${id}`).expect(200);').toMatch(untyped);
    const journeys = sources('test/journeys').filter(
      ({ path }) => !path.endsWith('readme.spec.ts'),
    );
    expect(journeys.length).toBeGreaterThan(2);
    const broken = journeys.filter(({ code }) => untyped.test(code));
    expect(broken.map(({ path }) => path)).toEqual([]);
  });
});
