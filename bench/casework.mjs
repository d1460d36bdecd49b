// What those concerned do: file a document, and list the cases that they may see.
import { compare, loadOf, rateOf } from './load.mjs';
import { sentence } from './seed-record.mjs';

/** About 1,300 words, as an organization's submission has. */
const text = Array.from({ length: 45 }, (_, n) => `${sentence(n)}.`).join('\n\n');

export async function measureCasework({ api, bare, casework, settled, seconds, rounds }) {
  const { filers, reader } = casework;
  const filing = (url, way) => () => loadOf('filing', { url, way, filers, text, seconds });
  // The first files start the threads that look into them.
  await loadOf('filing', { url: api, way: 'ours', filers, text, seconds });
  const filed = await compare({
    ...{ ours: filing(api, 'ours'), bare: filing(bare, 'bare') },
    ...{ rounds, settled },
  });
  const listed = await compare({
    ours: () =>
      rateOf({
        ...{ url: api, paths: ['/v1/reviews?limit=50'], seconds },
        headers: { authorization: `Bearer ${reader.token}` },
      }),
    bare: () => rateOf({ url: bare, paths: [`/cases/${reader.principals.join(',')}`], seconds }),
    ...{ rounds, settled },
  });
  return {
    'file a document': { ...filed, goal: 0.4, unit: 'documents/s' },
    'list 50 of my cases': { ...listed, goal: 0.5, unit: 'answers/s' },
  };
}
