// What the public reads: one recommendation, a page of them, a page far behind the first.
import { compare, rateOf } from './load.mjs';

/** How far behind the first the later page lies. */
const FAR = 1000;

/** The path of the nth page of a list, reached as a reader would: by following `next`. */
async function nthPage(url, path, n) {
  let next = '';
  for (let page = 1; page < n; page += 1) {
    const answer = await fetch(`${url}${path}${next && `&cursor=${next}`}`);
    ({ next } = await answer.json());
  }
  return `${path}&cursor=${next}`;
}

export async function measureReading({ api, bare, seeded, seconds, rounds }) {
  const ours = (paths) => () => rateOf({ url: api, paths, seconds });
  const theirs = (paths) => () => rateOf({ url: bare, paths, seconds });
  const one = await compare({
    ours: ours(seeded.ids.map((id) => `/v1/record/recommendations/${id}`)),
    bare: theirs(seeded.ids.map((id) => `/recommendation/${id}`)),
    rounds,
  });
  const list = await compare({
    ours: ours(seeded.proceedings.map((id) => `/v1/record/recommendations?proceeding=${id}`)),
    bare: theirs(seeded.proceedings.map((id) => `/recommendations/${id}`)),
    rounds,
  });
  const first = '/v1/record/recommendations?limit=50';
  const far = await nthPage(api, first, FAR);
  const paged = await compare({ ours: ours([far]), bare: ours([first]), rounds });
  return {
    'read one recommendation': { ...one, goal: 1.2, unit: 'answers/s' },
    'list 50 recommendations': { ...list, goal: 1.5, unit: 'answers/s' },
    [`page ${FAR} against page 1`]: { ...paged, goal: 0.9, unit: 'answers/s' },
  };
}
